"""Formulas in feeds, for readers that show no MathML."""

import re

import pytest

from dropcap.site.content.formula_text import with_plain_formulas
from support.documents import html


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("E = mc^2", "<i>E</i> = <i>m</i><i>c</i><sup>2</sup>"),
        (r"\frac{a+b}{2}", "(<i>a</i> + <i>b</i>)/2"),
        (r"\sum_{i=1}^n x_i", "∑<sub><i>i</i> = 1</sub><sup><i>n</i></sup><i>x</i><sub><i>i</i></sub>"),
        (r"\sin x + \sqrt[3]{y}", "sin <i>x</i> + <sup>3</sup>√<i>y</i>"),
        (r"-x = (-y)", "\u2212<i>x</i> = (\u2212<i>y</i>)"),
        (r"\lim_{x\to 0} x", "lim<sub><i>x</i> → 0</sub> <i>x</i>"),
        (r"\vec{v} \cdot \hat{x}", "<i>v\u20d7</i> · <i>x\u0302</i>"),
        (r"\mathrm{d}x \in \mathbb{R}", "d<i>x</i> \u2208 \u211d"),
        (r"\text{if } a<b", "if\u00a0<i>a</i> &lt; <i>b</i>"),
        (r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}",
         "(\u2212<i>b</i> ± √(<i>b</i><sup>2</sup> \u2212 4<i>a</i><i>c</i>))/(2<i>a</i>)"),
    ],
)  # fmt: skip
def test_a_formula_is_written_in_a_line(tex: str, expected: str) -> None:
    """Indices above and below the line, fractions with a slash, brackets where they are needed."""
    assert f'<p><span dir="ltr">{expected}</span></p>' == with_plain_formulas(html(f"${tex}$"))


@pytest.mark.parametrize("tex", [r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", r"\binom{n}{k}", r"\overline{AB}"])
def test_what_fits_no_line_is_shown_as_it_was_typed(tex: str) -> None:
    """A matrix in one line would say something else."""
    shown = with_plain_formulas(html(f"${tex}$"))
    assert re.fullmatch(r'<p><code dir="ltr">\\[^<]*</code></p>', shown)
    assert "<math" not in shown
