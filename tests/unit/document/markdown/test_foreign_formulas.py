"""Formulas in a notation that is text in Markdown."""

import pytest

from support.documents import yaml


@pytest.mark.parametrize(
    ("body", "sign"),
    [
        (r"It is \(x^2\).", r"\(x^2\)"),
        (r"It is \\(x_1\\).", r"\\(x_1\\)"),
        ("It is\n\\[\n\\frac{1}{2}\n\\]", r"\["),
        ("\\begin{align*}\na &= b\n\\end{align*}", r"\begin{align*}"),
        (r"**\(a = b\)**", r"\(a = b\)"),
    ],
)
def test_a_formula_that_loses_its_backslashes_is_named(body: str, sign: str) -> None:
    """It was shown as text, and nothing said so."""
    (warning,) = yaml("title: A day", body=body).warnings
    assert f"Formula that is not between dollar signs, shown as text: `{sign}`." == warning.message
    assert 4 + body[: body.index(sign)].count("\n") == warning.line


@pytest.mark.parametrize(
    "body",
    [
        r"\[not a link\], \(an aside\), \[a_file\], \(a\)",
        r"`\(x^2\)` and <code>\(x^2\)</code>",
        r"$\begin{matrix}a\end{matrix}$",
        "```\n\\(x^2\\)\n```",
        r"\begin{quote}",
        "\\(x\n\n^2\\)",
    ],
)
def test_other_backslashes_are_not_warned_of(body: str) -> None:
    """Escaped brackets are text, and code is code."""
    assert () == yaml("title: A day", body=body).warnings


def test_nothing_is_said_without_formulas() -> None:
    """`math: false`."""
    assert () == yaml("math: false", body=r"\(x^2\)").warnings
