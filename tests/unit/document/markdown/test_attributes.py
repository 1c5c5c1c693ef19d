"""Lists of attributes: they end at their own brace."""

import pytest

from support.documents import html


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("*Note*{.x} then more, and {y}", '<em class="x">Note</em> then more, and {y}'),
        ("`code`{a=b} and later {c} end", "<code>code</code> and later {c} end"),
        ("_x_{: .n}, *y*, S_{i=1}^{n} end", '<em class="n">x</em>, <em>y</em>, S_{i=1}^{n} end'),
        ("*a*{.b} c} d", '<em class="b">a</em> c} d'),
        ('*a*{title="x}y"} b {c}', '<em title="x}y">a</em> b {c}'),
        ("*a*{: .b title=it's} it is {c}", """<em class="b" title="it's">a</em> it is {c}"""),
    ],
)
def test_text_behind_attributes_stays_in_its_place(body: str, expected: str) -> None:
    """Also if the line has other braces further on, as in formulas and code."""
    assert f"<p>{expected}</p>" == html(body)


def test_attributes_at_the_end_of_a_heading_are_its_own_whatever_braces_it_has() -> None:
    """The first braces are text."""
    assert '<h2 class="wide" id="the-x-1-sets">The {x=1} sets</h2>' == html("## The {x=1} sets {.wide}")
