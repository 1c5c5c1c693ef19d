"""`$…$` and `$$…$$` ▶ MathML.

What stands in a text is a placeholder with a number: MathML is put in after sanitising, since the sanitiser lets none
through. It is built from latex2mathml's tree by an allow-list of elements and attributes, never from its text.
"""

from html import escape, unescape
from xml.etree.ElementTree import Element, tostring

from dropcap.document.markdown.math_letters import set_style
from dropcap.errors import ContentError
from dropcap.patterns import lazy_pattern

LONGEST = 5_000
"""Most characters of one formula."""

_DIGITS = 5
_DEFINES = lazy_pattern(r"\\(?:\w*newcommand|\w?def|let|newenvironment|require|input|include)\b")
_ALIGNED = lazy_pattern(r"(\\(?:begin|end)\s*)\{aligned\}")
_STACKED = lazy_pattern(r"\\(begin|end)\s*\{gather(?:ed|\*)?\}")
_ARITY = {"mfrac": 2, "msup": 2, "msub": 2, "munder": 2, "mover": 2, "mroot": 2, "msubsup": 3, "munderover": 3}
_ELEMENTS = frozenset(_ARITY) | {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "msqrt", "mstyle", "mpadded", "mphantom", "menclose",
    "mtable", "mtr", "mtd", "mlabeledtr", "merror", "mmultiscripts", "mprescripts", "none",
}  # fmt: skip
_ATTRIBUTES = frozenset({
    "accent", "accentunder", "align", "columnalign", "columnlines", "columnspacing", "columnspan", "depth", "display",
    "displaystyle", "fence", "form", "height", "largeop", "linethickness", "lspace", "mathcolor", "mathvariant",
    "maxsize", "minsize", "movablelimits", "notation", "rowlines", "rowspacing", "rowspan", "rspace", "scriptlevel",
    "separator", "stretchy", "symmetric", "voffset", "width",
})  # fmt: skip
_SAFE_VALUE = lazy_pattern(r"[\w .,%+#-]*")


class UnreadableError(Exception):
    """A formula that cannot be converted to MathML."""


class Formulas:
    """The formulas of one document, in the order of their placeholders."""

    def __init__(self) -> None:
        """Begin with none."""
        self.shown: list[str] = []
        self.unreadable: list[str] = []

    def keep(self, tex: str, *, block: bool) -> str:
        """Store the formula TEX and return its number. One that cannot be read is shown as code."""
        try:
            self.shown.append(mathml(tex, block=block))
        except UnreadableError:
            self.unreadable.append(tex)
            self.shown.append(f'<code class="formula">{escape(tex.strip(), quote=False)}</code>')
        return str(len(self.shown) - 1)

    def at(self, number: str) -> str:
        """Return the HTML of the formula NUMBER; empty for an unknown number."""
        is_number = number.isdecimal() and len(number) <= _DIGITS and int(number) < len(self.shown)
        return self.shown[int(number)] if is_number else ""


def mathml(tex: str, *, block: bool) -> str:
    """Return TEX as MathML. Raises UnreadableError in place of any exception of latex2mathml."""
    from latex2mathml.converter import convert_to_element  # noqa: PLC0415 -- most posts have no formula; it takes 50 ms

    if _DEFINES.search(tex):  # macros may call one another until memory ends
        raise UnreadableError
    try:
        root = convert_to_element(_known(tex.strip()), display="block" if block else "inline")
    except ContentError:  # the time is over
        raise
    except Exception as error:  # it raises any exception, StopIteration too
        raise UnreadableError from error
    for element in root.iter():
        _check(element)
    root.set("alttext", " ".join(tex.split()))
    return tostring(root, encoding="unicode")


def _known(tex: str) -> str:
    """Return TEX with environments that latex2mathml reads, in place of those of which it makes one line."""
    tex = _ALIGNED.sub(r"\1{align*}", tex)
    return _STACKED.sub(lambda match: r"\begin{array}{c}" if match[1] == "begin" else r"\end{array}", tex)


def _check(element: Element) -> None:
    """Remove from ELEMENT everything outside MathML Core, and resolve references that latex2mathml writes as text.

    A column sign that is left over is of an environment that latex2mathml does not read: the formula cannot be shown.
    """
    if element.tag == "mi" and element.text == "&":
        raise UnreadableError
    written = element.text or ""
    text = unescape(written)
    wrong_arity = len(element) != _ARITY.get(element.tag, len(element))
    if element.tag not in _ELEMENTS or wrong_arity or (element.tag == "mi" and text.startswith("\\")):
        raise UnreadableError
    element.text = text or None
    for name, value in list(element.attrib.items()):
        if name != "xmlns" and (name not in _ATTRIBUTES or not _SAFE_VALUE.fullmatch(value)):
            del element.attrib[name]
    set_style(element, upright=text != written and text.isascii() and text.isalpha())  # it writes such a letter so
