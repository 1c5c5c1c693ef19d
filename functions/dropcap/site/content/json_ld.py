"""Structured data for search engines: schema.org's Article, BreadcrumbList and WebSite, as values for JSON-LD."""

from collections.abc import Sequence
from datetime import datetime

from dropcap.site.content.absolute_urls import absolute_url
from dropcap.site.post import Snapshot
from dropcap.site.settings.model import SiteSettings
from dropcap.site.urls import author_path

Values = dict[str, object]


def structured(site: SiteSettings, live: Snapshot, canonical: str, image: str | None) -> Values:
    """Return the graph of the post LIVE, whose address is CANONICAL. Unknown values are left out.

    https://schema.org/Article, https://schema.org/BreadcrumbList
    """
    return {"@context": "https://schema.org", "@graph": [_text(site, live, canonical, image), _trail(site, live)]}


def website(site: SiteSettings) -> Values:
    """Return the site as a whole, for its home page: its authors, its publisher and its search.

    https://schema.org/WebSite, https://schema.org/SearchAction
    """
    fields: Values = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "@id": f"{site.url}/",
        "url": f"{site.url}/",
        "name": site.title,
        "alternateName": site.tagline,
        "description": site.description or site.tagline,
        "inLanguage": [site.language, *site.other_languages],
        "author": [_person(site, name) for name in site.authors],
        "publisher": _publisher(site),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{site.url}/search/?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }
    return {name: value for name, value in fields.items() if value}


def _text(site: SiteSettings, live: Snapshot, canonical: str, image: str | None) -> Values:
    published = live.published if live.dated and not live.is_page else None
    fields: Values = {
        "@type": "WebPage" if live.is_page else "Article",
        "@id": canonical,
        "url": canonical,
        "headline": live.title,
        "description": live.summary,
        "datePublished": published,
        "dateModified": live.updated or published,
        "author": [_person(site, name, has_page=bool(live.authors)) for name in live.authors or site.authors],
        "publisher": _publisher(site),
        "inLanguage": live.language or site.language,
        "keywords": [tag.label for tag in live.tags],
        "image": image,
    }
    return {name: value for name, value in fields.items() if value}


def _person(site: SiteSettings, name: str, *, has_page: bool = False) -> Values:
    """Return the author called NAME; authors of posts have a page of their own, those of the site perhaps none."""
    person = site.person(name)
    path = author_path(name) if has_page else ""
    page = absolute_url(site.url, path) if path else ""
    picture = absolute_url(site.url, person.picture_url) if person.picture_url else ""
    values: Values = {"@type": "Person", "name": name, "url": person.url or page, "sameAs": list(person.profiles)}
    values |= {"description": person.bio, "image": picture}
    return {field: value for field, value in values.items() if value}


def _publisher(site: SiteSettings) -> Values:
    publisher: Values = {"@type": "Organization", "name": site.title, "url": f"{site.url}/"}
    return publisher | ({"logo": absolute_url(site.url, site.logo_url)} if site.logo_url else {})


def _trail(site: SiteSettings, live: Snapshot) -> Values:
    steps: list[tuple[str, str]] = [(site.title, "/")]
    if live.tags:
        steps.append((live.tags[0].label, live.tags[0].url))
    elif live.dated and not live.is_page:
        year = str(datetime.fromisoformat(live.sort).year)
        steps.append((year, f"/{year}/"))
    return {"@type": "BreadcrumbList", "itemListElement": _items(site, [*steps, (live.title, live.path)])}


def _items(site: SiteSettings, steps: Sequence[tuple[str, str]]) -> list[Values]:
    return [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute_url(site.url, path)}
        for number, (name, path) in enumerate(steps, 1)
    ]
