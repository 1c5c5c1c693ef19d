"""Footnotes: `[^label]` and `^[text]` in a text, and the list of notes at its end, in the order of reference."""

from dataclasses import dataclass, field
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from dropcap.document.markdown.problems import FOOTNOTE
from dropcap.document.markdown.states import is_in_code, line_in, report
from dropcap.document.private_markup import FOOTNOTE as TITLE
from dropcap.patterns import lazy_pattern

DEFINITION = lazy_pattern(r"\[\^([^\]\[\n]{1,200})\]:")
"""The beginning of a definition; a label may hold spaces."""

LONGEST_NOTE = 2_000
"""Most characters of a note within the text."""

_MARK = "fnref"
_REFERENCE = lazy_pattern(r"\[\^([^\]\[\n]{1,200})\]")
_NO_URL_CHARACTER = lazy_pattern(r"[\x00-\x20\"#%<>\\^`{|}\x7f-\x9f]")
"""Characters that no fragment of a URL contains (URL Standard, section 1.3)."""
_LABEL_IN_PROSE = lazy_pattern(r"[\w.:+*#-]+(?: [\w.:+*#-]+){0,5}")


def label_of(text: str) -> str:
    """Return the form in which the label TEXT is looked up: case and white space do not matter."""
    return " ".join(text.split()).casefold()


def reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read `[^label]` if the label is defined somewhere in the text; report it if it looks as if it should be."""
    match = _REFERENCE.match(state.src, state.pos, state.posMax) if state.src.startswith("[^", state.pos) else None
    if not match:
        return False
    label = label_of(match[1])
    if label not in state.env.get("notes", {}):
        if (
            not silent
            and _LABEL_IN_PROSE.fullmatch(match[1])
            and not state.src.startswith(("(", "[", ":"), match.end())
        ):
            report(state, FOOTNOTE, match[0])
        return False
    if not silent:
        state.push("footnote_reference", "", 0).meta = {"label": label}
    state.pos = match.end()
    return True


def defined_label(state: StateInline, position: int) -> str:
    """Return the label of the reference to a defined footnote at POSITION in the text of STATE; empty for none."""
    match = _REFERENCE.match(state.src, position, state.posMax)
    label = label_of(match[1]) if match else ""
    return label if label in state.env.get("notes", {}) else ""


def note_in_text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read `^[text]` as a footnote of its own."""
    begin = state.pos + 2
    if not state.src.startswith("^[", state.pos) or is_in_code(state):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0 or end - begin > LONGEST_NOTE or not state.src[begin:end].strip():
        return False
    if not silent:
        line = line_in(state)
        token = state.push("footnote_reference", "", 0)
        token.meta = {"text": state.src[begin:end].strip(), "line": line}
    state.pos = end + 1
    return True


@dataclass(slots=True)
class Note:
    """A footnote: its NAME in addresses, its TOKENS, and how often it is referred to."""

    name: str
    tokens: list[Token] = field(default_factory=list)
    references: int = 0
    number: int = 0


class Notes:
    """The footnotes of one text."""

    def __init__(self, names: dict[str, str]) -> None:
        """Begin with the notes whose NAMES are known by their labels."""
        self.by_label = {label: Note("-".join(name.split())) for label, name in names.items()}
        self.in_order: list[Note] = []
        self.in_text = 0

    def referred(self, token: Token) -> Element:
        """Return the mark in the text for TOKEN, a reference."""
        note = self._note_in_text(token) if "text" in token.meta else self.by_label[token.meta["label"]]
        if not note.references:
            self.in_order.append(note)
            note.number = len(self.in_order)
        note.references += 1
        mark = Element("sup", {"id": _mark_id(note, note.references)})
        link = SubElement(mark, "a", {"class": "footnote-ref", "href": _link_to(f"fn:{note.name}")})
        link.text = AtomicString(str(note.number))
        return mark

    def unreferred(self) -> list[Note]:
        """Return the notes to which nothing refers, in the order of their definition: they are shown last."""
        return [note for note in self.by_label.values() if not note.references]

    def _note_in_text(self, token: Token) -> Note:
        self.in_text += 1
        text, line = token.meta["text"], token.meta["line"]
        inline = Token("inline", "", 0, content=text, map=[line, line + 1], children=[])
        return Note(
            f"note-{self.in_text}", [Token("paragraph_open", "p", 1), inline, Token("paragraph_close", "p", -1)]
        )


def is_mark(element: Element) -> bool:
    """Return whether ELEMENT is the mark of a footnote in the text."""
    return element.tag == "sup" and element.get("id", "").startswith(_MARK)


def add_links_back(item: Element, note: Note) -> None:
    """Add to ITEM, the list item of NOTE, a link to each place that refers to it."""
    if not note.references:
        return
    last = item[-1] if len(item) and item[-1].tag == "p" else SubElement(item, "p")
    if len(last):
        last[-1].tail = f"{last[-1].tail or ''}\u00a0"
    elif last.text:
        last.text = f"{last.text}\u00a0"
    for number in range(1, note.references + 1):
        attributes = {"class": "footnote-backref", "href": _link_to(_mark_id(note, number))}
        link = SubElement(last, "a", attributes | {"title": f"{TITLE}{note.number}"})
        link.text = AtomicString("↩")


def _link_to(identifier: str) -> str:
    """Return the address of IDENTIFIER on its page. Letters beyond ASCII may be in a URL as they are."""
    return f"#{_NO_URL_CHARACTER.sub(lambda character: quote(character[0]), identifier)}"


def _mark_id(note: Note, number: int) -> str:
    return f"{_MARK}{number if number > 1 else ''}:{note.name}"
