"""An article in a window: its column, its margin, and what an author adds to the text."""

import re

import pytest
from playwright.sync_api import Browser, expect

from support.served import Served
from support.watched import watched

pytestmark = pytest.mark.xdist_group("browser")  # one site and one browser for all of them
WIDTHS = (320, 390, 640, 768, 834, 959, 960, 1280, 1440)
COLUMN_IN_REM = 31
CARD = re.compile(r"^https://even-hour\.example/assets/media/[0-9a-f]+/card-[0-9a-f]{16}\.png$")
CHARACTERS = """() => {
    const context = document.createElement("canvas").getContext("2d");
    const text = [...document.querySelectorAll(".prose > p")].map(one => one.textContent).join(" ").slice(0, 2000);
    const style = getComputedStyle(document.querySelector(".prose > p"));
    context.font = `${style.fontSize} ${style.fontFamily}`;
    const column = document.querySelector("div.prose").getBoundingClientRect().width;
    return column / (context.measureText(text).width / text.length);
}"""
OLD_STYLE_DIGITS_IN_SANS = r"""() => [...document.querySelectorAll("body *")].filter(element => {
    const style = getComputedStyle(element);
    const own = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join("");
    return /\d/.test(own) && style.fontFamily.startsWith("ui-sans") && !style.fontVariantNumeric.includes("lining");
}).map(element => element.className || element.localName)"""


def test_a_line_is_never_too_long_to_read(chromium: Browser, served: Served) -> None:
    """At most 31 rem and 75 characters at every width, where the eye still finds the next line."""
    with watched(chromium) as tab:
        tab.goto(served.site + "dark-afternoons/")
        for width in WIDTHS:
            tab.look(width, "light")
            rem = tab.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
            box = tab.page.locator("div.prose").bounding_box()
            assert box
            assert box["width"] <= COLUMN_IN_REM * rem + 1
            assert 75 >= tab.page.evaluate(CHARACTERS), width


def test_the_masthead_is_one_line_where_it_fits_and_the_switch_stays_beside_the_name(
    chromium: Browser, served: Served
) -> None:
    """At 1280 pixels all links are on the line of the name; the switch is on that line at every width."""
    with watched(chromium) as tab:
        tab.goto(served.site)
        for width in WIDTHS:
            tab.look(width, "light")
            name, switch = (tab.page.locator(place).bounding_box() for place in (".wordmark", ".scheme"))
            assert name
            assert switch
            middle = switch["y"] + switch["height"] / 2
            assert name["y"] < middle < name["y"] + name["height"], width
            assert switch["x"] + switch["width"] <= width
        tab.look(1280, "light")
        name = tab.page.locator(".wordmark").bounding_box()
        assert name
        tops = "links => links.map(link => Math.round(link.getBoundingClientRect().top))"
        lines = set(tab.page.locator(".masthead li").evaluate_all(tops))
        assert 1 == len(lines)
        assert name["y"] - 20 < lines.pop() < name["y"] + name["height"]


def test_a_tall_margin_leaves_no_hole_above_the_text(chromium: Browser, served: Served) -> None:
    """The text follows the standfirst, however many headings the contents have."""
    with watched(chromium, width=1280) as tab:
        tab.goto(served.site + "dark-afternoons/")
        standfirst, margin, prose = (
            tab.page.locator(place).bounding_box() for place in (".standfirst", ".article-margin", "div.prose")
        )
        assert standfirst
        assert margin
        assert prose
        assert margin["height"] > standfirst["height"]
        assert prose["y"] - (standfirst["y"] + standfirst["height"]) < 60


def test_contents_fold_on_a_phone_and_follow_the_reader_on_a_wide_screen(chromium: Browser, served: Served) -> None:
    """On a phone the text begins on the first screen."""
    with watched(chromium) as tab:
        tab.look(390, "light")
        tab.goto(served.site + "dark-afternoons/")
        contents = tab.page.locator(".contents details")
        expect(contents).not_to_have_attribute("open", "")
        prose = tab.page.locator("div.prose").bounding_box()
        assert prose
        assert prose["y"] < 900
        tab.look(1440, "light")
        expect(contents).to_have_attribute("open", "")
        link = contents.get_by_role("link").nth(1)
        link.click()
        expect(link).to_have_attribute("aria-current", "true")


def test_digits_in_sans_stand_on_the_line(chromium: Browser, served: Served) -> None:
    """Dates, contents, captions and counts; the text alone has old-style digits."""
    with watched(chromium) as tab:
        for path in ("", "morning-light/", "the-hour-before-bed/", "archive/", "tags/sleep/", "newsletter/"):
            tab.goto(served.site + path)
            assert [] == tab.page.evaluate(OLD_STYLE_DIGITS_IN_SANS), path


def test_a_footnote_stands_beside_its_mark_on_a_wide_screen(chromium: Browser, served: Served) -> None:
    """On a narrower one it is at the end alone, and screen readers have it only there."""
    with watched(chromium) as tab:
        tab.look(1440, "light")
        tab.goto(served.site + "morning-light/")
        note = tab.page.locator(".side-note")
        expect(note).to_contain_text("Roughly, and with a meter made for something else.")
        expect(note).to_have_attribute("aria-hidden", "true")
        mark = tab.page.locator("[role=doc-noteref][aria-label='Footnote 1']")
        beside, of, prose = note.bounding_box(), mark.bounding_box(), tab.page.locator("div.prose").bounding_box()
        assert beside
        assert of
        assert prose
        assert abs(beside["y"] - of["y"]) < 12
        assert prose["x"] + prose["width"] < beside["x"]
        assert beside["x"] + beside["width"] <= 1440
        assert [] == tab.axe()
        expect(tab.page.locator("[role=doc-endnotes]")).to_have_attribute("aria-label", "Footnotes")
        tab.look(1280, "light")
        expect(note).to_be_hidden()


def test_a_formula_is_set_in_a_mathematical_font_which_other_pages_do_not_load(
    chromium: Browser, served: Served
) -> None:
    """It comes from the theme where the device has none."""
    with watched(chromium) as tab:
        addresses: list[str] = []
        tab.page.on("request", lambda request: addresses.append(request.url))
        tab.goto(served.site + "the-telephone-drawer/")
        assert not [url for url in addresses if "/math." in url]
        tab.goto(served.site + "morning-light/")
        tab.page.evaluate("document.fonts.ready")
        assert tab.page.evaluate("document.fonts.check('16px \"Dropcap Math\"', 'E')")
        assert [url for url in addresses if "/math." in url]
        assert tab.shift < 0.02


def test_a_picture_opens_in_full_size_without_a_script(chromium: Browser, served: Served) -> None:
    """With its caption below it, and its description in the name of the link."""
    with watched(chromium, scripts=False) as tab:
        tab.goto(served.site + "morning-light/")
        expect(tab.page.locator(".lead figcaption")).to_have_text(
            "The room that gets it second. The step gets it first."
        )
        tab.page.get_by_role("link", name="Open in full size: A bare room").click()
        expect(tab.page).to_have_url(re.compile(r"/window-at-seven-1600\.jpg$"))


def test_posts_with_a_picture_show_it_in_lists_and_beside_their_neighbours(chromium: Browser, served: Served) -> None:
    """Small, and without a text of its own: the title says it."""
    with watched(chromium) as tab:
        for path, picture in (("tags/light/", ".entry-picture"), ("soup-weather/", ".neighbour-picture")):
            tab.goto(served.site + path)
            shown = tab.page.locator(picture).first
            expect(shown).to_have_attribute("alt", "")
            shown.scroll_into_view_if_needed()  # it is loaded lazily: `decode` waits, and fails without a picture
            assert shown.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")


def test_the_language_of_a_page_is_that_of_its_text(chromium: Browser, served: Served) -> None:
    """The interface around it has the site's, and the tags have the text's."""
    with watched(chromium) as tab:
        tab.goto(served.site + "de/morgenlicht/")
        expect(tab.page.locator("html")).to_have_attribute("lang", "de")
        expect(tab.page.locator(".masthead")).to_have_attribute("lang", "en-GB")
        expect(tab.page.get_by_role("link", name="Licht", exact=True)).to_have_attribute("lang", "de")
        expect(tab.page.locator("meta[property='og:image:width']")).to_have_attribute("content", "1200")
        tab.goto(served.site)
        expect(tab.page.locator("meta[property='og:image']")).to_have_attribute("content", CARD)
