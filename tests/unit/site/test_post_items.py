"""Posts, cards and what stands: into Catalog items and back, and how many items a commit may need."""

from dataclasses import replace

from dropcap.aws import catalog_keys as keys
from dropcap.aws.post_items import card_item, card_of, post_item, post_of, shown_item, shown_of
from dropcap.contracts import Cause
from dropcap.errors import Finding
from dropcap.site.journal import ADDRESSES, Journal
from dropcap.site.post import REFUSED
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
