"""Letters of formulas have their styles as characters, since browsers ignore the attribute for them."""
# ruff: noqa: RUF001  # letters that look like others are what is tested

import re

import pytest

from dropcap.document.markdown.math import mathml

STYLED = {
    r"\mathbf{xy}": "<mi>𝐱</mi><mi>𝐲</mi>",
    r"\mathbf{\Sigma}": "<mi>𝚺</mi>",
    r"\mathbf{x+1}": "<mi>𝐱</mi><mo>+</mo><mn>𝟏</mn>",
    r"\boldsymbol{\alpha}": "<mi>𝜶</mi>",
    r"\boldsymbol{\Omega x}": "<mi>𝛀</mi><mi>𝒙</mi>",
    r"\boldsymbol{\nabla}": "<mo>𝛁</mo>",
    r"\mathscr{Le}": "<mi>ℒ</mi><mi>ℯ</mi>",
    r"\mathbb{1}": "<mn>𝟙</mn>",
    r"\mathfrak{gC}": "<mi>𝔤</mi><mi>ℭ</mi>",
    r"\mathtt{ab}": "<mi>𝚊</mi><mi>𝚋</mi>",
    r"\mathit{if}": "<mi>i</mi><mi>f</mi>",
    r"\mathrm{d}x": '<mi mathvariant="normal">d</mi><mi>x</mi>',
    r"\mathrm{kg}": '<mi mathvariant="normal">k</mi><mi mathvariant="normal">g</mi>',
    r"\Gamma": '<mi mathvariant="normal">Γ</mi>',
    r"\mathit{\Gamma}": "<mi>Γ</mi>",
    r"\pi\sin x": "<mi>π</mi><mi>sin</mi><mi>x</mi>",
    r"\textbf{if so}": '<mtext mathvariant="bold">if\N{NO-BREAK SPACE}so</mtext>',
}
"""Formulas of TeX, and their MathML without rows."""


@pytest.mark.parametrize("tex", STYLED)
def test_letters_have_the_style_that_tex_gives_them(tex: str) -> None:
    """Upright letters and words keep the attribute: `normal` is the one value that browsers follow."""
    _, _, shown = mathml(tex, block=False).removesuffix("</math>").partition(">")
    assert re.sub("</?mrow>", "", shown) == STYLED[tex]
