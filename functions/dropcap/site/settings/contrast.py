"""Colours and their contrast, as WCAG 2.2 defines it (relative luminance, contrast ratio)."""

Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""


def contrast(first: Colour, second: Colour) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """Return the relative luminance of COLOUR, from 0 to 1."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)  # noqa: PLR2004  # sRGB's own numbers
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def colour_of(text: str) -> Colour:
    """Return the colour that TEXT, `#rrggbb`, names."""
    return int(text[1:3], 16) / 255, int(text[3:5], 16) / 255, int(text[5:7], 16) / 255


def hex_of(colour: Colour) -> str:
    """Return COLOUR as `#rrggbb`."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
