"""The names of views, and the views that read a changed item of the Catalog.

A view is a name, a bounded query on the Catalog and a template. `publish` builds views; this module is the inverse.
"""

from collections.abc import Iterable

from dropcap.site import urls

HOME, FEED, ARCHIVE, TAGS, SITEMAP, SEARCH = "home", "feed", "archive", "tags", "sitemap", "search"
NAVIGATION, NEWSLETTER, SITEMAP_PAGES = "navigation", "newsletter", "sitemap-pages"
STATIC = ("not-found", "robots", "search-page", "manifest", "icon", "opensearch")
"""Views that read nothing but the site's settings."""

EVERYWHERE = (HOME, FEED, ARCHIVE, TAGS, SITEMAP, SITEMAP_PAGES, SEARCH, NEWSLETTER, *STATIC)
"""Views of which there is exactly one: rebuilt when the site's settings change."""
HOME_ADDRESSES = (NAVIGATION, SITEMAP_PAGES, "search-shard pages")
"""Views that show a page which opens a home page at the address of that."""


TEXT = frozenset({"digest", "words"})
"""Attributes of a card's item that name the text of the post: only feeds and the search read it."""
SUMMARY = TEXT | {"summary"}
"""Attributes that lists of titles do not show either."""
_READ_TEXT = frozenset({FEED, "tag-feed", "author-feed", "language-feed", "search-shard", "search-year"})
_READ_NO_SUMMARY = frozenset(
    {
        ARCHIVE,
        "year",
        "author",
        SITEMAP,
        "sitemap-month",
        SITEMAP_PAGES,
        NAVIGATION,
        "month-sum",
        "tag-sum",
        "tag-total",
    }
)

_READ_SUMS = frozenset({ARCHIVE, "year", "month", "tag", "tag-total", "search-year"})
"""Views of a list that read its sums too. A sum names what it counts: each added item changes it."""

_WRITE_SUMS = frozenset({"month-sum", "tag-sum", "tag-total"})
"""Views that write a sum and no object of the site."""

MONTH = len("2025-03")

SERIES_PARTS = 30
"""Most parts of a series that each of its parts lists; a longer series has its own page, and neighbours."""
RELATED_REACH = 4
"""Nearest earlier posts under a tag from which a page chooses its related posts."""


def path(address: str) -> str:
    """Return the name of the view of the object at ADDRESS, whichever source owns it."""
    return f"path {address}"


def preview(address: str, key: str) -> str:
    """Return the name of the view of the preview of source KEY at ADDRESS, which has no space."""
    return f"preview {address} {key}"


def name_in_logs(view: str) -> str:
    """Return VIEW without the address of a preview, with which every reader of the log could open a draft."""
    kind, _, rest = view.partition(" ")
    return preview("…", rest.partition(" ")[2]) if kind == "preview" else view


def report(key: str) -> str:
    """Return the name of the view of the report on source KEY."""
    return f"report {key}"


def year(sort: str) -> str:
    """Return the name of the view of the year of a list item at SORT."""
    return f"year {sort[:4]}"


def month(name: str) -> str:
    """Return the name of the view of the month NAME, such as `2025-03`."""
    return f"month {name}"


def sent_in(when: str) -> set[str]:
    """Return the views that show a newsletter sent at WHEN."""
    return {NEWSLETTER, f"newsletter-year {when[:4]}"}


def in_languages(tags: Iterable[str]) -> set[str]:
    """Return the views of the lists and feeds of the languages TAGS. The list is a view of its address."""
    return {view for tag in tags for view in (path(urls.language_path(tag)), f"language-feed {tag.casefold()}")}


def names_of(kind: str, views: Iterable[str]) -> list[str]:
    """Return the names of those VIEWS that are of KIND, in order and each once: the addresses of `path` views."""
    parts = (view.partition(" ") for view in views)
    return list(dict.fromkeys(name for of_kind, _, name in parts if of_kind == kind and name))


def writes_a_sum(view: str) -> bool:
    """Return whether VIEW writes a sum only: it takes little time, and the views that read the sum wait for it."""
    return view.partition(" ")[0] in _WRITE_SUMS


def of_list(name: str, sort: str) -> set[str]:
    """Return the views that read the item of list NAME at SORT (`2025-03-14T09:00:00`), except neighbours and pages."""
    year, month = sort[:4], sort[:7]
    if name == "pages":
        return {SITEMAP_PAGES, SITEMAP, NAVIGATION}
    if name == "all":
        return {HOME, FEED, ARCHIVE, f"year {year}", f"month {month}", f"sitemap-month {month}", f"month-sum {month}"}
    if name == "home":
        return {HOME, *HOME_ADDRESSES}
    if name == "search":
        return {"search-shard pages"} if sort.startswith("pages#") else {f"search-shard {month}", f"search-year {year}"}
    if name == "issues":
        return sent_in(sort)
    kind, _, slug = name.partition("#")
    return {
        "author": {f"author {slug}", f"author-feed {slug}"},
        "series": {f"series {slug}"},
        "language": in_languages([slug]),
        "home": {path(urls.language_path(slug)), *HOME_ADDRESSES},
        "translations": set(),
        "tag": {
            f"tag {slug}",
            f"tag-feed {slug}",
            f"tag-year {slug} {year}",
            f"tag-sum {slug} {year}",
            f"tag-total {slug}",
        },
    }[kind]


def reading_text(affected: set[str]) -> set[str]:
    """Return those of AFFECTED that read the text of posts."""
    return {view for view in affected if view.partition(" ")[0] in _READ_TEXT}


def reading_summaries(affected: set[str]) -> set[str]:
    """Return those of AFFECTED that read the summaries or the text of posts."""
    return {view for view in affected if view.partition(" ")[0] not in _READ_NO_SUMMARY}


def without_sums(affected: set[str]) -> set[str]:
    """Return those of AFFECTED that read no sum: an added item changes a sum, which requests the others."""
    return {view for view in affected if view.partition(" ")[0] not in _READ_SUMS}


def of_sum(name: str, period: str) -> set[str]:
    """Return the views that read the sum of list NAME over PERIOD: a month of `all`, a year or a total of a tag."""
    if name == "all":
        return {ARCHIVE, SITEMAP, f"year {period[:4]}", month(period)}
    if name == "tags":
        return {TAGS}
    if name == "search":
        return {SEARCH, f"search-year {period[:4]}"} if len(period) == MONTH else {SEARCH}
    if name == "issues":
        return {NEWSLETTER}
    slug = name.removeprefix("tag#")
    return {f"tag {slug}", f"tag-total {slug}"}
