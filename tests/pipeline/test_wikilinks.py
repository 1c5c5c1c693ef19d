"""Links between sources, and notes that show notes: what comes, changes, goes, and may mean several."""

from typing import Any

from dropcap_local.cloud import LocalCloud

A, B = "content a", "content b"


def post(body: str, **front: str) -> str:
    """Return a source dated March 2025 with BODY and FRONT matter."""
    entries = {"date": "2025-03-14", **front}
    return "---\n" + "\n".join(f"{name}: {value}" for name, value in entries.items()) + f"\n---\n{body}\n"


def text(cloud: LocalCloud, path: str) -> str:
    """Return the page at PATH."""
    return cloud.page(path).body.decode()


def report(cloud: LocalCloud, key: str) -> dict[str, Any]:
    """Return the report on source KEY."""
    return cloud.report(key) or {}


def test_a_note_is_shown_as_it_is_now_and_a_link_while_it_is_not_there() -> None:
    """It comes later, changes, shows a part of itself alone, and goes; feeds have a link in its place."""
    with LocalCloud() as cloud:
        cloud.upload("posts/shows.md", post("Before.\n\n![[shown]]\n\n![[shown#Part]]"))
        cloud.settle()
        assert 2 == text(cloud, "/shows/").count('<p><span class="unresolved" title="Not published yet">shown')
        cloud.upload("posts/shown.md", post("First text.\n\n## Part\n\nA part.\n\n## Rest\n\nThe rest."))
        cloud.settle()
        page = text(cloud, "/shows/")
        assert (1, 2, 1) == tuple(page.count(words) for words in ("First text.", "A part.", "The rest."))
        entries = text(cloud, "/feed.xml").split("<entry>")
        (shows,) = (entry for entry in entries if "<title>shows</title>" in entry.lower())
        assert "First text." not in shows
        assert "shown/&#34;&gt;shown&lt;/a&gt;" in shows
        assert "/shows/" in text(cloud, "/shown/").partition("<article")[2]
        cloud.upload("posts/shown.md", post("Second text.\n\n## Part\n\nAnother part."))
        cloud.settle()
        page = text(cloud, "/shows/")
        assert (1, 2, 0) == tuple(page.count(words) for words in ("Second text.", "Another part.", "The rest."))
        cloud.delete("posts/shown.md")
        cloud.settle()
        page = text(cloud, "/shows/")
        assert "Second text." not in page
        assert 2 == page.count('class="unresolved"')


def test_notes_that_show_one_another_and_themselves_come_to_rest() -> None:
    """Within a note that is shown, a note is a link."""
    with LocalCloud() as cloud:
        cloud.upload("posts/a.md", post(f"{A}\n\n![[b]]\n\n![[a]]"))
        cloud.upload("posts/b.md", post(f"{B}\n\n![[a]]"))
        cloud.settle()
        for path in ("/a/", "/b/"):
            page = text(cloud, path).partition('class="prose"')[2].partition("</article>")[0]
            assert (1, 1) == (page.count(A), page.count(B))
        cloud.upload("posts/b.md", post(f"{B} anew\n\n![[a]]"))
        cloud.settle()
        assert f"{B} anew" in text(cloud, "/a/")


def test_a_name_is_looked_up_beside_the_file_first_and_ambiguity_is_reported() -> None:
    """Beside it, from the top, and then by name; of several the least path, and the author hears of it."""
    with LocalCloud() as cloud:
        cloud.upload(
            "notes/deep/links.md", post("[[Target]] and [[../other/target|o]] and [x](../other/target.md#part)")
        )
        cloud.upload("notes/other/target.md", post(B, slug="z-other"))
        cloud.settle()
        assert 'href="/z-other/">Target</a>' in text(cloud, "/links/")
        assert [] == report(cloud, "notes/deep/links.md")["warnings"]
        cloud.upload("notes/more/target.md", post(A, slug="a-more"))
        cloud.settle()
        page = text(cloud, "/links/")
        assert 'href="/a-more/">Target</a>' in page
        assert 'href="/z-other/">o</a>' in page
        assert 'href="/z-other/#part">x</a>' in page
        (doubt,) = report(cloud, "notes/deep/links.md")["warnings"]
        assert "notes/more/target.md or notes/other/target.md" in doubt["message"]
        assert "[[notes/more/target]]" in doubt["remedy"]
        cloud.upload("notes/deep/target.md", post("Beside.", slug="beside"))
        cloud.settle()
        assert 'href="/beside/">Target</a>' in text(cloud, "/links/")
        assert [] == report(cloud, "notes/deep/links.md")["warnings"]


def test_a_post_hears_only_of_links_that_mean_it() -> None:
    """Of two that share a name, the one that is linked to has the backlink."""
    with LocalCloud() as cloud:
        cloud.upload("a/target.md", post(A, slug="first"))
        cloud.upload("b/target.md", post(B, slug="second"))
        cloud.upload("b/links.md", post("[[target]]", title="The one that links"))
        cloud.settle()
        assert "The one that links" in mentions(cloud, "/second/")
        assert "" == mentions(cloud, "/first/")


def mentions(cloud: LocalCloud, path: str) -> str:
    """Return the HTML list of backlinks on the page at PATH, or an empty string."""
    return text(cloud, path).partition("Mentioned in")[2].partition("</section>")[0]
