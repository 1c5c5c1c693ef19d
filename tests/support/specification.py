"""The examples of a Markdown specification, and HTML in a form in which ours and theirs can be compared.

The specifications lie beside the project, as data that is not a part of it: `commonmark-0.31.2.json` (John MacFarlane,
CC BY-SA 4.0) and `gfm-0.29.json` (GitHub), each a list of `{"example", "markdown", "html"}`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

from dropcap.document.html.sanitise import sanitised
from dropcap.document.markdown.raw_html import is_element, tags
from support.data_beside import data_beside
from support.documents import document

_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)((?:\"[^\"]*\"|[^\">])*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_PRE = re.compile(r"(<pre.*?</pre>)", re.DOTALL)
_BLOCK = "p|div|ul|ol|li|blockquote|pre|table|thead|tbody|tr|th|td|h[1-6]|hr|br|figure|figcaption|details|summary"
_AROUND_BLOCKS = re.compile(rf"\s*(</?(?:{_BLOCK})\b[^>]*>)\s*")
_CURLY = str.maketrans({"“": '"', "”": '"', "\u2018": "'", "\u2019": "'", "…": "...", "\u2013": "--", "\u2014": "---"})
_CHECKBOX = re.compile(r"<input ([^>]*)>")
_FIGURE = re.compile(r"<figure>(<img [^>]*)><figcaption>(.*?)</figcaption></figure>", re.DOTALL)
_SPACE = re.compile(r"[ \n]+")
_COMPARED = frozenset({"href", "src", "alt", "start", "align", "title"})


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its NUMBER, its Markdown, and the HTML in the specification."""

    number: int
    markdown: str
    html: str


def examples(name: str) -> Iterator[Example]:
    """Yield the examples of the specification in the file NAME that a site could publish.

    Those whose HTML has elements that HTML does not know are left out: here these are text. So are comments, which
    nobody sees, and declarations.
    """
    for example in json.loads((data_beside("spec") / name).read_text()):
        names = [tag.name for tag in tags(example["html"])]
        if all(map(is_element, names)) and not re.search(r"<!--|<\?|<!\[CDATA|<![A-Z]", example["html"]):
            yield Example(example["example"], example["markdown"], example["html"])


def comes_out_right(example: Example) -> bool:
    """Return whether EXAMPLE is rendered as specified, apart from typographic signs, ids and classes."""
    post = document(f"---\ntitle: Example\nmath: false\n---\n{example.markdown}")
    return comparable(sanitised(_with_signs(example.html.strip()))) == comparable(post.html)


def comparable(html: str) -> str:
    """Return sanitised HTML without the parts that may differ: white space between blocks, ids, classes, curly quotes.

    Addresses are compared as readers see them, not as they are encoded; a caption is compared as the title it was.
    """
    plain = (
        _TAG.sub(_bare, _FIGURE.sub(_with_title, html))
        .translate(_CURLY)
        .replace("&nbsp;", "\u00a0")
        .replace("&quot;", '"')
    )
    squeezed = (part if part.startswith("<pre") else _SPACE.sub(" ", part) for part in _PRE.split(plain))
    return _AROUND_BLOCKS.sub(r"\1", "".join(squeezed)).strip()


def _bare(tag: re.Match[str]) -> str:
    """Return TAG with the attributes that are compared, in order."""
    name = {"s": "del"}.get(tag[2], tag[2])
    attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag[3]) if name in _COMPARED}
    for address in attributes.keys() & {"href", "src"}:
        attributes[address] = unquote(attributes[address].removeprefix("dropcap-file:"))
    written = "".join(f' {name}="{escape(value)}"' for name, value in sorted(attributes.items()))
    return "" if name == "span" else f"<{tag[1]}{name}{written}>"


def _with_title(figure: re.Match[str]) -> str:
    return f'<p>{figure[1]} title="{figure[2]}"></p>'


def _with_signs(html: str) -> str:
    """Return HTML with our signs for GitHub's check boxes."""
    return _CHECKBOX.sub(lambda box: "☑" if "checked" in box[1].replace("checkbox", "") else "☐", html)
