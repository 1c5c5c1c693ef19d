"""The HTML body of a post ▶ Markdown, with a note on everything that has no equivalent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString

from dropcap_cli.importers.markdown_text import MarkdownWriter, safe_url

Resolve = Callable[[str], str]

DROPPED: Final = ("script", "style", "form", "button", "input", "noscript", "svg", "canvas", "template")
"""Elements that are dropped: scripts, forms, and decoration."""
EMBEDS: Final = ("iframe", "embed", "object", "audio", "video")
"""Elements that become a link to what they show."""
LAZY: Final = ("data-src", "data-lazy-src", "data-original", "data-orig-file")
"""Attributes in which scripts keep the picture's URL."""
DEEPEST = 200
"""Levels of nesting: only faulty programs write deeper documents, and the parser's recursion has a limit."""


@dataclass(slots=True)
class HtmlBody:
    """Converts one body. LINK and PICTURE return the URL to write for a link or a picture; NOTES collects losses."""

    link: Resolve
    picture: Resolve
    notes: list[str] = field(default_factory=list)

    def markdown(self, html: str) -> str:
        """Return HTML as Markdown, with a newline at its end; empty for an empty body."""
        soup = BeautifulSoup(html, "html.parser")
        if _depth(soup) > DEEPEST:
            self.notes.append("The text is nested too deeply. Only its plain text was imported.")
            return MarkdownWriter().escape(soup.get_text(" "), set()).strip() + "\n"
        self._subscribe_boxes(soup)
        self._embeds(soup)
        self._dropped(soup)
        self._end_of_summary(soup)
        self._footnotes(soup)
        self._pictures(soup)
        self._links(soup)
        for line_break in soup.select("pre br"):
            line_break.replace_with("\n")
        text = MarkdownWriter().convert_soup(soup).strip()
        return f"{text}\n" if text else ""

    def _subscribe_boxes(self, soup: BeautifulSoup) -> None:
        """Remove Substack's forms for subscribers: the site has its own."""
        for box in soup.select('div[class^="subscription-widget-wrap"]'):
            self.notes.append(f"A form for subscribers was left out: {box.get_text(' ', strip=True)[:60]}.")
            box.decompose()

    def _end_of_summary(self, soup: BeautifulSoup) -> None:
        """Keep WordPress' `<!--more-->`, which ends the summary in Dropcap too."""
        for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
            if comment.strip().lower().startswith("more"):
                mark = _verbatim(soup, "<!--more-->")
                in_paragraph = comment.parent is not None and comment.parent.name == "p"
                comment.replace_with(mark)
                if not in_paragraph:
                    mark.wrap(soup.new_tag("p"))
                break

    def _embeds(self, soup: BeautifulSoup) -> None:
        """Replace players and frames by links; scripts of gists too, since they show code."""
        for element in soup.find_all([*EMBEDS, "script"]):
            source = _source(element)
            if element.name == "script" and "gist.github.com" not in source:
                continue
            if element.name in {"audio", "video"} and source:
                source = self.picture(source)
            host = urlsplit(source).netloc or source
            if not source:
                element.decompose()
                self.notes.append(f"A <{element.name}> without an address was left out.")
                continue
            anchor = soup.new_tag("a", href=source.removesuffix(".js") if element.name == "script" else source)
            anchor.string = host
            paragraph = soup.new_tag("p")
            paragraph.append(anchor)
            element.replace_with(paragraph)
            self.notes.append(f"A <{element.name}> became a link to {source}")

    def _dropped(self, soup: BeautifulSoup) -> None:
        for element in soup.find_all(DROPPED):
            if element.decomposed:
                continue
            words = element.get_text(" ", strip=True) if element.name not in {"script", "style"} else ""
            self.notes.append(f"A <{element.name}> was left out{f': {words[:60]}' if words else ''}.")
            element.decompose()

    def _footnotes(self, soup: BeautifulSoup) -> None:
        """Replace Substack's footnotes by Markdown's: `[^1]`, and `[^1]: text` at the end."""
        for anchor in soup.select("a.footnote-anchor"):
            anchor.replace_with(_verbatim(soup, f"[^{anchor.get_text(strip=True)}]"))
        for note in soup.select("div.footnote"):
            number = note.select_one("a.footnote-number")
            content = note.select_one("div.footnote-content") or note
            if number is None:
                continue
            label = number.get_text(strip=True)
            number.extract()
            paragraph = soup.new_tag("p")
            paragraph.append(_verbatim(soup, f"[^{label}]: "))
            for child in list(content.children):
                if isinstance(child, Tag) and child.name == "p":
                    child.append(" ")
                    child.unwrap()
            for child in list(content.children):
                paragraph.append(child)
            note.replace_with(paragraph)

    def _pictures(self, soup: BeautifulSoup) -> None:
        for image in soup.find_all("img"):
            source = next((str(image[name]) for name in (*LAZY, "src") if image.get(name)), "")
            if not source or source.startswith("data:"):
                self.notes.append("A picture without a file was left out.")
                image.decompose()
                continue
            attributes = {name: image.get(name) for name in ("alt", "title")}
            image.attrs = {name: value for name, value in attributes.items() if value}
            image["src"] = safe_url(self.picture(source))
        for figure in soup.find_all("figure"):
            self._caption(soup, figure)

    def _caption(self, soup: BeautifulSoup, figure: Tag) -> None:
        """Make a plain caption of a single picture its title, which Dropcap shows below it; keep any other as text."""
        caption, images = figure.find("figcaption"), figure.find_all("img")
        if not isinstance(caption, Tag):
            return
        text = caption.get_text(" ", strip=True)
        if len(images) == 1 and not caption.find("a") and not figure.find("a"):
            images[0]["title"] = text
            caption.decompose()
            figure.name = "p"
        elif text:
            caption.name = "p"
            emphasis = soup.new_tag("em")
            for child in list(caption.children):
                emphasis.append(child)
            caption.append(emphasis)
        else:
            caption.decompose()

    def _links(self, soup: BeautifulSoup) -> None:
        for anchor in soup.find_all("a"):
            target = anchor.get("href")
            anchor.attrs = {name: value for name, value in anchor.attrs.items() if name == "title"}
            if isinstance(target, str) and target:
                anchor["href"] = safe_url(self.link(target))


def _source(element: Tag) -> str:
    """Return the URL that an embedding ELEMENT shows."""
    inner = element.find("source")
    for tag in (element, inner):
        for name in ("src", "data-src", "data"):
            if isinstance(tag, Tag) and isinstance(value := tag.get(name), str) and value:
                return f"https:{value}" if value.startswith("//") else value
    return ""


def _verbatim(soup: BeautifulSoup, text: str) -> Tag:
    """Return an element whose TEXT is written without escapes."""
    element = soup.new_tag("_verbatim")
    element.append(NavigableString(text))
    return element


def _depth(soup: BeautifulSoup) -> int:
    """Return how deep SOUP is nested, without recursion."""
    deepest, level = 0, [(1, child) for child in soup.children if isinstance(child, Tag)]
    while level:
        depth, element = level.pop()
        deepest = max(deepest, depth)
        level += [(depth + 1, child) for child in element.children if isinstance(child, Tag)]
    return deepest
