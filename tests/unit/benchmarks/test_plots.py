"""The plots in the results: drawn from the figures beside them, and shown."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from plots import plot
from support.template import ROOT

BENCHMARKS = ROOT / "benchmarks"
PLOTS = json.loads((BENCHMARKS / "growth.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(PLOTS))
def test_a_committed_plot_shows_the_committed_figures(name: str) -> None:
    """After a change of `growth.json`, `benchmarks/plots.py` draws it again."""
    content = PLOTS[name]
    drawn = plot(content["title"], content["unit"], content["lines"])
    assert drawn == (BENCHMARKS / "plots" / f"{name}.svg").read_text(encoding="utf-8")
    assert f"plots/{name}.svg" in (BENCHMARKS / "RESULTS.md").read_text(encoding="utf-8")


def test_an_equal_cost_at_every_size_is_a_flat_line() -> None:
    """Ten times the posts are as far apart as a hundred times a hundredth of them."""
    drawn = plot("T", "s", {"flat": [(10, 5), (100, 5)], "grows": [(10, 1), (100, 10)]})
    svg = ET.fromstring(drawn)  # noqa: S314  # our own
    lines = [line.attrib["points"].split() for line in svg.iter("{http://www.w3.org/2000/svg}polyline")]
    heights = [[float(point.split(",")[1]) for point in line] for line in lines]
    assert heights[0][0] == heights[0][1]
    assert heights[1][0] > heights[1][1]


def test_every_plot_has_a_file_and_every_file_a_plot() -> None:
    """Nothing is left behind when a plot gets another name."""
    assert set(PLOTS) == {Path(path).stem for path in (BENCHMARKS / "plots").glob("*.svg")}
