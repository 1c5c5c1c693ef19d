"""Regular expressions that are compiled when they are first used.

A cold start of `render` imports 228 of them, of which a usual post needs 70. Compiling all took a twelfth of the start.
"""

import re
from typing import Any, cast

_METHODS = frozenset(name for name in dir(re.Pattern) if not name.startswith("_"))


class _LazyPattern:
    """A pattern that is compiled when one of its methods is first read."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever a pattern has
        """Compile, and keep the methods: Python calls this only for an attribute that the instance does not have."""
        if name not in _METHODS:  # such as those that inspection looks for
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern TEXT with FLAGS, for `match`, `search` and all other methods; not for functions of `re`."""
    return cast("re.Pattern[str]", _LazyPattern(text, flags))
