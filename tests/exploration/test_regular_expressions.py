"""No regular expression of ours that is matched at one place takes more than linear time.

Those that search are left out: each begins anew at every place, and `test_limits.py` has them under their time limits.
"""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import permutations
from re import Pattern
from time import process_time
from typing import Any

import pytest

from support.template import ROOT

parser = import_module("re._parser")
constants = import_module("re._constants")

SOURCES = {path: path.read_text() for path in sorted((ROOT / "functions/dropcap").rglob("*.py"))}
ANCHORED = re.compile(r"\b(_?[A-Z][A-Z_]*)\.(match|fullmatch)\(")
FEW, MANY = 500, 2000
SLOW = 0.002
"""Seconds of processor time below which nothing can be said."""
GROWTH = 8
"""Four times the text takes four times as long; sixteen times as long where time is quadratic."""
BOUNDED: Mapping[str, str] = {
    "dropcap.document.markdown.attributes.LINE": "500 characters between the braces",
    "dropcap.document.markdown.shortcode_meanings._LIQUID": "a shortcode has some 1,000 characters at most",
    "dropcap.document.markdown.shortcode_meanings._HUGO": "a shortcode has some 1,000 characters at most",
}


def anchored() -> Iterator[tuple[str, str, Pattern[str]]]:
    """Yield the name, the method and the pattern of each expression that is matched at one place alone."""
    for path, source in SOURCES.items():
        module = ".".join(path.relative_to(ROOT / "functions").with_suffix("").parts).removesuffix(".__init__")
        for name, method in sorted(set(ANCHORED.findall(source))):
            pattern = vars(import_module(module)).get(name)
            if isinstance(pattern, Pattern) and isinstance(pattern.pattern, str):
                yield f"{module}.{name}", method, pattern


def members(kind: object, value: Any) -> Iterator[str]:  # noqa: ANN401  # as the parser has it
    """Yield characters that a part of a pattern matches; KIND and VALUE are as Python's own parser has them."""
    if kind is constants.LITERAL:
        yield chr(value)
    elif kind in {constants.ANY, constants.NOT_LITERAL}:
        yield from "a "
    elif kind is constants.RANGE:
        yield chr(value[0])
    elif kind is constants.CATEGORY:
        yield {constants.CATEGORY_SPACE: " ", constants.CATEGORY_DIGIT: "1"}.get(value, "a")
    elif kind is constants.NEGATE:
        yield from "a -"
    elif kind is not constants.AT:
        yield from characters(value)


def characters(part: object) -> Iterator[str]:
    """Yield the characters that the parts within PART match."""
    if isinstance(part, tuple) and len(part) == 2 and type(part[0]) is type(constants.LITERAL):  # a pair
        yield from members(*part)
    elif isinstance(part, tuple | list | parser.SubPattern):
        for inner in part:
            yield from characters(inner)


def texts(pattern: Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield beginnings, and pieces to repeat after them, of texts that PATTERN nearly matches."""
    own = "".join(dict.fromkeys(characters(parser.parse(pattern.pattern, pattern.flags))))
    path = "".join(characters(parser.parse(pattern.pattern, pattern.flags)))
    pieces = [*own[:12], *map("".join, permutations(own[:5], 2))]
    beginnings = ["", *{path[:length] for length in range(1, min(len(path), 10))}]
    yield from ((beginning, piece) for beginning in beginnings for piece in pieces)


def seconds(pattern: Pattern[str], method: str, text: str) -> float:
    """Return the processor time that METHOD takes for TEXT; the least of three tries where it takes long."""
    least = 1e9
    for _ in range(3):
        begin = process_time()
        getattr(pattern, method)(text)
        least = min(least, process_time() - begin)
        if least < SLOW:
            break
    return least


def grows(pattern: Pattern[str], method: str = "match") -> str:
    """Return a text for which METHOD of PATTERN takes more than linear time; empty where there is none."""
    for beginning, piece in texts(pattern):
        few, many = (f"{beginning}{piece * (length // len(piece))}\0" for length in (FEW, MANY))
        long = seconds(pattern, method, many)
        if long > SLOW and long > GROWTH * seconds(pattern, method, few):
            return f"{beginning!r} + {piece!r} * n"
    return ""


def test_the_time_of_each_expression_grows_with_the_text() -> None:
    """For texts that begin as it wants and then repeat what it matches."""
    texts = {name: grows(pattern, method) for name, method, pattern in anchored() if name not in BOUNDED}
    assert len(texts) > 50
    assert {} == {name: text for name, text in texts.items() if text}


@pytest.mark.parametrize("expression", [r"\s*,?\s*x", r"(?:a+){1,2}b", r"<A(?:\s+[^<>]*)?>", r"\|[+|]*\+[+|]*$"])
def test_an_expression_with_two_ways_through_a_text_is_found(expression: str) -> None:
    """Two repetitions that match the same character, one after or within the other."""
    assert grows(re.compile(expression))
