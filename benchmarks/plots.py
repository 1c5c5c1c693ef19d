"""Draw the plots of growth in `RESULTS.md`: `growth.json` ▶ SVG files in `plots/`, equal for equal figures.

    .venv/bin/python benchmarks/plots.py

Both axes are logarithmic: a flat line costs the same at every size, a diagonal grows with the site.
"""

import json
from collections.abc import Mapping, Sequence
from html import escape
from math import log10
from pathlib import Path

HERE = Path(__file__).parent
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 640, 360, 60, 40, 40, 130
FONT = 'font-family="sans-serif" font-size="12"'
COLOURS = ("#1b6ca8", "#c0392b", "#27864a", "#8e5ba6", "#b07d12", "#444")

Points = Sequence[tuple[float, float]]


def plot(title: str, unit: str, lines: Mapping[str, Points]) -> str:
    """Return an SVG of LINES by name, each with its points (posts, value in UNIT)."""
    points = [point for line in lines.values() for point in line]
    x_of = Scale([x for x, _ in points], LEFT, WIDTH - RIGHT)
    y_of = Scale([y for _, y in points], HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {FONT}>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="20" font-size="14">{escape(title)}</text>',
        f'<text x="{LEFT}" y="{HEIGHT - 6}">posts in the site</text>',
    ]
    parts += [_grid(f"{x:,}", x_of(x), upright=True) for x in _powers([x for x, _ in points])]
    parts += [_grid(f"{y:g} {unit}", y_of(y), upright=False) for y in _powers([y for _, y in points])]
    for (name, line), colour in zip(lines.items(), COLOURS, strict=False):
        path = " ".join(f"{x_of(x):.1f},{y_of(y):.1f}" for x, y in line)
        end = line[-1]
        parts += [
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
            *(f'<circle cx="{x_of(x):.1f}" cy="{y_of(y):.1f}" r="3" fill="{colour}"/>' for x, y in line),
            f'<text x="{x_of(end[0]) + 8:.1f}" y="{y_of(end[1]) + 4:.1f}" fill="{colour}">{escape(name)}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


class Scale:
    """A logarithmic scale from VALUES to pixels between START and END."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self._low, self._high = log10(min(values)), log10(max(values))
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        """Return the pixel of VALUE."""
        share = (log10(value) - self._low) / ((self._high - self._low) or 1)
        return self._start + share * (self._end - self._start)


def _powers(values: Sequence[float]) -> list[float]:
    """Return the powers of ten between the least and the greatest of VALUES."""
    low, high = log10(min(values)), log10(max(values))
    powers = [10.0**exponent for exponent in range(-3, 7) if low - 1e-9 <= exponent <= high + 1e-9]
    return [int(power) if power >= 1 else power for power in powers]


def _grid(label: str, at: float, *, upright: bool) -> str:
    if upright:
        return (
            f'<line x1="{at:.1f}" y1="{TOP}" x2="{at:.1f}" y2="{HEIGHT - BOTTOM}" stroke="#ddd"/>'
            f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{label}</text>'
        )
    return (
        f'<line x1="{LEFT}" y1="{at:.1f}" x2="{WIDTH - RIGHT}" y2="{at:.1f}" stroke="#ddd"/>'
        f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{label}</text>'
    )


def main() -> None:
    """Write one file for each plot of `growth.json`."""
    plots = json.loads((HERE / "growth.json").read_text(encoding="utf-8"))
    for name, content in plots.items():
        svg = plot(content["title"], content["unit"], content["lines"])
        (HERE / "plots" / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
