"""An edit rebuilds only what reads the changed part of a post, and the site is the one that a first upload makes."""

from collections.abc import Iterable, Mapping

from dropcap_local.cloud import LocalCloud

SITE = "title: Edits\nlanguages: [de]\n"
POSTS = {
    "site.yaml": SITE,
    "posts/one.md": "---\ndate: 2025-03-01\ntags: [a]\nseries: W\n---\nFirst.\n\nSee [[two]] and ![[two]].\n",
    "posts/two.md": "---\ndate: 2025-03-02\ntags: [a, b]\nauthor: Wren\nseries: W\n---\nSecond.\n\nSee [[three]].\n",
    "posts/three.md": "---\ndate: 2025-04-03\ntags: [b]\nauthor: Wren\nseries: W\n---\nThird.\n\nMore of it.\n",
    "posts/two.de.md": "---\ndate: 2025-03-02\n---\nZweiter.\n\nMehr davon.\n",
    "posts/four.md": "---\ndate: 2026-01-04\ntags: [a]\n---\nFourth.\n",
    "pages/about.md": "About.\n\nMore about it.\n",
    "pages/home.md": "Home.\n\nMore of home.\n",
}
EDITS = [
    ("posts/two.md", "2025-03-02", "2025-05-02"),
    ("posts/two.md", "tags: [a, b]", "tags: [b, c]"),
    ("posts/two.md", "Wren", "Lark"),
    ("posts/two.md", "tags: [b, c]", "tags: [b, c]\ntitle: Another two"),
    ("posts/two.md", "See [[three]].", "See [[four]]."),
    ("posts/two.md", "Second.", "The second one."),
    ("posts/two.md", "See [[four]].", "Read [[four]] slowly."),
    ("posts/two.de.md", "Mehr davon.", "Noch mehr."),
    ("pages/about.md", "More about it.", "Less about it."),
    ("pages/home.md", "Home.", "At home."),
    ("pages/home.md", "More of home.", "Less of home."),
]
"""Edits in the order of what they change: what an early one forgot, no later one repairs."""


def site_of(
    files: Mapping[str, str], edits: Iterable[tuple[str, str, str]] = ()
) -> tuple[dict[str, str], dict[str, str]]:
    """Return FILES after EDITS, and the objects of their site by key."""
    sources = dict(files)
    with LocalCloud() as cloud:
        for key, text in sources.items():
            cloud.upload(key, text)
        cloud.settle()
        for key, old, new in edits:
            assert old in sources[key]
            sources[key] = sources[key].replace(old, new)
            cloud.upload(key, sources[key])
            cloud.settle()
        return sources, {key: repr(page) for key, page in cloud.site().items()}


def test_an_edited_site_is_the_one_that_a_first_upload_makes() -> None:
    """Whichever part of a post changes, no view that reads it is forgotten."""
    sources, by_edits = site_of(POSTS, EDITS)
    _, at_once = site_of(sources)
    assert at_once.keys() == by_edits.keys()
    assert [] == [key for key in at_once if by_edits[key] != at_once[key]]


def test_a_post_that_takes_the_place_of_another_is_in_every_list() -> None:
    """Neither the number of posts nor the latest change tells: the sums name what they count."""
    with LocalCloud() as cloud:
        for key, text in POSTS.items():
            cloud.upload(key, text)
        cloud.settle()
        cloud.delete("posts/four.md")
        cloud.upload("posts/five.md", POSTS["posts/four.md"].replace("Fourth", "Fifth"))
        cloud.settle()
        for path in ("/", "/tags/a/", "/2026/01/", "/2026/", "/archive/"):
            page = cloud.page(path).body.decode()
            assert "/five/" in page, path
            assert "/four/" not in page, path
        assert b"Fifth" in cloud.page("/search/2026.json").body
