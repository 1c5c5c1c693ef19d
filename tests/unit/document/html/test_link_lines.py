"""The lines of links, pictures and files: those of the constructs in the source, whatever else has their names."""

import re

import pytest

from support.documents import yaml

ABOVE = 2
"""Lines of front matter."""


def lines_of(body: str) -> dict[str, int | None]:
    """Return the lines, counted within BODY, of what it names, by address or by the last name of a link."""
    post = yaml(body=body)
    files = {file.written: file.line and file.line - ABOVE for file in post.files}
    links = re.findall(r'names="(?:[^"]*\|)?([^"|]*)"[^>]*?(?: line="(\d+)")?>', post.html)
    return files | {name: int(line) - ABOVE if line else None for name, line in links}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("See ![x](data.png)\n\n![y](a.png)", {"data.png": 1, "a.png": 3}),
        ("`![](a.png)`\n\n```\n![](a.png)\n```\n\n![y](a.png)", {"a.png": 7}),
        ("`[[gone]]`\n\n[[gone]]", {"gone": 3}),
        ("A gone\nand an a.png\n\n[x](gone.md) ![](a.png)", {"gone": 4, "a.png": 4}),
        ("> a\n> ![](q.png)\n> [x](b.md)", {"q.png": 2, "b": 3}),
        ("- one\n- ![](l.png)\n- [[w]]\n", {"l.png": 2, "w": 3}),
        ("- one\n\n  two ![](l.png)\n\n- [[w]] `a\n  b` ![](z.png)\n", {"l.png": 3, "w": 5, "z.png": 6}),
        ("| a | b |\n|---|---|\n| ![](t.png) | x |\n| [[w]] | y |", {"t.png": 3, "w": 4}),
        ("Text[^1].\n\n[^1]: ![](n.png)\n    [[w]]\n\nEnd ![](n.png)", {"n.png": 3, "w": 4}),
        ("Text ^[note ![](n.png)\nand [[w]]].", {"n.png": 1, "w": 2}),
        ('<div markdown="1">\n\n![](d.png)\n\n- [[w]]\n- x ![](e.png)\n\n</div>', {"d.png": 3, "w": 5, "e.png": 6}),
        ('<div>\n<img src="h.png">\n<a href="x.pdf">p</a></div>', {"h.png": 2, "x.pdf": 3}),
        ("Text <img\nsrc='i.png'> ![](j.png)", {"i.png": 1, "j.png": 2}),
        ("a\n![x][r]\n\n[r]: ref.png\n", {"ref.png": 2}),
        ("## H ![](h.png)\n\nSetext [[w]]\n=====\n", {"h.png": 1, "w": 3}),
        ("Term\n: Definition ![](f.png)\n", {"f.png": 2}),
        ("> [!note] Title [[w]]\n> body ![](c.png)", {"w": 1, "c.png": 2}),
        ("!!! note\n    body ![](c.png)\n    x [[w]]", {"c.png": 2, "w": 3}),
        ("**bold\n![](b.png)** and [link\n![](c.png)](u.pdf)", {"b.png": 2, "c.png": 3, "u.pdf": 2}),
        ("a\n![[o.png]]\n![[v.mp4]] ![](s p.png)\n[[d.pdf]]", {"o.png": 2, "v.mp4": 3, "s%20p.png": 3, "d.pdf": 4}),
        ('{{< figure src="f.png" >}}\n\n{{< figure src="g.png" >}}', {"f.png": 1, "g.png": 3}),
        ("a {static}\n\n![x]({static}/p.png) [y]({filename}b.md)", {"/p.png": 3, "b": 3}),
        ("![one\ntwo](m.png) ![](n.png)\\\n![](h.png)", {"m.png": 1, "n.png": 2, "h.png": 3}),
        ("![](x.md)\n\n![[y#z]]", {"x": 1, "y": 3}),
    ],
)
def test_a_link_or_picture_has_the_line_on_which_it_begins(body: str, expected: dict[str, int]) -> None:
    """In every block, beside code and other text with the same letters; of several, the first line counts."""
    assert expected == lines_of(body)


def test_a_problem_in_a_list_within_html_has_its_line() -> None:
    """Lists of short items are read in a way of their own."""
    (finding,) = yaml(body='<div markdown="1">\n\n- one\n- {{< odd >}}\n\n</div>').warnings
    assert ABOVE + 4 == finding.line
