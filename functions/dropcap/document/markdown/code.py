"""Code ▶ `<pre>` with Pygments' classes: no inline styles, which the pages forbid; the theme colours it."""

from collections.abc import Iterator
from functools import cache, lru_cache
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from dropcap.patterns import lazy_pattern

if TYPE_CHECKING:
    from pygments.lexer import Lexer

LONGEST_IN_ALL = 250_000
"""Most characters of code that are coloured in one text, with `EACH` for every block."""

EACH = 30
"""Characters that count for each block: a lexer needs as long to start."""

LONGEST = 50_000
"""Most characters of code that is coloured; more is shown in one colour. Some lexers take a millisecond a kilobyte."""

_LANGUAGE = lazy_pattern(r"(?<![=\w\"'])[\w+#-]+(?![\w+#.-]*\s*=)")
_TITLE = lazy_pattern(r"""(?:^|[\s{,])(?:title|filename|file|caption)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LINES = lazy_pattern(r"""hl_lines\s*=\s*("[^"]*"|'[^']*'|\[[^\]]*\]|[\d-]+)|\{([\d,\s-]+)\}""")
_RANGE = lazy_pattern(r"(\d{1,6})(?:-(\d{1,6}))?")
_UNCOLOURED = frozenset({"", "n", "nx", "p", "pm", "w", "o", "g", "x", "err", "esc", "l", "ld"})
"""Short names of tokens that look like the text around them: most of them, so leaving them out halves a page."""


class Info(NamedTuple):
    """The words behind a fence of code: its LANGUAGE, its TITLE, and the LINES to highlight, counted from 1."""

    language: str = ""
    title: str = ""
    lines: frozenset[int] = frozenset()

    @classmethod
    def of(cls, text: str) -> "Info":
        """Read TEXT, as in `python title="a.py" {1,3-4}`, `{.python hl_lines="1 3-4"}` or `go {hl_lines=[1,"3-4"]}`."""
        title, lines = _TITLE.search(text), _LINES.search(text)
        bare = _TITLE.sub(" ", _LINES.sub(" ", text))
        language = _LANGUAGE.search(bare)
        return cls(
            language[0].lower() if language else _first_word(bare),
            (title[1] or title[2] or "").strip() if title else "",
            frozenset(_numbers(lines[1] or lines[2])) if lines else frozenset(),
        )


def code_block(code: str, info: Info, *, coloured: bool = True) -> str:
    """Return CODE, whose every line has an end, as INFO says; not a character is lost, tabs and empty lines too.

    It is COLOURED by its language, unless it is too long.
    """
    lines = code.removesuffix("\n")
    kind = f' class="language-{escape(info.language)}"' if info.language else ""
    lexer = _lexer(info.language) if coloured and info.language and len(lines) <= LONGEST else None
    shown = (_coloured(lexer, lines) if lexer else "") or escape(lines, quote=False)
    if info.lines:
        shown = "\n".join(_marked(shown.split("\n"), info.lines))
    block = f"<pre><code{kind}>{shown}\n</code></pre>" if code else f"<pre><code{kind}></code></pre>"
    if not info.title:
        return block
    return f'<figure class="code"><figcaption>{escape(info.title, quote=False)}</figcaption>{block}</figure>'


def _first_word(text: str) -> str:
    """Return TEXT if it is one word of other signs than languages have; CommonMark takes it for a language too."""
    word = text.strip()
    return "" if not word or word[0] in "{=" or len(word.split()) > 1 else word


def _numbers(text: str) -> Iterator[int]:
    for first, last in _RANGE.findall(text):
        yield from range(int(first), min(int(last or first), int(first) + 1_000) + 1)


def _marked(lines: list[str], numbers: frozenset[int]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        yield f'<span class="hll">{line}</span>' if number in numbers else line


def _coloured(lexer: "Lexer", code: str) -> str:
    """Return CODE as HTML; empty if LEXER would lose or change a character of it.

    Some lexers drop a last line that has no end, so they get one. A span never goes over the end of a line, so that
    lines can be taken apart.
    """
    tokens: list[tuple[Any, str]] = list(lexer.get_tokens(f"{code}\n"))
    if "".join(text for _, text in tokens) != f"{code}\n":
        return ""
    named = ((_short_name(token), text) for token, text in tokens)
    runs = ((name, "".join(text for _, text in run)) for name, run in groupby(named, lambda piece: piece[0]))
    return "".join(_span(name, escape(text, quote=False)) for name, text in runs).removesuffix("\n")


def _span(name: str, html: str) -> str:
    if not name or html.isspace():
        return html
    return "\n".join(f'<span class="{name}">{line}</span>' if line else "" for line in html.split("\n"))


@cache
def _short_name(token: Any) -> str:  # noqa: ANN401  # Pygments' token types have no type of their own
    from pygments.token import STANDARD_TYPES  # noqa: PLC0415 -- see _lexer

    while token not in STANDARD_TYPES:
        token = token.parent
    name = STANDARD_TYPES[token]
    return "" if name in _UNCOLOURED else name


@lru_cache(maxsize=32)
def _lexer(language: str) -> "Lexer | None":
    from pygments.lexers import find_lexer_class  # noqa: PLC0415 -- most posts have no code; it takes 30 ms

    name = _lexer_names().get(language)
    lexer_class = find_lexer_class(name) if name else None
    return lexer_class(stripnl=False, ensurenl=False) if lexer_class else None


@cache
def _lexer_names() -> dict[str, str]:
    """Return lexer names by alias. Pygments' own look-up searches every installed package for plug-ins."""
    from pygments.lexers import get_all_lexers  # noqa: PLC0415 -- see _lexer

    named = {alias: name for name, aliases, *_ in get_all_lexers(plugins=False) for alias in aliases}
    return {alias: name for alias, name in named.items() if alias not in {"text", "plain", "output"}}
