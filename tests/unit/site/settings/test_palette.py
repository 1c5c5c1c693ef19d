"""A site's own colours: whatever they are, everything on the page can be read."""

import re
from dataclasses import asdict, fields
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dropcap.site.settings.contrast import contrast
from dropcap.site.settings.model import Colours
from dropcap.site.settings.palette import DARK, LIGHT, colour_sheet, scheme
from support.pages import TEMPLATES

NAMES = [field.name for field in fields(Colours)]
COLOURS = st.builds(lambda number: f"#{number:06x}", st.integers(0, 0xFFFFFF))
OWN = st.builds(Colours, **dict.fromkeys(NAMES, st.just("") | COLOURS))
TEXTS = ("ink", "quiet", "accent", "accent-strong", *(name for name in LIGHT if name.startswith("code-")))


def schemes(sheet: str) -> dict[str, dict[str, tuple[float, float, float]]]:
    """Read the light and the dark colours of SHEET."""
    colours: dict[str, dict[str, tuple[float, float, float]]] = {"light": {}, "dark": {}}
    for which, name, text in re.findall(r"--(light|dark)-([a-z-]+): (#[0-9a-f]{6});", sheet):
        red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
        colours[which][name] = (red, green, blue)
    return colours


def hold(sheet: str) -> None:
    """Assert that everything in SHEET has the contrast of WCAG 2.2, level AA."""
    for which, colours in schemes(sheet).items():
        for text, ground in product(TEXTS, ("paper", "raised")):
            assert contrast(colours[text], colours[ground]) >= 4.5, (which, text, ground)
        assert contrast(colours["on-accent"], colours["accent"]) >= 4.5, which
        assert contrast(colours["on-accent"], colours["accent-strong"]) >= 4.5, which
        assert contrast(colours["ink"], colours["mark"]) >= 4.5, which
        assert contrast(colours["field"], colours["paper"]) >= 3, which


def test_the_theme_itself_can_be_read() -> None:
    """The colours of the theme's own sheet, light and dark."""
    hold((TEMPLATES / "assets" / "site.css").read_text(encoding="utf-8"))


def test_what_is_mixed_for_a_site_starts_from_the_theme() -> None:
    """The defaults are those of the sheet: a site that names one colour keeps the others."""
    sheet = schemes((TEMPLATES / "assets" / "site.css").read_text(encoding="utf-8"))
    for which, defaults in (("light", LIGHT), ("dark", DARK)):
        colours = schemes("".join(f"--{which}-{name}: {colour};" for name, colour in defaults.items()))[which]
        assert colours == {name: sheet[which][name] for name in defaults}


@settings(max_examples=30, deadline=None)
@given(OWN)
def test_text_is_legible_in_any_colours_of_a_site(own: Colours) -> None:
    """Text that would be too faint is moved away from its ground; the ground stays as it was named."""
    sheet = colour_sheet(own)
    assert (sheet is None) == (own == Colours())
    if sheet:
        hold(sheet)
        assert not own.background or f"--light-paper: {own.background};" in sheet


@pytest.mark.parametrize("name", NAMES)
def test_one_colour_is_enough(name: str) -> None:
    """A readable colour is taken as it is."""
    named = {"background": "#fff4e0", "text": "#101010", "accent": "#3b2a7a"}
    at_night = {"dark_background": "#101010", "dark_text": "#f0f0f0", "dark_accent": "#c0b0ff"}
    value = (named | at_night)[name]
    own = Colours(**{**asdict(Colours()), name: value})
    assert value in (colour_sheet(own) or "")


def test_a_scheme_has_every_name_of_the_sheet() -> None:
    """Every light and dark colour of the style sheet is derived from the site's own accent colour."""
    sheet = schemes((TEMPLATES / "assets" / "site.css").read_text(encoding="utf-8"))
    assert set(scheme(LIGHT)) == set(sheet["light"]) == set(sheet["dark"])
