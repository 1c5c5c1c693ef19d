"""Elements and text of HTML ▶ Markdown, so that no character of the text gets another meaning."""

import re
from typing import Any

from bs4 import Tag
from markdownify import MarkdownConverter

_ANYWHERE = re.compile(r"([\\`*\[])")
_OUTSIDE_WORDS = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_TAGS_AND_ENTITIES = re.compile(r"(<(?=[A-Za-z/!?])|&(?=#?\w+;))")
_TEMPLATES = re.compile(r"(\{)(?=[{%#:.]|[ ]*[A-Za-z][\w-]*=)")
_DOUBLED = re.compile(r"([~=+^$|%])(?=\1)")
_BLOCK_NAME = re.compile(r"(?:^|(?<=\s))(\^)(?=[A-Za-z0-9-]+\s*$)")
_LINE_STARTS = re.compile(r"^([ \t]*)(>|[#+:!=-](?=\s|[#+:!=-]|$))", re.MULTILINE)
_NUMBERED = re.compile(r"^([ \t]*\d+)([.)])(?=\s|$)", re.MULTILINE)
_CLOSING_SIGNS = re.compile(r"(?<=\s)(#)(?=#*\s*$)")
_LANGUAGE = re.compile(r"^(?:language|lang|brush:?)-?\s*([\w+#-]+)$")
_SAFE_IN_URLS = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\n": ""})

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class MarkdownWriter(MarkdownConverter):
    """Writes a parsed document as Markdown of the dialect that Dropcap reads."""

    def __init__(self) -> None:
        """Write headings with `#`, lists with `-`, and code blocks with their language."""
        cells_and_headings = ["td", "th", "a", "h1", "h2", "h3", "h4", "h5", "h6"]
        super().__init__(
            heading_style="ATX",
            bullets="-",
            autolinks=False,
            code_language_callback=code_language,
            keep_inline_images_in=cells_and_headings,
            newline_style="BACKSLASH",
            table_infer_header=True,
            sup_symbol="<sup>",
            sub_symbol="<sub>",
        )

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Return TEXT with a backslash before every character that Markdown would read as markup."""
        if "_verbatim" in parent_tags or not text:
            return text
        for pattern, replacement in (
            (_ANYWHERE, r"\\\1"),
            (_OUTSIDE_WORDS, r"\\_"),
            (_TAGS_AND_ENTITIES, r"\\\1"),
            (_TEMPLATES, r"\\\1"),
            (_DOUBLED, r"\\\1"),
            (_BLOCK_NAME, r"\\\1"),
            (_LINE_STARTS, r"\1\\\2"),
            (_NUMBERED, r"\1\\\2"),
        ):
            text = pattern.sub(replacement, text)
        if _HEADINGS & parent_tags:
            text = _CLOSING_SIGNS.sub(r"\\\1", text)
        return text.replace("|", r"\|") if {"td", "th"} & parent_tags else text

    def convert_mark(self, _element: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a highlighted text."""
        return f"=={text}==" if text.strip() and "_noformat" not in parent_tags else text


def code_language(element: Tag) -> str:
    """Return the language of a code block, from the classes of `pre` or `code`; empty if none is named."""
    for tag in (element, element.find("code")):
        if not isinstance(tag, Tag):
            continue
        named = tag.get("data-code-block-lang") or tag.get("data-language")
        if isinstance(named, str) and named:
            return named
        classes: Any = tag.get("class") or ()
        for name in classes:
            if match := _LANGUAGE.fullmatch(name):
                return match[1]
    return ""


def safe_url(url: str) -> str:
    """Return URL as it can stand between the parentheses of a Markdown link."""
    return url.strip().translate(_SAFE_IN_URLS)
