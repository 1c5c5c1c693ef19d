"""`dropcap import`: exports of other systems become Markdown files, with notes on what was lost."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dropcap.document.paths.url_paths import written_path
from dropcap_cli.importers import medium, wordpress
from dropcap_cli.importers.archive import Archive
from dropcap_cli.importers.html_body import DEEPEST, HtmlBody
from dropcap_cli.importers.old_links import OldLinks
from dropcap_cli.importers.pictures import FAILURES_PER_HOST, Pictures
from dropcap_cli.importers.wordpress_text import html_of, missing_from_galleries
from dropcap_local.usage_error import UsageError
from support import exports
from support.documents import document
from support.site_folders import CommandLine, files_in

Writer = Callable[[Path], Path]
FORMATS = ("ghost", "wordpress", "substack", "medium")


def imported(dropcap: CommandLine, name: str, folder: Path, *options: str) -> dict[str, tuple[dict[str, Any], str]]:
    """Import the sample export of the format NAME; return the front matter and text of each file by its path."""
    write: Writer = getattr(exports, name)
    ran = dropcap("import", name, write(folder), folder / "site", "--no-download", *options)
    assert 0 == ran.code, ran.error
    return {
        str(path.relative_to(folder / "site")): _parts(path.read_text()) for path in (folder / "site").rglob("*.md")
    }


def _parts(text: str) -> tuple[dict[str, Any], str]:
    _, head, body = text.split("---\n", 2)
    return yaml.safe_load(head), body.strip()


def test_ghost_keeps_dates_tags_authors_and_pictures(dropcap: CommandLine, tmp_path: Path) -> None:
    """Tags in their order without internal ones; links and pictures lead to the imported files."""
    files = imported(dropcap, "ghost", tmp_path)
    head, body = files["posts/naps.md"]
    assert ("Why naps work & how", "2025-03-14T09:00:00+00:00") == (head["title"], head["date"])
    assert (["Sleep", "Habits"], ["Ada"]) == (head["tags"], head["authors"])
    assert ("Twenty minutes.", "For search engines.", "An oak") == (
        head["summary"],
        head["description"],
        head["image_alt"],
    )
    assert "see [me](../pages/about.md#me)" in body
    assert '![An oak](../pictures/oak.gif "In winter")' in body
    assert exports.GIF == (tmp_path / "site/pictures/oak.gif").read_bytes()
    assert "```python\na_b = [1]\n# *not* bold\n```" in body
    assert {"title": "The Quiet Hour", "timezone": "Europe/Berlin"} == yaml.safe_load(
        (tmp_path / "site/site.yaml").read_text()
    )


def test_wordpress_keeps_paragraphs_code_and_categories(dropcap: CommandLine, tmp_path: Path) -> None:
    """Also of the classic editor; the old URL redirects, and links by number are resolved."""
    files = imported(dropcap, "wordpress", tmp_path)
    head, body = files["posts/naps.md"]
    assert ("Naps & walks", ["/2025/03/naps/"], ["Sleep", "Rest"]) == (head["title"], head["aliases"], head["tags"])
    assert (["Ada L."], "On naps", "An oak") == (head["authors"], head["summary"], head["image_alt"])
    assert "First line\\\nsecond line, see [about](../pages/about.md)." in body
    assert "```python\nif a < b:\n\n    pass\n```" in body
    assert '![](https://old.example/wp-content/uploads/oak.gif "An oak")' in body
    assert "We rest." == files["pages/about.md"][1]


def test_substack_keeps_footnotes_and_subtitles(dropcap: CommandLine, tmp_path: Path) -> None:
    """The old URL redirects, and links to other posts lead to their files."""
    files = imported(dropcap, "substack", tmp_path, "--old-url", "https://quiet.substack.com")
    head, body = files["posts/naps.md"]
    assert ("Twenty minutes", ["/p/naps"]) == (head["summary"], head["aliases"])
    assert "Rest[^1] well, as in [my idea](idea.md).\n\n[^1]: Not long." == body


def test_medium_keeps_the_text_without_its_repeated_title(dropcap: CommandLine, tmp_path: Path) -> None:
    """Headings go one level up, and line breaks in code stay."""
    head, body = imported(dropcap, "medium", tmp_path)["posts/why-naps-work.md"]
    assert (["Ada"], ["/@ada/why-naps-work-1a2b"]) == (head["authors"], head["aliases"])
    assert "Rest, as in [this](why-naps-work.md).\n\n## Part\n\n```\na = 1\nb = 2\n```" == body


@pytest.mark.parametrize(
    ("name", "drafts"),
    [
        ("ghost", {"posts/paid.md", "posts/idea.md"}),
        ("wordpress", {"posts/private.md"}),
        ("substack", {"posts/paid.md", "posts/idea.md"}),
        ("medium", {"posts/an-idea.md"}),
    ],
)
def test_a_post_that_was_not_public_becomes_a_draft(
    dropcap: CommandLine, tmp_path: Path, name: str, drafts: set[str]
) -> None:
    """Drafts, private posts, and posts for paying readers."""
    files = imported(dropcap, name, tmp_path)
    assert drafts == {path for path, (head, _) in files.items() if head.get("draft")}


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("ghost", "A <iframe> became a link to https://video.example/7"),
        ("ghost", "A link leads to a page of the old site that was not imported: /tag/sleep/"),
        ("ghost", "Its codeinjection head was left out."),
        ("wordpress", "The shortcode [contact-form] was left as text."),
        ("wordpress", "Comments left out: 1."),
        ("wordpress", "Items of the type nav_menu_item left out: 1."),
        ("substack", "A form for subscribers was left out: Subscribe."),
        ("substack", "Left out, as threads or posts without text: 1."),
        ("medium", "Medium's export has no tags. Add them to the front matter."),
    ],
)
def test_a_loss_is_reported(dropcap: CommandLine, tmp_path: Path, name: str, note: str) -> None:
    """As text and as JSON."""
    write: Writer = getattr(exports, name)
    text = dropcap("import", name, write(tmp_path), tmp_path / "text", "--no-download")
    data = dropcap("import", name, write(tmp_path), tmp_path / "json", "--no-download", "--json").account
    assert note in text.output
    assert note in [*data["notes"], *(note for file in data["files"] for note in file["notes"])]


@pytest.mark.parametrize("name", FORMATS)
def test_an_import_never_overwrites(dropcap: CommandLine, tmp_path: Path, name: str) -> None:
    """A second import keeps every file and exits with 1."""
    write: Writer = getattr(exports, name)
    export, site = write(tmp_path), tmp_path / "site"
    dropcap("import", name, export, site, "--no-download")
    for path in site.rglob("*.md"):
        path.write_text("Mine.\n")
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    ran = dropcap("import", name, export, site, "--no-download", "--json")
    assert (1, 0) == (ran.code, ran.account["written"])
    assert before == {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", FORMATS)
def test_an_import_that_a_full_disk_ends_can_be_repeated(
    dropcap: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The exit code is 1, because files were written; no part of a file is left that the next import would keep."""
    write: Writer = getattr(exports, name)
    export, calls = write(tmp_path), list[int]()

    def full_at_last(file: int) -> None:
        calls.append(file)
        if len(calls) > 1:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full_at_last)
        ran = dropcap("import", name, export, tmp_path / "site", "--no-download")
    assert (1, True) == (ran.code, "site cannot be written: No space left on device." in ran.error)
    assert 1 == len([path for path in (tmp_path / "site").rglob("*") if path.is_file()])
    dropcap("import", name, export, tmp_path / "site", "--no-download")
    dropcap("import", name, export, tmp_path / "whole", "--no-download")
    assert files_in(tmp_path / "whole") == files_in(tmp_path / "site")


@pytest.mark.parametrize("name", FORMATS)
def test_another_file_is_refused(dropcap: CommandLine, tmp_path: Path, name: str) -> None:
    """Exit code 2, a way to get the right file, and nothing written."""
    (tmp_path / "other.zip").write_bytes(b"no archive")
    (tmp_path / "other.json").write_text("{}")
    for export in ("other.zip", "other.json", "missing.zip"):
        ran = dropcap("import", name, tmp_path / export, tmp_path / "site")
        assert (2, "") == (ran.code, ran.output), ran.error
    assert not (tmp_path / "site").exists()


@given(st.text(st.sampled_from("ab \n*_`[](){}<>#+-.!|~=^$&;:1\"'\\/%"), max_size=40))
def test_text_keeps_every_character(text: str) -> None:
    """The Markdown of any text, read as CommonMark with tables and strikethrough, shows the same text."""
    words = " ".join(text.split())
    html = f"<p>{escape(words)}</p><p>{escape(words)} <em>x</em> {escape(words)}</p>"
    markdown = HtmlBody(str, str).markdown(html)
    rendered = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)
    shown = BeautifulSoup(rendered, "html.parser")
    assert " ".join(f"{words} {words} x {words}".split()) == " ".join(shown.get_text().split()), markdown
    assert [] == shown.find_all(["h1", "h2", "ul", "ol", "blockquote", "code", "a", "img", "del", "table"])


@pytest.mark.parametrize(
    "words",
    ["for %%i in (*) do echo %%i", "50 %% or 20 %% off", "see ^note", "{color=red} text", "{ a=b }", "C #"],
)
def test_text_is_shown_whole_by_the_dialect(words: str) -> None:
    """Text may look like a remark, the name of a block, a list of attributes, or the end of a heading."""
    markdown = HtmlBody(str, str).markdown(f"<p><em>x</em>{words}</p><p>{words}</p><h2>{words}</h2>")
    shown = BeautifulSoup(document(f"---\ntitle: T\n---\n{markdown}").html, "html.parser")
    assert [f"x{words}", words, words] == [element.get_text() for element in shown.find_all(["p", "h2"])]


def test_a_download_is_kept_and_a_failing_host_is_not_asked_for_ever(tmp_path: Path) -> None:
    """A picture that cannot be downloaded stays a link to the old site, with a note."""
    (tmp_path / "export.json").write_text("{}")
    urls: list[str] = []

    def download(url: str) -> tuple[bytes, str]:
        urls.append(url)
        if "good.example" in url:
            return exports.GIF, "image/gif"
        message = "no connection"
        raise OSError(message)

    pictures = Pictures(tmp_path / "site", Archive(tmp_path / "export.json"), download, "https://good.example")
    assert "pictures/oak.gif" == pictures.place("https://good.example/2025/oak.gif?w=300")
    assert "pictures/photo.gif" == pictures.place("/photo")
    for number in range(FAILURES_PER_HOST + 2):
        url = f"https://bad.example/{number}.gif"
        assert url == pictures.place(url)
    assert 2 + FAILURES_PER_HOST == len(urls)
    assert FAILURES_PER_HOST + 2 == len(pictures.take_notes())


@pytest.mark.parametrize("url", ["http://[host]/oak.gif", "//[host/oak.gif"])
def test_a_picture_with_an_invalid_address_is_noted(tmp_path: Path, url: str) -> None:
    """It ended the import with a traceback."""
    (tmp_path / "export.json").write_text("{}")
    pictures = Pictures(tmp_path, Archive(tmp_path / "export.json"), None, "https://good.example")
    assert url == pictures.place(url)
    assert [f"The file {url} has an invalid address; the page names it as it was."] == pictures.take_notes()


def test_two_pictures_of_one_name_are_both_kept(tmp_path: Path) -> None:
    """The second one gets a digest in its name; the same bytes are one file."""
    (tmp_path / "export.json").write_text("{}")
    bodies = {"https://a.example/1/x.gif": b"1", "https://a.example/2/x.gif": b"2", "https://a.example/3/x.gif": b"1"}
    archive = Archive(tmp_path / "export.json")
    pictures = Pictures(tmp_path, archive, lambda url: (bodies[url], "image/gif"))
    first, second, third = (pictures.place(url) for url in bodies)
    assert first == third != second
    assert (b"1", b"2") == ((tmp_path / first).read_bytes(), (tmp_path / second).read_bytes())


def test_a_picture_cannot_be_written_outside_the_folder(tmp_path: Path) -> None:
    """Not even if its URL has dots, encoded or not."""
    (tmp_path / "export.json").write_text("{}")
    site = tmp_path / "site"
    pictures = Pictures(site, Archive(tmp_path / "export.json"), lambda _: (b"1", "image/gif"))
    for url in ("https://a.example/%2e%2e%2fevil.gif", "https://a.example/..", "https://a.example/a%2F..%2F..%2Fb.gif"):
        assert (site / pictures.place(url)).resolve().is_relative_to(site / "pictures")


@pytest.mark.parametrize(
    ("url", "kind", "name"),
    [
        ("x.md", "image/png", "x.md.png"),
        ("x.md!", "image/x-unknown", None),
        ("photo.JPEG", "image/jpeg", "photo.JPEG"),
        ("photo.php", "image/webp", "photo.php.webp"),
        ("photo.bmp", "image/bmp", "photo.bmp"),
        ("photo.2024", "image/gif", "photo.2024.gif"),
        ("a." + "b" * 300, "image/png", "a." + "b" * 78 + ".png"),
        ("a." + "b" * 300, "image/bmp", "a." + "b" * 19),
        ("%F0%A0%80%80" * 100 + ".png", "image/png", "\U00020000" * 56 + ".png"),
    ],
)
def test_the_media_type_decides_what_a_downloaded_file_is(
    tmp_path: Path, url: str, kind: str, name: str | None
) -> None:
    """A picture never becomes a post, whatever its URL says; no part of its name is too long for a file system."""
    (tmp_path / "export.json").write_text("{}")
    pictures = Pictures(tmp_path / "site", Archive(tmp_path / "export.json"), lambda _: (b"1", kind))
    place = pictures.place(f"https://third.example/{url}")
    assert (f"pictures/{name}" if name else f"https://third.example/{url}") == place
    assert (int(name is not None), int(name is None)) == (pictures.written, len(pictures.notes))
    longer = Pictures(tmp_path / "site", Archive(tmp_path / "export.json"), lambda _: (b"2", kind))
    assert place != longer.place(f"https://third.example/{url}") or name is None


def test_a_text_of_the_export_is_no_picture(tmp_path: Path) -> None:
    """It would be published as a post."""
    (tmp_path / "export/images").mkdir(parents=True)
    (tmp_path / "export/images/x.md").write_text("No post.")
    pictures = Pictures(tmp_path / "site", Archive(tmp_path / "export"), None)
    assert "/images/x.md" == pictures.place("/images/x.md")
    assert ["The file x.md was left out: its name is that of a text."] == pictures.take_notes()


def test_a_link_to_another_site_stays() -> None:
    """Also one that has the same path."""
    links = OldLinks(frozenset({"old.example"}), {"/naps": "posts/naps.md"})
    assert "naps.md" == links.resolve("https://www.old.example/naps/", "posts/walks.md")
    assert "https://other.example/naps/" == links.resolve("https://other.example/naps/", "posts/walks.md")
    assert "mailto:a@old.example" == links.resolve("mailto:a@old.example", "posts/walks.md")
    assert "http://[" == links.resolve("http://[", "posts/walks.md")


def test_deep_nesting_keeps_the_words() -> None:
    """Without a traceback, and with a note."""
    body = HtmlBody(str, str)
    assert "word\n" == body.markdown("<div>" * (DEEPEST + 800) + "word" + "</div>" * (DEEPEST + 800))
    assert body.notes


def test_blocks_of_the_classic_editor_are_not_wrapped() -> None:
    """Headings and lists between empty lines are no paragraphs; code keeps its empty lines."""
    html = html_of("<h2>A</h2>\n\nText\nmore\n\n<pre>x\n\ny</pre>\n\n<ul><li>1</li></ul>", {})
    assert "<h2>A</h2>\n<p>Text<br>\nmore</p>" in html
    assert "<pre>x\n\ny</pre>" in html
    assert "<p><ul>" not in html


def test_a_gallery_shows_its_pictures() -> None:
    """By their numbers in the export."""
    assert '<img src="https://a/1.jpg"' in html_of('[gallery columns="2" ids="7, 8"]', {"7": "https://a/1.jpg"})


def test_pictures_of_a_gallery_that_are_not_in_the_export_are_told(tmp_path: Path) -> None:
    """And so is the picture of a post: an export may hold the posts alone."""
    meta = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>"
    file = tmp_path / "export.xml"
    file.write_text(WXR.replace("<p>x & y</p>", '<p>x & y</p>[gallery ids="1,2"]').replace("</item>", f"{meta}</item>"))
    (post,) = wordpress.read(Archive(file)).posts
    assert (
        "Pictures of a gallery that are not in the export, left out: 1, 2.", "Its picture is not in the export: 9.",
    ) == post.notes  # fmt: skip
    assert ["8"] == missing_from_galleries('[gallery ids="7, 8,"] [gallery ids=8]', {"7": "https://a/1.jpg"})


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("%e6%97%a5%e6%9c%ac", "日本"),
        ("gr%c3%b6sse", "grösse"),
        ("caf%C3%A9-2", "café-2"),
        ("naps", "naps"),
    ],
)
def test_a_name_that_wordpress_encoded_is_decoded(
    dropcap: CommandLine, tmp_path: Path, written: str, slug: str
) -> None:
    """Its address stays the same, and the one in the export redirects to it."""
    file = tmp_path / "export.xml"
    own = f"<link>https://a.example/2019/{written}/</link><wp:post_name>{written}</wp:post_name></item>"
    file.write_text(WXR.replace("</item>", own))
    dropcap("import", "wordpress", file, tmp_path / "site", "--no-download")
    head, _ = _parts((tmp_path / "site" / "posts" / f"{slug}.md").read_text())
    assert (slug, [f"/2019/{written}/"]) == (head["slug"], head["aliases"])
    assert written_path(head["aliases"][0]) == unquote(f"/2019/{written}/")


def test_a_damaged_file_in_an_archive_is_wrong_use(tmp_path: Path) -> None:
    """With the name of the file."""
    path = exports.substack(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Secret.", b"Public!", 1))
    with pytest.raises(UsageError, match=r"102\.paid\.html"):
        Archive(path).read("posts/102.paid.html")


WXR = (
    '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">'
    "<channel><title>A</title><link>https://a.example/?a=1&b=2</link><wp:wxr_version>1.2</wp:wxr_version>"
    "<item><title>Tea &amp; cake</title><content:encoded><![CDATA[<p>x & y</p>]]></content:encoded>"
    "<wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item></channel></rss>"
)
"""An export with an ampersand that XML does not allow, as some plugins write it."""


def test_an_ampersand_that_is_not_escaped_does_not_end_an_import(tmp_path: Path) -> None:
    """Within CDATA and in references it stays as it is."""
    file = tmp_path / "export.xml"
    file.write_text(WXR)
    (post,) = wordpress.read(Archive(file)).posts
    assert ("Tea & cake", True) == (post.title, "x & y" in post.html)


def test_a_damaged_export_of_wordpress_names_the_line(tmp_path: Path) -> None:
    """It is an export all the same, so another one would not help."""
    file = tmp_path / "export.xml"
    file.write_text(WXR.replace("<item>", "\n<wp:item>"))
    with pytest.raises(UsageError, match=r"damaged.*line 2"):
        wordpress.read(Archive(file))


def test_a_story_of_medium_without_address_and_date_is_a_draft(tmp_path: Path) -> None:
    """Even if its file is not called a draft: an unpublished story has neither."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "story.html").write_text(
        '<h1 class="p-name">A</h1><section class="e-content"><p>b</p></section>'
    )
    (post,) = medium.read(Archive(tmp_path)).posts
    assert post.draft


def test_the_end_of_a_summary_is_kept() -> None:
    """Dropcap reads WordPress' mark too; the first one counts."""
    assert "Short.\n\n<!--more-->\n\nLong.\n" == HtmlBody(str, str).markdown("<p>Short.</p><!--more--><p>Long.</p>")
    assert "<!--more-->" in HtmlBody(str, str).markdown(html_of("Short.\n\n<!--more Read on-->\n\nLong.", {}))


def test_a_form_for_subscribers_is_left_out_and_told() -> None:
    """Its words would stand in the text of each imported post."""
    body = HtmlBody(str, str)
    html = '<p>A.</p><div class="subscription-widget-wrap-editor"><p>Thanks</p><form></form></div>'
    assert body.markdown(html) == "A.\n"
    assert body.notes == ["A form for subscribers was left out: Thanks."]


def test_paragraphs_of_a_footnote_stay_apart() -> None:
    """They become one line, with a space between them."""
    content = '<div class="footnote-content"><p>A.</p><p>B.</p></div>'
    note = f'<div class="footnote"><a class="footnote-number">1</a>{content}</div>'
    assert HtmlBody(str, str).markdown(f'<p>x<a class="footnote-anchor">1</a></p>{note}') == "x[^1]\n\n[^1]: A. B.\n"
