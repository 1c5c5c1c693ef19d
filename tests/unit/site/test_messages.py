"""The catalogues: every language says everything, and days, months and counts are written as it writes them."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from babel import Locale

from dropcap.site.settings.model import SiteSettings
from dropcap.site.theme import Theme
from support.pages import TEMPLATES

DAY = date(2025, 3, 12)
LANGUAGES = sorted(file.stem for file in (TEMPLATES / "messages").iterdir())


def catalogue(language: str) -> dict[str, str | dict[str, str]]:
    """Read the catalogue of LANGUAGE."""
    return tomllib.loads((TEMPLATES / "messages" / f"{language}.toml").read_text(encoding="utf-8"))


def fields(message: str | dict[str, str]) -> set[str]:
    """Return the names that are filled in in MESSAGE; the number may be left out where the word says it."""
    texts = [message] if isinstance(message, str) else message.values()
    return {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_what_english_says_with_the_same_values(language: str) -> None:
    """No message is missing, none is left over, and each fills in the same names."""
    english = {name: fields(message) for name, message in catalogue("en").items()}
    assert english == {name: fields(message) for name, message in catalogue(language).items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_counts_has_every_plural_of_its_language(language: str) -> None:
    """CLDR says which there are: two in English, six in Arabic."""
    wanted = {"other", *Locale(language).plural_form.tags}
    plurals = [set(message) for message in catalogue(language).values() if not isinstance(message, str)]
    assert [wanted] * len(plurals) == plurals
    assert plurals


def test_every_message_is_said_somewhere_and_everything_said_is_a_message() -> None:
    """A template asks for what the catalogue has, and nothing waits in it for nobody."""
    rooms = [*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt"), *Path("functions/dropcap").rglob("*.py")]
    sources = "\n".join(place.read_text(encoding="utf-8") for place in rooms)
    used = set(re.findall(r"""\bt\(["']([a-z_.]+)["'][,)]""", sources))
    by_name = ("problem.no_", "problem.too_many", "body.", "callout.")
    by_prefix = {name for name in catalogue("en") if name.startswith(by_name)}
    by_prefix |= {"article.table", "article.code", "article.formula", "article.formula_in_line"}
    by_prefix |= {"article.footnote", "article.footnotes", "article.enlarge"}
    assert set(catalogue("en")) == used | by_prefix


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["March 12, 2025", "March 2025", "March", "1 post", "2,000 posts"]),
        ("en-GB", ["12 March 2025", "March 2025", "March", "1 post", "2,000 posts"]),
        ("de-CH", ["12. März 2025", "März 2025", "März", "1 Beitrag", "2\N{RIGHT SINGLE QUOTATION MARK}000 Beiträge"]),
        ("fr", ["12 mars 2025", "mars 2025", "mars", "1 article", "2\u202f000 articles"]),
        ("ar", ["12 مارس 2025", "مارس 2025", "مارس", "مقالة واحدة", "2,000 مقالة"]),
        ("xx", ["March 12, 2025", "March 2025", "March", "1 post", "2,000 posts"]),
    ],
)
def test_days_months_and_counts_are_written_as_the_language_does(
    theme: Theme, language: str, expected: list[str]
) -> None:
    """A kind of a language (`de-CH`) has its words; one that nobody knows is served in English."""
    words = theme.messages(language)
    forms = words.messages["posts"]
    assert isinstance(forms, dict)
    counts = [forms[words.locale.plural_form(n)].format(n=words.number(n)) for n in (1, 2000)]
    assert expected == [words.day(DAY), words.month(DAY), words.month_alone(DAY), *counts]


def test_a_page_speaks_the_language_of_its_site(theme: Theme) -> None:
    """And runs from right to left where that language does."""
    site = SiteSettings(url="https://journal.example", language="ar")
    html = theme.render("site/404.html", site=site, path="/404.html")
    assert '<html lang="ar" dir="rtl">' in html
    assert "لا توجد صفحة هنا" in html


def test_a_text_has_the_words_of_its_own_language_where_there_are_some(theme: Theme) -> None:
    """Else those of its site."""
    site = SiteSettings(url="https://journal.example", language="de")
    catalogues = {language: theme.messages_for_text(language, site) for language in ("fr-CA", "fr", "xx", None)}
    tips = {language: words.messages["callout.tip"] for language, words in catalogues.items()}
    assert {"fr-CA": "Conseil", "fr": "Conseil", "xx": "Tipp", None: "Tipp"} == tips


def test_what_is_filled_in_is_escaped_and_the_message_is_not(theme: Theme) -> None:
    """A site's title is text; a link in a message is markup."""
    site = SiteSettings(url="https://journal.example", title="A <b>")
    assert "A &lt;b&gt; by mail" in theme.render("site/newsletter.html", site=site, path="/", issues=[], years=[])
    assert '<a href="/archive/">archive</a>' in theme.render("site/404.html", site=site, path="/404.html")
