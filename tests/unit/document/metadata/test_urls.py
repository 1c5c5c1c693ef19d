"""Addresses and names that a document claims."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document import ContentError, Conventions, link_name
from dropcap.document.paths.url_paths import former_path, is_own, written_path
from support.documents import document, read_or_refused, refusal, yaml


@pytest.mark.parametrize(
    ("lines", "key", "path"),
    [
        ((), "posts/first-light.md", "/first-light/"),
        ((), "2024-05-01-First Light.md", "/first-light/"),
        ((), "pages/about.md", "/about/"),
        ((), "日記.md", "/日記/"),
        ((), "trips/norway/index.md", "/norway/"),
        (("title: Hello there",), "index.md", "/hello-there/"),
        (("title: Hello there",), "🎉.md", "/hello-there/"),
        (("slug: Second Light",), "a.md", "/second-light/"),
        (("slug: a/b/../c",), "a.md", "/a-b-c/"),
        (("url: /Blog/Second",), "a.md", "/Blog/Second/"),
        (("permalink: blog/second/",), "a.md", "/blog/second/"),
        (("path: 2024/02/19/x",), "a.md", "/2024/02/19/x/"),
        (("permalink: /caf%C3%A9/",), "a.md", "/café/"),
        (("permalink: /a b//c/",), "a.md", "/a-b/c/"),
        (("permalink: /old/index.html",), "a.md", "/old/"),
        (("permalink: pretty", "date: 2024-05-01", "categories: [Deep Work, b]"), "a.md", "/deep-work/b/2024/05/01/a/"),
        (("permalink: /:year/:title/", "date: 2024-05-01"), "a.md", "/2024/a/"),
        (("permalink: false",), "a.md", "/a/"),
        (("permalink: {build: /b/, serverless: /c/:id/}",), "a.md", "/b/"),
        (("slug: x", "url: /y/"), "a.md", "/y/"),
    ],
)
def test_an_address_comes_from_a_field_or_from_the_file_s_name(lines: tuple[str, ...], key: str, path: str) -> None:
    """An address in front matter is kept as written; one made from a file name is a slug."""
    post = yaml(*lines, key=key)
    assert (path, path.strip("/").rpartition("/")[2]) == (post.path, post.slug)


def test_a_page_that_was_a_file_keeps_its_old_address_as_an_alias() -> None:
    """Links from elsewhere still lead to it."""
    post = yaml("permalink: /blog/a.html", "aliases: [/b/]")
    assert ("/blog/a/", ("/blog/a.html", "/b/")) == (post.path, post.aliases)


@pytest.mark.parametrize(
    "line",
    [
        "permalink: /:year/:month/",
        "permalink: /:yaer/:title/",
        "permalink: {serverless: /c/}",
        "permalink: '/{{ title | slug }}/'",
        "url: https://example.com/elsewhere",
        "permalink: //example.com/x",
    ],
)
def test_an_address_on_another_site_is_ignored_with_a_warning(line: str) -> None:
    """It is a pattern, or what the post writes about."""
    post = yaml(line)
    assert ("/first-light/", [2]) == (post.path, [finding.line for finding in post.warnings])


@pytest.mark.parametrize(
    "path",
    [
        "/tags/",
        "/tags/sleep/",
        "/Tags",
        "/feed.xml",
        "/feed.json",
        "/archive/",
        "/newsletter/x",
        "/api/subscribe",
        "/assets/a.css",
        "/sitemap.xml",
        "/sitemap/2024-05.xml",
        "/search/",
        "/preview/x/",
        "/404.html",
        "/robots.txt",
        "/2024/",
        "/2024/05/",
        "/2024/05/01/",
        "/index.html",
    ],
)
def test_reserved_addresses_cannot_be_claimed(path: str) -> None:
    """A post there would replace a list; the remedy names the field that decides."""
    finding = refusal(f"---\ntitle: A day\npermalink: {path}\n---\nText.")
    assert (3, True) == (finding.line, "permalink:" in finding.remedy)


@pytest.mark.parametrize("key", ["tags.md", "pages/archive.md", "2024.md", "Search.md"])
def test_a_file_s_name_cannot_claim_a_reserved_address(key: str) -> None:
    """The remedy is a slug; a reserved slug is to be changed itself."""
    assert "reserved" in refusal("Text.", key).message
    assert "`slug: my-post`" in refusal("Text.", key).remedy
    assert "in `slug`" in refusal("---\nslug: tags\n---\nText.", key).remedy


@pytest.mark.parametrize(
    "path",
    ["/tagged/", "/sitemaps-explained/", "/20244/", "/2024/notes/", "/archive/2019/", "/2024/05/01/x/", "/apis/"],
)
def test_addresses_similar_to_reserved_ones_are_free(path: str) -> None:
    """Nothing more is reserved than is used."""
    assert path == yaml(f"permalink: {path}").path


@pytest.mark.parametrize(
    "path",
    ["/../x/", "/a/./b/", "/.well-known/x", "/a<b/", "/a?b=1", "/a#b", "/a\\b/", "/" + "x" * 500, "/%00/", "/%2e%2e/x"],
)
def test_an_invalid_address_is_refused(path: str) -> None:
    """The author meant something by it, and a guess would be wrong."""
    assert 2 == refusal(f"---\npermalink: '{path}'\n---\nText.").line


def test_a_document_whose_name_has_no_letter_is_refused() -> None:
    """There is nothing to make an address of."""
    assert "slug:" in refusal("---\ntitle: '!!!'\n---\n", "🎉.md").remedy


@given(st.sampled_from(["aliases", "alias"]), st.sampled_from(["My Note", "Naps, again", "C++", "7"]))
def test_an_alias_without_a_slash_is_a_name(entry: str, name: str) -> None:
    """Obsidian's aliases are what people call a note; a wikilink finds it by them, and nothing redirects."""
    post = yaml(f"{entry}: ['{name}']")
    assert ((), True) == (post.aliases, link_name(name) in post.names)


def test_redirect_from_holds_addresses_only() -> None:
    """Jekyll's plugin knows no names."""
    assert ("/old/",) == yaml("redirect_from: old").aliases


def test_only_the_first_five_other_names_count() -> None:
    """The author is told; the file's own names are never crowded out."""
    post = yaml(f"aliases: [{', '.join(f'Name {n}' for n in range(7))}]")
    assert ["first-light", "posts/first-light", *(f"name-{n}" for n in range(5))] == list(post.names)
    assert [2] == [finding.line for finding in post.warnings]


def test_aliases_are_former_addresses() -> None:
    """As a list or as one text, under both names, each once; the own address is none."""
    post = yaml(
        "aliases: [/old/, old/, 'https://example.com/older/', /first-light/, posts/1.html]", "redirect_from: /b/, /c"
    )
    assert ("/old/", "/older/", "/posts/1.html", "/b/", "/c/") == post.aliases


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/2019/05/my old post/", "/2019/05/my old post/"),
        ("/2019/05/my%20old%20post/", "/2019/05/my old post/"),
        ("/2019/gr%c3%b6sse/", "/2019/grösse/"),
        ("https://old.example/a b.html", "/a b.html"),
        ("/was%20nun,%20„jetzt“…/", "/was nun, „jetzt“…/"),
        ("/می\u200cشود/", "/می\u200cشود/"),
        ("/🦊%20🌙/", "/🦊 🌙/"),
    ],
)
def test_a_former_address_stays_as_it_was(written: str, path: str) -> None:
    """It is one of another system, at which readers and search engines still ask; no other one redirects."""
    post = yaml(f"aliases: ['{written}']")
    assert ((path,), ()) == (post.aliases, post.warnings)


@pytest.mark.parametrize(
    "written", ["/a%09b/", "/a%7Cb/", "/a\\b/", "/100%25/", "/what%3F/", "/a%E2%80%AEb/", "/%2e%2e/x/"]
)
def test_a_former_address_that_no_object_can_have_is_told(written: str) -> None:
    """S3 advises against such names, and a query is no part of a path."""
    post = yaml(f"aliases: ['{written}']")
    assert ((), [2]) == (post.aliases, [finding.line for finding in post.warnings])


def test_an_invalid_alias_is_ignored_with_a_warning() -> None:
    """The post is published all the same."""
    post = yaml("aliases: [/../x/, /tags/, /?p=12, /old/]")
    assert (("/old/",), [2, 2, 2]) == (post.aliases, [finding.line for finding in post.warnings])


def test_ten_aliases_are_kept() -> None:
    """A transaction has room for no more; the author is told."""
    post = yaml(f"aliases: [{', '.join(f'/a{n}/' for n in range(12))}]")
    assert ([f"/a{n}/" for n in range(10)], 1) == (list(post.aliases), len(post.warnings))


def test_wikilinks_find_a_document_by_its_file_its_path_and_its_addresses() -> None:
    """So that links survive when it moves."""
    post = yaml("slug: second", "aliases: [/Old Name/]", key="trips/2024-05-01-First Light.md")
    assert ("first-light", "2024-05-01-first-light", "trips/2024-05-01-first-light", "second", "old-name") == post.names


def test_eleven_names_are_kept() -> None:
    """Even if there are more addresses."""
    assert 11 == len(yaml(f"aliases: [{', '.join(f'/a{n}/' for n in range(10))}]", key="a/2024-05-01-b.md").names)


@pytest.mark.parametrize(("stem", "reserved"), [("de", True), ("en", False), ("fr", False)])
def test_the_home_addresses_of_other_languages_in_use_are_reserved(stem: str, reserved: bool) -> None:  # noqa: FBT001  # pytest
    """The site's own language has none, and neither has one into which nothing is translated."""
    site = Conventions(language="en", languages=("en", "de"))
    post = read_or_refused(lambda: document("Text.", f"posts/{stem}.md", site))
    assert reserved == (post is None)


@given(st.sampled_from([written_path, former_path]), st.text(max_size=60))
def test_a_written_path_is_safe_and_stable(read: Callable[[str], str | None], text: str) -> None:
    """No dots, no empty segment, no mark that would end it, and written again it is the same."""
    path = read(text)
    if path is not None:
        assert path.startswith("/")
        assert not any(mark in path for mark in ("//", "/.", "?", "#", "\\", "<", '"', "\n", "%"))
        assert path == read(path)


@given(st.text(st.sampled_from("tags/20450.xmlfed-"), max_size=12))
def test_no_document_gets_a_reserved_address(stem: str) -> None:
    """By no name at all."""
    try:
        post = document("---\ntitle: A day\n---\nText.", f"posts/{stem}x.md")
    except ContentError:
        return
    assert not is_own(post.path)


def test_the_address_of_the_home_page_makes_a_page_for_it() -> None:
    """It keeps an address of its own, of the file's name; no redirect leads from `/`."""
    page = yaml("permalink: /", key="posts/welcome.md")
    assert (True, True, "/welcome/", ()) == (page.is_home, page.is_page, page.path, page.aliases)


@pytest.mark.parametrize("address", ["/", "/de/", "/DE"])
def test_a_translation_may_have_the_home_address_of_its_language(address: str) -> None:
    """Only of its own, and only where the site names the language: elsewhere `/de/` is an address like others."""
    site = Conventions("UTC", "en", languages=("de", "fr"))
    source = f"---\npermalink: {address}\n---\nText."
    page = document(source, "posts/start.de.md", site)
    assert (True, True, "/de/start/") == (page.is_home, page.is_page, page.path)
    if address != "/":
        with pytest.raises(ContentError, match="reserved"):
            document(source, "posts/start.fr.md", site)
        keyed = f"---\npermalink: {address}\nlang: de\ntranslationKey: x\n---\nText."
        assert not document(keyed, "posts/start.md", Conventions("UTC", "en")).is_home
