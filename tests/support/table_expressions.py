"""DynamoDB's expressions, compiled into functions of an item: conditions, updates and projections.

Only the part of the language that this project uses; anything else is an error, and so is a name or a value that is
passed and not used, as it is for DynamoDB.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

Image = dict[str, dict[str, Any]]
"""An item in the API's own form: attribute ▶ {type: value}."""
Condition = Callable[[Image, "Placeholders"], bool]
Change = Callable[[Image, Image, "Placeholders"], None]

_TOKEN = re.compile(r"\s*(<>|<=|>=|[=<>(),+-]|[#:]?[A-Za-z_][A-Za-z0-9_]*)")
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: bool(left == right),
    "<>": lambda left, right: bool(left != right),
    "<": lambda left, right: bool(left < right),
    "<=": lambda left, right: bool(left <= right),
    ">": lambda left, right: bool(left > right),
    ">=": lambda left, right: bool(left >= right),
}
_CLAUSES = ("SET", "ADD", "REMOVE")


class Placeholders:
    """The names and values of a request, by their placeholders."""

    __slots__ = ("names", "values")

    def __init__(self, names: Mapping[str, str] | None, values: Mapping[str, dict[str, Any]] | None) -> None:
        """Store the NAMES (`#state`) and the VALUES (`:state`)."""
        self.names = names or {}
        self.values = values or {}

    def attribute(self, token: str) -> str:
        """Return the attribute that TOKEN names."""
        return self.names[token] if token[0] == "#" else token

    def check_all_used(self, expressions: Iterable[str]) -> None:
        """Raise ValueError if a name or value is in none of EXPRESSIONS."""
        used = frozenset().union(*(_placeholders(expression) for expression in expressions))
        if unused := (self.names.keys() | self.values.keys()) - used:
            message = f"unused in the expressions: {', '.join(sorted(unused))}"
            raise ValueError(message)


@lru_cache(maxsize=1_000)
def _placeholders(expression: str) -> frozenset[str]:
    return frozenset(token for token in tokens(expression) if token[0] in "#:")


def plain(value: Mapping[str, Any] | None) -> Any:  # noqa: ANN401  # a DynamoDB value may be of any type
    """Return VALUE, an attribute or None, in a form for comparison."""
    if value is None:
        return None
    ((kind, content),) = value.items()
    return Decimal(content) if kind == "N" else content


@lru_cache(maxsize=1_000)
def tokens(expression: str) -> tuple[str, ...]:
    """Return EXPRESSION cut into tokens; raise ValueError if it contains anything else."""
    parts: list[str] = []
    place = 0
    text = expression.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            message = f"not understood: {text[place:]!r} in {expression!r}"
            raise ValueError(message)
        parts.append(match[1])
        place = match.end()
    return tuple(parts)


@lru_cache(maxsize=1_000)
def condition(expression: str) -> Condition:
    """Compile the condition EXPRESSION."""
    parser = _Parser(expression)
    compiled = parser.alternatives()
    parser.end()
    return compiled


@lru_cache(maxsize=1_000)
def change(expression: str) -> tuple[tuple[str, ...], Change]:
    """Compile the update EXPRESSION; return the attributes' tokens that it writes, and the change of an item.

    The change reads the item as it was, and writes to a copy.
    """
    parser = _Parser(expression)
    changes: list[Change] = []
    written: list[str] = []
    while parser.waiting:
        clause = parser.take()
        if clause not in _CLAUSES:
            message = f"not a clause: {clause}"
            raise ValueError(message)
        for name, part in parser.changes(clause):
            written.append(name)
            changes.append(part)

    def apply(before: Image, after: Image, placeholders: Placeholders) -> None:
        for part in changes:
            part(before, after, placeholders)

    return tuple(written), apply


class _Parser:
    def __init__(self, expression: str) -> None:
        self._tokens = tokens(expression)
        self._expression = expression
        self._place = 0

    @property
    def waiting(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def take(self, *expected: str) -> str:
        token = self.waiting
        if not token or (expected and token not in expected):
            message = f"{token!r} where one of {expected} was expected in {self._expression!r}"
            raise ValueError(message)
        self._place += 1
        return token

    def end(self) -> None:
        if self.waiting:
            message = f"{self.waiting!r} after the end of {self._expression!r}"
            raise ValueError(message)

    def alternatives(self) -> Condition:
        parts = [self._conjunction()]
        while self.waiting == "OR":
            self.take()
            parts.append(self._conjunction())
        return parts[0] if len(parts) == 1 else lambda item, holders: any(part(item, holders) for part in parts)

    def _conjunction(self) -> Condition:
        parts = [self._term()]
        while self.waiting == "AND":
            self.take()
            parts.append(self._term())
        return parts[0] if len(parts) == 1 else lambda item, holders: all(part(item, holders) for part in parts)

    def _term(self) -> Condition:
        if self.waiting == "(":
            self.take()
            inner = self.alternatives()
            self.take(")")
            return inner
        word = self.take()
        if word in {"attribute_exists", "attribute_not_exists"}:
            (name,) = self._arguments()
            exists = word == "attribute_exists"
            return lambda item, holders: (holders.attribute(name) in item) is exists
        if word == "begins_with":
            name, prefix = self._arguments()
            return lambda item, holders: str(_value(name, item, holders)).startswith(_value(prefix, item, holders))
        return self._comparison(word)

    def _comparison(self, left: str) -> Condition:
        operator = self.take("IN", *_COMPARISONS)
        if operator == "IN":
            choices = self._arguments()
            return lambda item, holders: (
                _value(left, item, holders) in [_value(choice, item, holders) for choice in choices]
            )
        right, compare = self.take(), _COMPARISONS[operator]

        def compared(item: Image, holders: Placeholders) -> bool:
            first, second = _value(left, item, holders), _value(right, item, holders)
            if first is None or second is None:
                return operator == "<>"
            return compare(first, second)

        return compared

    def _arguments(self) -> list[str]:
        self.take("(")
        arguments = [self.take()]
        while self.take(",", ")") == ",":
            arguments.append(self.take())
        return arguments

    def changes(self, clause: str) -> Iterable[tuple[str, Change]]:
        while True:
            name = self.take()
            yield name, self._one_change(clause, name)
            if self.waiting != ",":
                return
            self.take()

    def _one_change(self, clause: str, name: str) -> Change:
        if clause == "REMOVE":
            return lambda _before, after, holders: _remove(after, holders.attribute(name))
        if clause == "ADD":
            value = self.take()
            return lambda before, after, holders: _add(before, after, holders.attribute(name), holders.values[value])
        self.take("=")
        source = self.take()
        if source == "if_not_exists":
            existing, default = self._arguments()
            return lambda before, after, holders: _set(
                after, holders, name, before.get(holders.attribute(existing), holders.values[default])
            )
        return lambda _before, after, holders: _set(after, holders, name, holders.values[source])


def _set(after: Image, holders: Placeholders, name: str, value: dict[str, Any]) -> None:
    after[holders.attribute(name)] = value


def _remove(after: Image, name: str) -> None:
    after.pop(name, None)


def _add(before: Image, after: Image, name: str, value: dict[str, Any]) -> None:
    ((kind, content),) = value.items()
    former = before.get(name)
    if kind == "N":
        after[name] = {"N": str(Decimal(former["N"] if former else 0) + Decimal(content))}
    else:
        after[name] = {kind: sorted({*(former[kind] if former else ()), *content})}


def _value(token: str, item: Image, holders: Placeholders) -> Any:  # noqa: ANN401  # a DynamoDB value
    if token[0] == ":":
        return plain(holders.values[token])
    return plain(item.get(holders.attribute(token)))
