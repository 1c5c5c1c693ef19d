"""Posts, cards and what stands: into Catalog items and back, and how many items a commit may need."""

from dataclasses import fields, replace

from dropcap.aws import catalog_keys as keys
from dropcap.aws.media_items import media_item, media_of
from dropcap.aws.post_items import card_item, card_of, post_item, post_of, shown_item, shown_of
from dropcap.contracts import Cause
from dropcap.document import Mention, Tag
from dropcap.errors import Finding
from dropcap.site.journal import ADDRESSES, Journal
from dropcap.site.media import READY, Content, Media, Rendition
from dropcap.site.picture import Picture
from dropcap.site.post import REFUSED, Post, Shown, Snapshot
from support.posts import CAUSE, LIVE, post, shown, stored, widest

TRANSACTION = 100


def test_a_post_comes_back_from_the_catalog_as_it_was() -> None:
    """Nothing of a post's state is lost or changes its type in an item."""
    refused = replace(post(), outcome=REFUSED, errors=(Finding("wrong", "fix it", 3),))
    assert refused == post_of(stored(post_item(refused)))


def test_the_fields_of_a_post_survive_storage() -> None:
    """Texts, switches and what is not said come back as they were."""
    live = replace(
        LIVE, expires="2025-04-01T00:00:00+02:00", image="/a.jpg", image_alt="A tree", toc=True, math=False,
        searchable=False, disclaimer="Not advice.", description="For machines.",
        extra={"mood": {"now": ["calm", None, ""]}},
    )  # fmt: skip
    assert post(live) == post_of(stored(post_item(post(live))))
    assert ("/a.jpg", "A tree", False) == (
        live.card("k", "d", "").image, live.card("k", "d", "").image_alt, live.card("k", "d", "").searchable,
    )  # fmt: skip


EVERYTHING = Snapshot(
    title="Why naps work", path="/naps/", sort="2025-03-14T09:00:00", published="2025-03-14T09:00:00+01:00",
    updated="2025-03-15T09:00:00+01:00", expires="2025-04-01T00:00:00+02:00", dated=True, summary="Twenty minutes.",
    description="For machines.", tags=(Tag("Sleep", "sleep"),), names=("naps", "posts/naps"), links=("walking",),
    files=(Mention("a.png", ("posts/a.png", "a.png"), 3), Mention("b.png", ("b.png",), None)), authors=("Ada", "Ben"),
    series="Nights", language="de", image="/a.jpg", image_alt="A tree", is_page=True, identity="naps-1",
    newsletter=True, newsletter_length="excerpt", toc=True, math=False, searchable=False, disclaimer="Not advice.",
    extra={"mood": "calm"}, minutes=7, digest="d1", fingerprint="f1", image_caption="In the garden",
    translation="posts/naps", is_home=True,
)  # fmt: skip
"""A version that has another value than the default in every field."""


def test_every_field_of_a_post_survives_storage() -> None:
    """Also those that few authors write, and the other version of a draft."""
    finding = Finding("wrong", "fix it", 3, 7, "a: b", 2)
    state = Post(
        "posts/naps.md", REFUSED, "e1", "t1", "s1", EVERYTHING, (finding,), (finding._replace(line=4),),
        (("URL#/naps/", "1#2025#posts/naps.md"),), CAUSE, "/preview/x/", "2025-03-14T09:00:00+01:00",
        "2025-04-01T00:00:00+02:00", "2025-03-13T09:00:00Z", replace(EVERYTHING, title="Next"),
        "2025-03-16T09:00:00+01:00", "posts/old.md", "2025-03-12T09:00:00Z",
    )  # fmt: skip
    without = {field.name for field in fields(state) if getattr(state, field.name) == field.default}
    without |= {field.name for field in fields(EVERYTHING) if getattr(EVERYTHING, field.name) == field.default}
    assert set() == without
    assert state == post_of(stored(post_item(state)))


def test_every_field_of_a_published_version_survives_storage() -> None:
    """With the picture of its card."""
    picture = Picture("/naps/a.jpg", 640, 480, "/naps/a-320.jpg", 320, 240)
    standing = Shown(
        EVERYTHING.card("posts/naps.md", "b1", "s1", picture), "e1", "t1", (("LIST#all", "2025#posts/naps.md"),),
        ("walking",), (("posts/a.png", "d"),), CAUSE, ("posts/walking.md",), (Finding("which?", "say it"),), "t0", "w1",
    )  # fmt: skip
    item = stored(shown_item(standing))
    assert standing == shown_of(item)
    earlier = {name: item[name] for name in item if name not in {"listed", "searched"}}
    assert standing._replace(listed="", searched="") == shown_of(earlier)


def test_every_field_of_a_picture_survives_storage() -> None:
    """A file has no size, and an item of an earlier version no shape."""
    content = Content((Rendition("image/jpeg", 640, 480, "d1"), Rendition("image/webp", 320, 240, "d2")), "data:,x",
        inline=True, shape=(800, 600))  # fmt: skip
    finding = Finding("wrong", "fix it", 3)
    media = Media("posts/a.jpg", READY, "e1", "r1", "t1", content, (finding,), (finding._replace(line=4),), CAUSE)
    item = stored(media_item(media))
    assert media == media_of(item)
    assert media._replace(content=None) == media_of({**item, "content": None})
    assert isinstance(item["content"], dict)
    before = {**item, "content": {name: value for name, value in item["content"].items() if name != "shape"}}
    assert media._replace(content=content._replace(shape=(0, 0))) == media_of(before)


def test_items_of_earlier_versions_have_fewer_attributes() -> None:
    """Each that came later is optional when it is read, and stands for what was so before there was a choice."""
    since = {
        "authors", "series", "language", "image", "image_alt", "identity", "newsletter", "newsletter_length",
        "searchable", "updated", "expires", "description", "toc", "math", "disclaimer", "words", "image_caption",
        "translation", "is_home", "preview", "publishes", "stands_since", "hidden", "due", "moved_from", "uploaded",
        "picture",
    }  # fmt: skip
    without = replace(LIVE, authors=())
    item, card = stored(post_item(post(without))), stored(card_item(shown(without).card))
    live = item["live"]
    assert isinstance(live, dict)
    before = {name: value for name, value in item.items() if name not in since}
    before["live"] = {name: value for name, value in live.items() if name not in since}
    assert post(without) == post_of(before)
    assert shown(without).card == card_of({name: value for name, value in card.items() if name not in since})


def test_what_stands_comes_back_from_the_catalog_as_it_was() -> None:
    """No part of a shown record is lost in an item."""
    assert shown() == shown_of(stored(shown_item(shown())))


def test_a_card_comes_back_from_a_list_entry_that_holds_more() -> None:
    """A card ignores what else its item holds, such as its cause."""
    card = shown().card
    assert card == card_of(stored({**card_item(card), "pk": "LIST#all", "cause": {}}))


def test_the_same_state_by_another_cause_is_the_same() -> None:
    """A render that finds nothing new must see that, or every redelivery would write."""
    later = replace(post(), token=post().token + "-later", cause=Cause(CAUSE.key, "e2", "2026-01-01T00:00:00Z"))
    assert later.same_as(post())
    assert not replace(later, etag="e2").same_as(post())
    assert not post().same_as(None)


def test_the_widest_post_fits_into_one_transaction_in_every_turn_of_its_life() -> None:
    """At the maximum of addresses, tags and names, publishing, moving and removing stay under 100 items."""
    old, new = widest(), replace(widest(), path="/elsewhere/", sort="2024-01-01T00:00:00")
    addresses = Journal().with_addresses(*(f"/former-{n}/" for n in range(ADDRESSES)), old.path).addresses
    before = keys.claim_keys("k", old, addresses)
    entries = keys.item_keys("k", old)
    names, names_after = keys.known_keys("k", "i", "w"), keys.known_keys("k", "j", "v")
    gone = keys.claim_keys("k", None, addresses)
    removal = {*gone, *before, *names, *entries, keys.post_key("k"), keys.shown_key("k")}
    moved = {*keys.claim_keys("k", new, addresses), *before, *names, *names_after, keys.post_key("k")}
    standing = {*entries, *keys.item_keys("k", new), keys.shown_key("k"), keys.post_key("k")}
    assert max(len(removal), len(moved), len(standing)) <= TRANSACTION


def test_the_journal_remembers_the_newest_addresses() -> None:
    """A limited number of addresses, the latest last, each once."""
    journal = Journal().with_addresses("/a/", "/b/").with_addresses("/a/")
    assert ("/b/", "/a/") == journal.addresses
    assert ADDRESSES == len(journal.with_addresses(*(f"/{n}/" for n in range(40))).addresses)
    assert journal == Journal.from_json(journal.to_json())


def test_what_was_adopted_has_the_room_that_is_left() -> None:
    """Own addresses come first, and together they are no more than a transaction takes; none stands twice."""
    journal = Journal().with_addresses("/a/").adopting(["/a/", "/b/", "/c/"], "posts/old.md")
    assert (("/a/",), ("/b/", "/c/"), "posts/old.md") == (journal.addresses, journal.adopted, journal.moved_from)
    assert journal == journal.adopting(["/c/", "/b/"], "posts/old.md")
    own = journal.with_addresses("/b/")
    assert (("/a/", "/b/"), ("/c/",)) == (own.addresses, own.adopted)
    full = journal.with_addresses(*(f"/{n}/" for n in range(ADDRESSES - 2)))
    assert (ADDRESSES - 1, ("/b/",)) == (len(full.addresses), full.adopted)
    assert journal == Journal.from_json(journal.to_json())


def test_an_adopted_address_belongs_to_whoever_had_it_first() -> None:
    """Its claim comes after every own redirect, and before whoever says that it is gone."""
    own = keys.claim_keys("z.md", replace(LIVE, path="/other/"), [LIVE.path])[1:]
    adopted = keys.claim_keys("a.md", replace(LIVE, path="/else/"), [], [LIVE.path])[1:]
    gone = keys.claim_keys("0.md", None, [LIVE.path])
    assert [*own, *adopted, *gone] == sorted([*gone, *adopted, *own])


def test_the_oldest_claim_sorts_first_and_posts_come_before_redirects_and_gone() -> None:
    """An address belongs to the least sort key, so ranks and dates must sort as the design says."""
    older = keys.claim_keys("z.md", replace(LIVE, sort="2024-01-01T00:00:00"), [])
    newer = keys.claim_keys("a.md", LIVE, [])
    former = keys.claim_keys("a.md", replace(LIVE, path="/other/"), [LIVE.path])[1:]
    gone = keys.claim_keys("0.md", None, [LIVE.path])
    claims = [*gone, *former, *newer, *older]
    assert [*older, *newer, *former, *gone] == sorted(claims)


def test_a_time_of_before_time_zones_is_read_from_an_older_item() -> None:
    """Earlier versions stored the seconds of its offset, which no feed may write."""
    old, now = "1850-03-04T00:00:00+00:53:28", "1850-03-04T00:00:00+00:53"
    live = replace(LIVE, published=old, updated=old)
    read = post_of(stored(post_item(post(live)))).live
    assert read
    card = card_of(stored(card_item(live.card("posts/naps.md", "d", "t"))))
    assert {now} == {read.published, read.updated, card.published, card.updated, card.date.isoformat()}
    assert card_of(stored(card_item(replace(card, updated=None)))).updated is None
