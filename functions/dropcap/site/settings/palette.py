"""The site's own colours ▶ a style sheet with sufficient contrast.

Three colours make a scheme: paper, ink and accent. The other colours are mixed from them, and a colour that is too
faint is moved away from the paper until it has the contrast that WCAG 2.2 requires at level AA (success criteria 1.4.3
and 1.4.11).
"""

from collections.abc import Mapping
from functools import lru_cache

from dropcap.site.settings.contrast import Colour, colour_of, contrast, hex_of, luminance
from dropcap.site.settings.model import Colours

INK, TEXT, EDGE = 7.0, 4.6, 3.1
"""Least contrast of long texts, of other text, and of a field's edge; a little above what WCAG requires."""

LIGHT = {
    "paper": "#fbfaf6", "ink": "#1f2321", "accent": "#0b5d54", "code-key": "#7a2f5f", "code-text": "#2e6417",
    "code-number": "#8a4300", "code-name": "#1b4f91", "code-other": "#5b4a9e", "code-removed": "#a02a2a",
}  # fmt: skip
DARK = {
    "paper": "#141817", "ink": "#e3e6e1", "accent": "#86cfbf", "code-key": "#e3a0c8", "code-text": "#a9d38d",
    "code-number": "#eab676", "code-name": "#9cc3f0", "code-other": "#c0b3f2", "code-removed": "#f0a0a0",
}  # fmt: skip
"""Colours of the theme's own sheet, light and dark."""
_BLACK, _WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
_STEPS = 50


@lru_cache(maxsize=8)  # a container lives through several edits of the settings
def colour_sheet(colours: Colours) -> str | None:
    """Return the sheet for COLOURS; None if the site has none of its own."""
    if colours == Colours():
        return None
    own = {"paper": colours.background, "ink": colours.text, "accent": colours.accent}
    at_night = {
        "paper": colours.dark_background, "ink": colours.dark_text, "accent": colours.dark_accent or colours.accent,
    }  # fmt: skip
    declarations = [
        *_declarations("light", scheme(_over(LIGHT, own))),
        *_declarations("dark", scheme(_over(DARK, at_night))),
    ]
    return ":root {\n" + "\n".join(declarations) + "\n}\n"


def scheme(chosen: Mapping[str, str]) -> Mapping[str, str]:
    """Return every colour of a scheme by its name in the sheet, derived from those CHOSEN (`#rrggbb`)."""
    read = {name: colour_of(colour) for name, colour in chosen.items()}
    paper = read["paper"]
    far = _BLACK if contrast(paper, _BLACK) > contrast(paper, _WHITE) else _WHITE
    ink = _apart(read["ink"], paper, far, INK)
    raised = _ground(paper, ink, 0.055, (far, INK))
    hard = min(paper, raised, key=lambda ground: contrast(ground, far))
    strong = _apart(read["accent"], hard, far, TEXT)
    colours = {
        "paper": paper,
        "raised": raised,
        "ink": ink,
        "quiet": _apart(_mixed(ink, paper, 0.28), hard, far, TEXT),
        "rule": _mixed(paper, ink, 0.16),
        "field": _apart(_mixed(ink, paper, 0.45), paper, far, EDGE),
        "mark": _ground(paper, strong, 0.16, (ink, TEXT)),
        "accent": strong,
        "accent-strong": _mixed(strong, far, 0.25),
        "on-accent": _WHITE if contrast(strong, _WHITE) >= contrast(strong, _BLACK) else _BLACK,
    }
    colours |= {name: _apart(colour, hard, far, TEXT) for name, colour in read.items() if name.startswith("code-")}
    return {name: hex_of(colour) for name, colour in colours.items()}


def _apart(colour: Colour, ground: Colour, far: Colour, least: float) -> Colour:
    """Return COLOUR moved towards FAR until it has the LEAST contrast to GROUND; else FAR itself."""
    tries = (_rounded(_mixed(colour, far, step / _STEPS)) for step in range(_STEPS + 1))
    return next((tried for tried in tries if contrast(tried, ground) >= least), far)


def _ground(paper: Colour, colour: Colour, share: float, written: tuple[Colour, float]) -> Colour:
    """Return PAPER tinted with COLOUR, as a ground for text WRITTEN in a colour with a least contrast.

    If the tint would cost too much contrast, the ground moves away from the text's colour instead.
    """
    tinted = _rounded(_mixed(paper, colour, share))
    ink, least = written
    near = _WHITE if luminance(ink) < luminance(paper) else _BLACK
    return tinted if contrast(tinted, ink) >= least else _rounded(_mixed(paper, near, share))


def _mixed(first: Colour, second: Colour, share: float) -> Colour:
    """Return a mix of two colours; SHARE is that of the second."""
    return (
        first[0] + (second[0] - first[0]) * share,
        first[1] + (second[1] - first[1]) * share,
        first[2] + (second[2] - first[2]) * share,
    )


def _over(defaults: Mapping[str, str], own: Mapping[str, str]) -> Mapping[str, str]:
    return {**defaults, **{name: colour for name, colour in own.items() if colour}}


def _rounded(colour: Colour) -> Colour:
    """Return COLOUR rounded to eight bits, so that the measured colour is the written one."""
    return colour_of(hex_of(colour))


def _declarations(name: str, colours: Mapping[str, str]) -> list[str]:
    return [f"--{name}-{part}: {colour};" for part, colour in colours.items()]
