"""The values of the theme's templates: a site, a post with everything, and the context of every page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from markupsafe import Markup

from dropcap.document import Tag
from dropcap.site.cards import Card, Month, Period, Sent, TagTotal, Year
from dropcap.site.content.opening import Heading
from dropcap.site.picture import Picture
from dropcap.site.settings.model import Colours, Person, SiteSettings
from dropcap.steps.publish.series_of import Series
from dropcap.steps.publish.social_image import SocialImage

TEMPLATES = Path(__file__).parents[2] / "templates"

SLEEP = Tag("Sleep & rest", "sleep-rest")
CARD = Card(
    key="posts/naps.md",
    title='Why <naps> & "rests" work',
    path="/schläfchen/",
    sort="2025-03-14T09:00:00",
    published="2025-03-14T09:00:00+01:00",
    updated="2025-04-01T00:00:00+02:00",
    summary="Twenty minutes & no more.",
    tags=(SLEEP,),
    digest="d1",
    site="t1",
    is_page=False,
    dated=True,
    identity=None,
    newsletter=None,
    image=None,
    image_alt="",
    searchable=True,
    picture=Picture("/tree-800.jpg", 800, 600, "/tree-480.jpg", 480, 360),
)
POST: Mapping[str, object] = {
    "title": CARD.title,
    "url": CARD.url,
    "date": CARD.date,
    "summary": CARD.summary,
    "standfirst": CARD.summary,
    "meta_description": CARD.summary,
    "tags": CARD.tags,
    "html": Markup("<p>Lie down.</p>"),
    "updated": CARD.changed,
    "minutes": 1,
    "authors": (Person("A. Author", "https://author.example/", fediverse="@a@author.example"),),
    "series": Series("Nights & days", "/series/nights-days/", (CARD, replace(CARD, path="/later/")), 1),
    "language": None,
    "is_page": False,
    "dated": True,
    "earlier": CARD,
    "later": CARD,
    "backlinks": [CARD],
    "related": [CARD],
    "opening": "letter",
    "outline": (Heading("the-<bed>", "The <bed> & the sofa"),),
    "disclaimer": "Not advice.",
    "image": SocialImage("https://journal.example/card.png", 1200, 630),
    "image_caption": "A <sofa> by the sea.",
    "image_alt": 'A "sofa"',
    "is_draft": False,
    "lead": Markup('<img src="/tree.jpg" alt="A tree">'),
    "canonical": "https://journal.example/schl%C3%A4fchen/",
    "structured": {"@type": "Article", "headline": "</script><naps>"},
}
BARE: Mapping[str, object] = {
    "lead": "",
    "summary": "",
    "standfirst": "",
    "meta_description": "",
    "tags": (),
    "updated": None,
    "authors": (),
    "series": None,
    "earlier": None,
    "later": None,
    "backlinks": [],
    "related": [],
    "opening": None,
    "outline": (),
    "disclaimer": "",
    "image": None,
    "image_alt": "",
    "image_caption": "",
}
HOMES = (("en", "/"), ("de", "/de/"))
PERIODS = [Period("/2025/", date(2025, 1, 1), [CARD])]
YEARS = [Year("2025", "/2025/", 2), Year("2024", "/2024/", 1)]
LINK: Mapping[str, object] = {"subscriber": "subscriber", "token": 'to"ken'}
FULL = SiteSettings(
    url="https://journal.example",
    title="The <Even> Hour",
    tagline="Notes & queries",
    description="A small journal.",
    language="en-GB",
    authors=("A. Author",),
    navigation=(("Archive", "/archive/"), ("Elsewhere", "https://elsewhere.example/a?b=c&d=e")),
    about="First.\n\nSecond.",
    disclaimer="Not advice.",
    logo="/schläfchen.svg",
    logo_picture=Picture("/schläfchen-800.png", 800, 400, "/schläfchen-480.png", 480, 240),
    share_picture=Picture("/card.png", 1200, 630, "/card.png", 1200, 630),
    colours=Colours(accent="#aa3300"),
)
EMPTY = SiteSettings(url="https://journal.example", newsletter=False)

PAGES: Mapping[str, Mapping[str, object]] = {
    "404.html": {},
    "archive.html": {"years": YEARS, "periods": [Period("/2025/", date(2025, 1, 1), [CARD])]},
    "article.html": {"post": POST},
    "author.html": {
        "name": "A. Author",
        "person": Person("A. Author", "https://author.example/", "Sleeps.", "/a.jpg", ("https://social.example/@a",)),
        "periods": [Period("/2025/", date(2025, 1, 1), [CARD])],
    },
    "confirm.html": LINK,
    "confirmed.html": LINK,
    "gone.html": {"title": None},
    "language.html": {"language": "de", "name": "Deutsch", "homes": HOMES, "periods": PERIODS, "welcome": None},
    "home.html": {
        "cards": [CARD],
        "welcome": None,
        "more_url": "/archive/",
        "homes": HOMES,
        "structured": {"@type": "WebSite"},
    },
    "month.html": {"month": date(2025, 3, 1), "cards": [CARD], "earlier": Month("2025-02", 0), "later": None},
    "newsletter.html": {"issues": [Sent(CARD.date, CARD)], "years": YEARS},
    "newsletter_year.html": {"year": "2025", "issues": [Sent(CARD.date, CARD)]},
    "problem.html": {"problem": "no_link"},
    "redirect.html": {"target": "/näps/"},
    "search.html": {},
    "series.html": {"name": "Nights & days", "cards": [CARD]},
    "subscribed.html": {},
    "tag.html": {"tag": SLEEP, "cards": [CARD], "years": YEARS},
    "tag_year.html": {"tag": SLEEP, "year": "2025", "cards": [CARD]},
    "tags.html": {"tags": [TagTotal(SLEEP, 3)]},
    "unsubscribe.html": LINK,
    "unsubscribed.html": {},
    "year.html": {
        "year": "2025",
        "months": [Month("2025-03", 1)],
        "periods": [Period("/2025/03/", date(2025, 3, 1), [CARD])],
    },
}
"""The values for each template of the site, besides those for all of them."""
