"""CloudFormation's intrinsic functions, as far as this application's templates use them.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from dropcap_local.deploy.template_error import TemplateError

_PLACEHOLDER: Final = re.compile(r"\$\{([^!{}][^{}]*)\}")
_NOTHING: Final = object()  # what AWS::NoValue becomes, until the list or mapping around it drops it


class Resources(Protocol):
    """The names of a template's resources once they exist."""

    def ref(self, logical_id: str) -> str:
        """Return the resource's `Ref` value."""

    def attribute(self, logical_id: str, name: str) -> str:
        """Return one of its `Fn::GetAtt` values."""


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves a template's values into plain ones.

    `parameters` include the pseudo parameters (`AWS::Region`), `resources` resolves all other names.
    """

    parameters: Mapping[str, str]
    conditions: Mapping[str, object]
    mappings: Mapping[str, Any]
    resources: Resources

    def resolve(self, value: Any) -> Any:  # noqa: ANN401 - a template's value is any JSON
        """Return `value` with every intrinsic function in it evaluated."""
        match value:
            case dict() if len(value) == 1 and (function := _FUNCTIONS.get(next(iter(value)))):
                return function(self, next(iter(value.values())))
            case dict():
                pairs = ((key, self.resolve(inner)) for key, inner in value.items())
                return {key: inner for key, inner in pairs if inner is not _NOTHING}
            case list():
                return [inner for inner in map(self.resolve, value) if inner is not _NOTHING]
            case _:
                return value

    def holds(self, condition: str) -> bool:
        """Return whether a condition of the template's `Conditions` is true."""
        if condition not in self.conditions:
            message = f"There is no condition {condition}."
            raise TemplateError(message)
        return bool(self.resolve(self.conditions[condition]))


def _ref(resolver: Resolver, name: str) -> object:
    if name == "AWS::NoValue":
        return _NOTHING
    return resolver.parameters[name] if name in resolver.parameters else resolver.resources.ref(name)


def _get_att(resolver: Resolver, argument: str | list[str]) -> str:
    logical_id, name = argument.split(".", 1) if isinstance(argument, str) else argument
    return resolver.resources.attribute(logical_id, name)


def _sub(resolver: Resolver, argument: str | list[Any]) -> str:
    text, variables = (argument, {}) if isinstance(argument, str) else argument

    def replacement(match: re.Match[str]) -> str:
        name = match[1].strip()
        if name in variables:
            return str(resolver.resolve(variables[name]))
        return str(_get_att(resolver, name) if "." in name else _ref(resolver, name))

    return _PLACEHOLDER.sub(replacement, text).replace("${!", "${")


def _join(resolver: Resolver, argument: list[Any]) -> str:
    separator, parts = argument
    return str(separator).join(str(part) for part in resolver.resolve(parts))


def _select(resolver: Resolver, argument: list[Any]) -> object:
    index, choices = resolver.resolve(argument)
    return choices[int(index)]


def _split(resolver: Resolver, argument: list[Any]) -> list[str]:
    separator, text = resolver.resolve(argument)
    return str(text).split(separator)


def _if(resolver: Resolver, argument: list[Any]) -> object:
    condition, when_true, when_false = argument
    return resolver.resolve(when_true if resolver.holds(condition) else when_false)


def _equals(resolver: Resolver, argument: list[Any]) -> bool:
    left, right = resolver.resolve(argument)
    return str(left) == str(right)


def _find_in_map(resolver: Resolver, argument: list[Any]) -> object:
    name, first, second = resolver.resolve(argument)
    return resolver.mappings[name][first][second]


_FUNCTIONS: Final[Mapping[str, Callable[[Resolver, Any], object]]] = {
    "Ref": _ref,
    "Fn::GetAtt": _get_att,
    "Fn::Sub": _sub,
    "Fn::Join": _join,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::If": _if,
    "Fn::Equals": _equals,
    "Fn::Not": lambda resolver, argument: not resolver.resolve(argument)[0],
    "Fn::And": lambda resolver, argument: all(resolver.resolve(argument)),
    "Fn::Or": lambda resolver, argument: any(resolver.resolve(argument)),
    "Fn::FindInMap": _find_in_map,
    "Fn::Base64": lambda resolver, argument: base64.b64encode(str(resolver.resolve(argument)).encode()).decode(),
    "Condition": lambda resolver, argument: resolver.holds(argument),
}
