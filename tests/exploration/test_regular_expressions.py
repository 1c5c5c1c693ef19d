"""No regular expression of ours takes more than linear time, at one place or searching a whole text."""

import ast
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import permutations
from re import Pattern
from time import process_time
from types import ModuleType
from typing import Any

import pytest

from dropcap.patterns import lazy_pattern
from support.template import ROOT

parser = import_module("re._parser")
constants = import_module("re._constants")

LAZY = type(lazy_pattern(""))
FOLDERS = ("functions/dropcap", "infra/local/dropcap_local", "infra/local/dropcap_cli")
AT_ONE_PLACE = ("match", "fullmatch")
SEARCHING = ("search", "finditer", "findall", "sub", "subn", "split")
SEARCH = "finditer"
"""Stands for all that search: each of them looks for every match."""
FEW, MANY = 500, 2000
SLOW = 0.002
"""Seconds of processor time below which nothing can be said."""
GROWTH = 8
"""Four times the text takes four times as long; sixteen times as long where time is quadratic."""
_ENDS = "sanitised HTML: an element that begins also ends"
_SHORTCODE = "a shortcode has some 1,500 characters at most"
_EXPORT = "the HTML of an export, read once on the author's own computer"
BOUNDED: Mapping[str, str] = {
    "dropcap.document.front_matter.dates._FORMS": "matched as a whole, with the text of a date",
    "dropcap.document.html.summary._SHORTCODE": _SHORTCODE,
    "dropcap.document.markdown.anchors._SHORTCODE": _SHORTCODE,
    "dropcap.document.markdown.attributes.LINE": "500 characters at most are tried at each place: as many as FEW",
    "dropcap.document.markdown.shortcode_meanings._LIQUID": _SHORTCODE,
    "dropcap.document.markdown.shortcodes._PROTECTED": "typed signs of this kind are replaced, and each shortcode ends",
    "dropcap.document.markdown.shortcodes._SIGN": _SHORTCODE,
    "dropcap.document.markdown.wikilinks._SHORTCODE": _SHORTCODE,
    "dropcap.html_tags.FRAME": _ENDS,
    "dropcap.html_tags.HEADING": _ENDS,
    "dropcap.site.style_sheet._COMMENT": "the style sheet of the theme",
    "dropcap_cli.importers.wordpress_text._CODE": _EXPORT,
    "dropcap_cli.importers.wordpress_text._PRE": _EXPORT,
}

Use = tuple[str, str, Pattern[str]]
"""Where an expression is written, the method that reads with it, and the expression."""


def patterns(value: object, depth: int = 0) -> Iterator[Pattern[str]]:
    """Yield the expressions in VALUE, a constant of a module: itself, or in its tuples and mappings."""
    if isinstance(value, LAZY):
        yield re.compile(value.pattern, value.flags)
    elif isinstance(value, Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, Mapping) and depth < 2:
        yield from patterns((*value, *value.values()), depth + 1)
    elif isinstance(value, tuple | list | frozenset) and depth < 3:
        for inner in value:
            yield from patterns(inner, depth + 1)


def modules() -> Iterator[tuple[ModuleType, ast.Module]]:
    """Yield each module of ours with its syntax tree."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.name != "__main__.py":
                dotted = ".".join(path.relative_to((ROOT / folder).parent).with_suffix("").parts)
                yield import_module(dotted.removesuffix(".__init__")), ast.parse(path.read_text())


def uses(module: ModuleType, tree: ast.Module) -> Iterator[Use]:
    """Yield the uses of expressions in MODULE: its constants, those that it imports, and texts given to `re`."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner, method = node.func.value, node.func.attr
        if method not in AT_ONE_PLACE + SEARCHING:
            continue
        method = method if method in AT_ONE_PLACE else SEARCH
        if isinstance(owner, ast.Name) and owner.id == "re" and isinstance(node.args[0], ast.Constant):
            flags = [word.value for word in node.keywords if word.arg == "flags"]
            known = sum(getattr(re, flag.attr) for flag in flags if isinstance(flag, ast.Attribute))
            yield f"{module.__name__}:{node.lineno}", method, re.compile(str(node.args[0].value), known)
        while isinstance(owner, ast.Subscript):
            owner = owner.value
        if isinstance(owner, ast.Name):
            yield from (
                (f"{module.__name__}.{owner.id}", method, each) for each in patterns(vars(module).get(owner.id))
            )


def definitions(module: ModuleType, tree: ast.Module) -> Iterator[tuple[Pattern[str], str]]:
    """Yield the expressions that MODULE itself defines, and the names of their constants."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            for part in ast.walk(node):
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                    yield from ((each, f"{module.__name__}.{part.id}") for each in patterns(vars(module).get(part.id)))


def expressions() -> Iterator[Use]:
    """Yield each expression once for each way of reading; where that is not seen, it counts as searching."""
    every = [*modules()]
    places = dict(place for pair in every for place in definitions(*pair))
    read = {(pattern, method): name for pair in every for name, method, pattern in uses(*pair)}
    for (pattern, method), name in read.items():
        yield places.get(pattern, name), method, pattern
    for pattern in places.keys() - {pattern for pattern, _ in read}:
        yield places[pattern], SEARCH, pattern


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


def one_way(part: Any) -> str:  # noqa: ANN401  # as the parser has it
    """Return a text that PART, a parsed pattern, nearly matches: each repetition once, and the first branches."""
    text = ""
    for kind, value in part:
        if kind in {constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT, constants.SUBPATTERN}:
            text += one_way(value[-1])
        elif kind is constants.BRANCH:
            text += one_way(value[1][0])
        elif kind is constants.ATOMIC_GROUP:
            text += one_way(value)
        elif kind in {constants.LITERAL, constants.NOT_LITERAL, constants.ANY, constants.IN}:
            text += next(members(kind, value), "")
    return text


def texts(pattern: Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield beginnings, and pieces to repeat after them, of texts that PATTERN nearly matches."""
    parsed = parser.parse(pattern.pattern, pattern.flags)
    path = "".join(characters(parsed))
    own, way = "".join(dict.fromkeys(path)), one_way(parsed)
    pieces = [*own[:12], *map("".join, permutations(own[:5], 2)), way, *(way[:length] for length in range(2, 6))]
    beginnings = ["", *{path[:length] for length in range(1, min(len(path), 10))}]
    yield from ((beginning, piece) for beginning in beginnings for piece in dict.fromkeys(filter(None, pieces)))


def reads(pattern: Pattern[str], method: str, text: str) -> None:
    """Read TEXT with METHOD of PATTERN; where it searches, to the end."""
    if method in AT_ONE_PLACE:
        getattr(pattern, method)(text)
    else:
        for _ in pattern.finditer(text):
            pass


def seconds(pattern: Pattern[str], method: str, text: str) -> float:
    """Return the processor time that METHOD takes for TEXT; the least of three tries where it takes long."""
    least = 1e9
    for _ in range(3):
        begin = process_time()
        reads(pattern, method, text)
        least = min(least, process_time() - begin)
        if least < SLOW:
            break
    return least


def takes_longer(pattern: Pattern[str], method: str, few: str, many: str) -> bool:
    """Return whether METHOD of PATTERN takes more than linear time for the texts FEW and MANY."""
    long = seconds(pattern, method, many)
    return long > SLOW and long > GROWTH * seconds(pattern, method, few)


def grows(pattern: Pattern[str], method: str = "match") -> str:
    """Return a text for which METHOD of PATTERN takes more than linear time; empty where there is none.

    It has to take longer three times: on a busy machine, one measurement may be slow by chance.
    """
    for beginning, piece in texts(pattern):
        few, many = (f"{beginning}{piece * (length // len(piece))}\0" for length in (FEW, MANY))
        if all(takes_longer(pattern, method, few, many) for _ in range(3)):
            return f"{beginning!r} + {piece!r} * n"
    return ""


def test_the_time_of_each_expression_grows_with_the_text() -> None:
    """For texts that begin as it wants and then repeat what it matches."""
    texts = {
        f"{name} {method}": grows(pattern, method) for name, method, pattern in expressions() if name not in BOUNDED
    }
    assert len(texts) > 250
    assert {} == {name: text for name, text in texts.items() if text}


@pytest.mark.parametrize("expression", [r"\s*,?\s*x", r"(?:a+){1,2}b", r"<A(?:\s+[^<>]*)?>", r"\|[+|]*\+[+|]*$"])
def test_an_expression_with_two_ways_through_a_text_is_found(expression: str) -> None:
    """Two repetitions that match the same character, one after or within the other."""
    assert grows(re.compile(expression))


@pytest.mark.parametrize("expression", [r"\s+$", r"<p>(.*?)</p>", r"[\w.]+@example", r"\{[^}]*\}"])
def test_an_expression_that_begins_anew_at_every_place_is_found(expression: str) -> None:
    """At one place it takes linear time; searching, it reads the rest of the text from each place."""
    assert not grows(re.compile(expression))
    assert grows(re.compile(expression), SEARCH)
