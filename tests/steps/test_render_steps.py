"""A source becomes a state of the Catalog: one item, its claims, its journal, and what else has to be rendered."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dropcap.aws import catalog_keys as keys
from dropcap.contracts import Cause
from dropcap.errors import ConflictError
from dropcap.site.post import DRAFT, FAILED, PUBLISHED, REFUSED, REMOVED, SCHEDULED, Shown
from dropcap.site.settings.model import SITE_KEY
from dropcap.steps.render.source import BAD_VERSIONS
from support.memory_table import URL
from support.render_bench import NOW, RenderBench

NAPS = "posts/naps.md"
TEXT = "---\ntitle: Naps\ndate: 2026-03-01\n---\nTwenty minutes.\n"
BAD = "---\ntitle: [\n---\nText.\n"


def test_a_post_claims_its_address_and_remembers_former_ones() -> None:
    """The claim of the former one becomes a redirect; the journal survives what the Catalog forgets."""
    bench = RenderBench()
    assert PUBLISHED == bench.render(NAPS, TEXT)
    assert [("URL#/naps/", f"1#2026-03-01T00:00:00#{NAPS}")] == [
        key for key in bench.table.items if key[0][:3] == "URL"
    ]
    assert PUBLISHED == bench.render(NAPS, TEXT.replace("title: Naps", "title: Naps\nslug: rest"))
    assert [("/naps/", "2"), ("/rest/", "1")] == sorted(
        (pk[4:], sk[0]) for pk, sk in bench.table.items if pk[:3] == "URL"
    )
    journal, _ = bench.journals.read(NAPS)
    assert (("/naps/", "/rest/"), "v1", NOW.isoformat()) == (journal.addresses, journal.good, journal.first_seen)
    assert REMOVED == bench.render(NAPS, None)
    assert {"3"} == {sk[0] for pk, sk in bench.table.items if pk[:3] == "URL"}


def test_a_rendering_that_finds_nothing_new_writes_nothing() -> None:
    """S3 sends every event at least once."""
    bench = RenderBench()
    bench.render(NAPS, TEXT)
    before, journal = dict(bench.table.items), bench.journals.read(NAPS)
    bench.fragments.clear()
    bench.now += timedelta(hours=1)
    assert PUBLISHED == bench.render(NAPS)
    assert (before, journal, {}) == (bench.table.items, bench.journals.read(NAPS), bench.fragments)


def test_a_draft_has_a_preview_whose_address_stays() -> None:
    """And no claim; once it is published it has no preview."""
    bench = RenderBench()
    draft = TEXT.replace("title: Naps", "title: Naps\ndraft: true")
    assert DRAFT == bench.render(NAPS, draft)
    first = bench.post(NAPS)
    assert (None, True) == (first.live, first.hidden is not None)
    assert first.preview
    bench.render(NAPS, draft + "More.\n")
    assert first.preview == bench.post(NAPS).preview
    assert [] == [key for key in bench.table.items if key[0].startswith("URL")]
    bench.render(NAPS, TEXT)
    assert (None, None) == (bench.post(NAPS).preview, bench.post(NAPS).hidden)


def test_a_bad_version_leaves_the_good_one_public() -> None:
    """Its state says why, and since when the good version is there."""
    bench = RenderBench()
    bench.render(NAPS, TEXT)
    live = bench.post(NAPS).live
    assert REFUSED == bench.render(NAPS, BAD)
    state = bench.post(NAPS)
    assert (live, 1) == (state.live, len(state.errors))
    assert NOW.isoformat(timespec="seconds") == state.stands_since
    assert (NOW + timedelta(minutes=1)).isoformat(timespec="seconds") == state.uploaded


@pytest.mark.parametrize(
    "text", [TEXT, TEXT.replace("date: 2026-03-01", "draft: true"), TEXT.replace("03-01", "04-01")]
)
def test_a_failure_leaves_everything_as_it_was(text: str) -> None:
    """A public, hidden or scheduled version stays so; only the outcome and its reason are new."""
    bench = RenderBench()
    bench.render(NAPS, text)
    before = bench.post(NAPS)
    assert FAILED == bench.render(NAPS, text + "More.\n", failed="out of memory")
    after = bench.post(NAPS)
    assert (before.live, before.hidden, before.publishes, before.expires, before.due, before.preview, before.owns) == (
        after.live, after.hidden, after.publishes, after.expires, after.due, after.preview, after.owns,
    )  # fmt: skip
    (finding,) = after.errors
    assert "out of memory" in finding.message
    assert finding.remedy.startswith("Upload it again.")


def test_a_message_that_was_given_up_leaves_a_newer_version_as_it_is() -> None:
    """Of a text and of the settings; another message has read that version well."""
    bench = RenderBench()
    for key, text in ((NAPS, TEXT), (SITE_KEY, "title: The Quiet Hour\n")):
        bench.sources.upload(key, text.replace("Twenty", "Ten"))
        bench.render(key, text)
        before = bench.post(key)
        assert PUBLISHED == bench.render(key, failed="every attempt failed.")
        assert before == bench.post(key)
        assert REFUSED == bench.render(key, BAD)
        assert REFUSED == bench.render(key, failed="every attempt failed.")


def test_a_message_that_was_given_up_is_reported_if_its_state_is_old() -> None:
    """The settings have changed, its time has come, or the cause of its message is younger than the version."""
    bench = RenderBench()
    due = NOW + timedelta(days=1)
    bench.render(NAPS, f"---\ndate: {due.isoformat()}\n---\nText.\n")
    walk = Cause(SITE_KEY, "", (NOW + timedelta(hours=1)).isoformat())
    earlier = Cause(SITE_KEY, "", (NOW - timedelta(hours=1)).isoformat())
    assert SCHEDULED == bench.render(NAPS, failed="every attempt failed.", cause=earlier)
    assert FAILED == bench.render(NAPS, failed="every attempt failed.", cause=walk)
    assert SCHEDULED == bench.render(NAPS)
    bench.render(SITE_KEY, "title: The Quiet Hour\n")
    assert FAILED == bench.render(NAPS, failed="every attempt failed.")
    assert SCHEDULED == bench.render(NAPS)
    bench.now = due
    assert FAILED == bench.render(NAPS, failed="every attempt failed.")


def test_a_failed_post_whose_time_has_passed_does_not_request_itself() -> None:
    """Its schedule has fired; reconcile requests it once a day. One whose time is to come keeps its schedule."""
    bench = RenderBench()
    due = NOW + timedelta(days=1)
    text = f"---\ndate: {due.isoformat()}\n---\nText.\n"
    bench.render(NAPS, text)
    assert FAILED == bench.render(NAPS, text + "More.\n", failed="every attempt failed.")
    assert due == bench.scheduled[NAPS][0]
    bench.now = due
    assert FAILED == bench.render(NAPS, failed="every attempt failed.")
    assert (due.isoformat(), {}, []) == (bench.post(NAPS).due, bench.scheduled, bench.sent)
    assert PUBLISHED == bench.render(NAPS)


def test_a_post_of_tomorrow_is_rendered_again_when_it_appears() -> None:
    """And when it expires; a schedule that is no longer needed is removed."""
    bench = RenderBench()
    tomorrow, later = NOW + timedelta(days=1), NOW + timedelta(days=9)
    text = f"---\ndate: {tomorrow.isoformat()}\nexpires: {later.isoformat()}\n---\nText.\n"
    assert SCHEDULED == bench.render(NAPS, text)
    when, message = bench.scheduled[NAPS]
    assert (tomorrow, NAPS) == (when, message.key)
    assert tomorrow == datetime.fromisoformat(str(bench.post(NAPS).publishes))
    bench.now = tomorrow
    assert PUBLISHED == bench.render(NAPS)
    assert later == bench.scheduled[NAPS][0]
    assert PUBLISHED == bench.render(NAPS, TEXT)
    assert ({}, []) == (bench.scheduled, bench.sent)


def test_a_post_of_the_next_seconds_waits_in_the_queue() -> None:
    """The scheduler is not as exact; a fraction of a second counts as one."""
    bench = RenderBench()
    due = NOW + timedelta(seconds=30)
    bench.now = NOW + timedelta(milliseconds=500)
    assert SCHEDULED == bench.render(NAPS, f"---\ndate: {due.isoformat()}\n---\nText.\n")
    assert ({}, [(NAPS, 30)]) == (bench.scheduled, [(message.key, delay) for message, delay in bench.sent])


def test_the_translations_of_a_text_are_rendered_again_when_it_comes_or_goes() -> None:
    """They are its translations only while it exists; a new version of it changes nothing for them."""
    bench = RenderBench()
    others = ["posts/naps.de.md", "posts/naps.fr.md"]
    for key in (*others, "posts/napster.de.md", "pages/naps.de.md"):
        bench.sources.upload(key, "Text.")
    for text in (TEXT, TEXT + "More.\n", None):
        bench.sent.clear()
        bench.render(NAPS, text)
        expected = [] if text and "More" in text else others
        assert expected == [message.key for message, _ in bench.sent]


def test_a_moved_file_takes_the_addresses_of_the_old_one() -> None:
    """It is rendered again when the old one is gone, and then redirects from there."""
    bench = RenderBench()
    text = TEXT.replace("title: Naps", "title: Naps\nid: naps-1")
    bench.render(NAPS, text)
    bench.render("posts/rest.md", text)
    bench.sent.clear()
    assert REMOVED == bench.render(NAPS, None)
    assert ["posts/rest.md"] == [message.key for message, _ in bench.sent]
    bench.render("posts/rest.md")
    state = bench.post("posts/rest.md")
    assert NAPS == state.moved_from
    assert ("URL#/naps/", "2~posts/rest.md") in state.owns
    assert {"naps", "posts/naps"} < set(state.live.names if state.live else ())


def published(bench: RenderBench) -> Shown:
    """Record the post as shown, with its items in lists, as publish does."""
    state = bench.post(NAPS)
    assert state.live
    standing = Shown(
        state.live.card(NAPS, "body", state.site),
        state.etag,
        "shown-1",
        keys.item_keys(NAPS, state.live),
        (),
        (),
        state.cause,
    )
    bench.catalog.commit_shown(state, standing, bench.catalog.post_and_shown(NAPS)[1], "words")
    return standing


def test_a_post_that_is_withdrawn_leaves_every_list_at_once() -> None:
    """In the transaction that withdraws it; one that stays public stays in them."""
    bench = RenderBench()
    bench.render(NAPS, TEXT)
    standing = published(bench)
    assert set(standing.item_keys) < set(bench.table.items)
    bench.render(NAPS, TEXT + "More.\n")
    assert standing == bench.catalog.post_and_shown(NAPS)[1]
    bench.render(NAPS, TEXT.replace("title: Naps", "title: Naps\ndraft: true"))
    assert not {*standing.item_keys, keys.shown_key(NAPS)} & set(bench.table.items)


def test_a_post_that_is_shown_meanwhile_is_not_withdrawn_from_the_lists_it_was_in_before() -> None:
    """Its new items would stay in the lists: the whole step starts over instead."""
    bench = RenderBench()
    bench.render(NAPS, TEXT)
    state, before = replace(bench.post(NAPS), live=None), bench.post(NAPS)
    published(bench)
    with pytest.raises(ConflictError):
        bench.catalog.commit_post(state, before, None)
    assert before == bench.post(NAPS)


def test_a_language_in_a_name_counts_only_beside_its_original() -> None:
    """`naps.fr.md` alone is a name with a dot; the name says French once `naps.md` is there."""
    bench = RenderBench()
    for text, language in (("", None), (TEXT, "fr"), (None, None)):
        bench.render("posts/naps.fr.md", "Text." if text == "" else "")
        if text != "":
            bench.sources.upload(NAPS, text)
            bench.render("posts/naps.fr.md")
        live = bench.post("posts/naps.fr.md").live
        assert live
        assert language == live.language


def test_a_text_registers_what_it_mentions_before_it_is_committed() -> None:
    """With its key and its time, under each name."""
    bench = RenderBench()
    bench.render(NAPS, TEXT.replace("title: Naps", "title: Naps\nid: n1") + "See [[walking]] and ![a](lamp.png).\n")
    assert ("ID#id#n1", NAPS) in bench.table.items
    sort = keys.item_sort("2026-03-01T00:00:00", NAPS)
    for name in ("walking", keys.mentions_of("lamp.png")):
        assert NAPS == bench.table.items[keys.references_to(name), sort]["source"]
    assert all(item.get("cause", {}).get("key") == NAPS for item in bench.table.items.values())


def test_settings_decide_where_a_post_is() -> None:
    """Its address by `permalink`, its time by the zone, its folders' meaning by `folders`."""
    bench = RenderBench()
    assert PUBLISHED == bench.render(SITE_KEY, "permalink: /:year/:slug/\ntimezone: America/New_York\n")
    bench.render(NAPS, TEXT)
    live = bench.post(NAPS).live
    assert live
    assert ("/2026/naps/", "2026-03-01T00:00:00-05:00") == (live.path, live.published)
    assert bench.post(NAPS).site == bench.catalog.site().token


def test_bad_settings_leave_the_good_ones_in_force() -> None:
    """Until a good version comes, or the file is removed; a failure says what to do."""
    bench = RenderBench()
    bench.render(SITE_KEY, "title: The Quiet Hour\n")
    assert REFUSED == bench.render(SITE_KEY, "title: [\n")
    state = bench.post(SITE_KEY)
    assert ("The Quiet Hour", NOW.isoformat(timespec="seconds")) == (bench.catalog.site().title, state.stands_since)
    assert FAILED == bench.render(SITE_KEY, "title: The Loud Hour\n", failed="out of memory")
    (finding,) = bench.post(SITE_KEY).errors
    assert ("Upload it again.", "The Quiet Hour") == (finding.remedy, bench.catalog.site().title)
    assert REMOVED == bench.render(SITE_KEY, None)
    assert bench.catalog.site().title != "The Quiet Hour"


@pytest.mark.parametrize("bad", [BAD_VERSIONS, BAD_VERSIONS + 1, 3 * BAD_VERSIONS])
def test_no_number_of_bad_settings_drops_the_good_ones(bad: int) -> None:
    """The stored ones stay, with the time of their upload, until the file is removed."""
    bench = RenderBench()
    bench.render(SITE_KEY, "title: The Quiet Hour\n")
    before = bench.catalog.site()
    for number in range(bad):
        assert REFUSED == bench.render(SITE_KEY, f"title: [{number}\n")
    state = bench.post(SITE_KEY)
    assert (before, NOW.isoformat(timespec="seconds")) == (bench.catalog.site(), state.stands_since)
    assert before.token == state.site
    assert REMOVED == bench.render(SITE_KEY, None)
    assert REFUSED == bench.render(SITE_KEY, BAD)
    assert keys.SITE not in bench.table.items


@pytest.mark.parametrize("failed", [None, "every attempt failed."])
def test_settings_that_never_were_good_are_the_defaults(failed: str | None) -> None:
    """Of the deployment, whose address is not stored with them: another deployment may change it."""
    bench = RenderBench()
    for number in range(BAD_VERSIONS + 3):
        bench.render(SITE_KEY, f"title: [{number}\n", failed=failed)
    assert (URL, "") == (bench.catalog.site().url, bench.post(SITE_KEY).site)
    assert keys.SITE not in bench.table.items


def test_a_failure_does_not_store_the_address_of_the_deployment() -> None:
    """Settings without an address stay so."""
    bench = RenderBench()
    bench.render(SITE_KEY, "title: The Quiet Hour\n")
    bench.render(SITE_KEY, "title: The Loud Hour\n", failed="every attempt failed.")
    assert ("", "The Quiet Hour") == tuple(bench.table.items[keys.SITE][name] for name in ("url", "title"))


def test_an_upload_in_the_midst_of_a_rendering_is_read_too() -> None:
    """The source is looked at once more after the commit."""
    bench = RenderBench()
    bench.sources.upload(NAPS, TEXT)
    put = bench.put
    seen: list[str] = []

    def upload_meanwhile(text: str, stored_digest: str | None = None) -> str:
        if not seen:
            seen.append(text)
            bench.sources.upload(NAPS, TEXT.replace("Twenty", "Thirty"))
        return put(text, stored_digest)

    bench.put = upload_meanwhile  # type: ignore[method-assign]  # this one bench
    assert PUBLISHED == bench.render(NAPS)
    live = bench.post(NAPS).live
    assert live
    assert "Thirty" in bench.fragments[live.digest]
