"""The theme: templates, message catalogues and assets of one folder (a Lambda layer, or the repository's `templates/`).

A file of the same name in the folder's `overrides/` comes first, so that an operator changes one file and keeps the
rest; `default/site/page.html` always names the theme's own file, for a template that only replaces some of its blocks.
"""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, select_autoescape

from dropcap.patterns import lazy_pattern
from dropcap.site.compiled_templates import CompiledTemplates
from dropcap.site.content.text_as_html import as_html, looks_like_html
from dropcap.site.content.translations import language_name
from dropcap.site.messages import FALLBACK, Messages, has_messages, read_messages
from dropcap.site.settings.model import SiteSettings
from dropcap.site.settings.palette import colour_sheet
from dropcap.site.style_sheet import WHOLE, parts, parts_for, shortened
from dropcap.site.text_direction import direction
from dropcap.site.urls import author_path, language_path

OVERRIDES, PLAIN, SHEET = "overrides", ("txt",), ".css"
_BESIDE = lazy_pattern(r'url\("([^"/:]+)"\)')


class Theme:
    """Renders templates; the same values give the same text. Raises jinja2.TemplateError where a template is wrong."""

    def __init__(self, folder: Path) -> None:
        """Store the FOLDER that holds `site/`, `feeds/`, `email/`, `messages/`, `assets/`, and perhaps `overrides/`."""
        self._folders = (folder, folder / OVERRIDES)
        self._catalogues = [folder / "messages" for folder in self._folders]
        self._loaders = (FileSystemLoader(folder / OVERRIDES), FileSystemLoader(folder))
        self._compiled = CompiledTemplates(folder)
        self._by_language: dict[str, Environment] = {}
        self._messages: dict[str, Messages] = {}

    def render(self, template: str, /, *, site: SiteSettings, **context: object) -> str:
        """Return TEMPLATE, such as `site/home.html`, filled in for SITE, with `assets` and `colours` as values."""
        jinja = self._by_language.get(site.language) or self._environment(site.language)
        colours = self.colours_of(site)
        common = {"assets": self.assets, "site": site, "colours": colours[0] if colours else None}
        return jinja.get_template(template).render(**common, **context)

    def messages(self, language: str) -> Messages:
        """Return the interface texts in LANGUAGE."""
        if language not in self._messages:
            self._messages[language] = read_messages(self._catalogues, language)
        return self._messages[language]

    def messages_for_text(self, language: str | None, site: SiteSettings) -> Messages:
        """Return the messages for a text in LANGUAGE; those of SITE's language if there is no catalogue of it."""
        return self.messages(self.interface_language(language, site))

    def interface_language(self, language: str | None, site: SiteSettings) -> str:
        """Return LANGUAGE if there is a catalogue of it, else that of SITE."""
        return language if language and has_messages(self._catalogues, language) else site.language

    def colours_of(self, site: SiteSettings) -> tuple[str, bytes] | None:
        """Return the address and the content of the sheet with the colours of SITE; None if it has the theme's."""
        sheet = colour_sheet(site.colours)
        return (_hashed("colours.css", sheet.encode()), sheet.encode()) if sheet else None

    def compile(self, place: PurePosixPath) -> list[str]:
        """Write every template, compiled, for this Python and a theme in PLACE; return the names of the templates."""
        return self._compiled.write_all(self._environment(FALLBACK), self._loaders, place)

    @cached_property
    def assets(self) -> Mapping[str, str]:
        """Return the address of each asset by its name. It contains a hash of the content and is cached for ever."""
        return {name: _hashed(name, content) for name, content in self._contents.items()}

    def asset(self, name: str) -> Path | None:
        """Return the path of the asset NAME; None if the theme has none of that name."""
        return self._places.get(name)

    def asset_files(self) -> dict[str, bytes]:
        """Return the content of every asset by its address."""
        return {address: self._contents[name] for name, address in self.assets.items()}

    @cached_property
    def _contents(self) -> Mapping[str, bytes]:
        return {name: self._content(name) for name in sorted({*self._places, *self._parts})}

    @cached_property
    def _places(self) -> Mapping[str, Path]:
        folders = [folder / "assets" for folder in self._folders]
        return {place.name: place for folder in folders if folder.is_dir() for place in folder.iterdir()}

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        """Return the parts of the theme's sheet, or of the operator's own that replaces it."""
        place = self._places.get(WHOLE)
        return parts(place.read_text(encoding="utf-8")) if place else {}

    def _content(self, name: str) -> bytes:
        """Return the asset NAME as it is served: a sheet as short as it can be, with the addresses of its assets."""
        place = self._places.get(name)
        content = place.read_bytes() if place else self._parts[name].encode()
        if not name.endswith(SHEET):
            return content
        sheet = shortened(content.decode())
        return _BESIDE.sub(lambda match: f'url("{_hashed(match[1], self._content(match[1]))}")', sheet).encode()

    def _environment(self, language: str) -> Environment:
        jinja = Environment(
            loader=ChoiceLoader([*self._loaders, PrefixLoader({"default": self._loaders[1]})]),
            bytecode_cache=self._compiled,
            autoescape=select_autoescape(disabled_extensions=PLAIN, default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # else each page looks at the file of each template
        )
        messages = self.messages(language)
        jinja.globals |= {"t": messages.message, "direction": direction}
        jinja.filters |= {
            "day": messages.day,
            "day_short": messages.day_short,
            "month": messages.month,
            "month_alone": messages.month_alone,
            "iso": iso,
        }
        jinja.filters |= {
            "href": href,
            "author_path": author_path,
            "hostname": hostname,
            "language_name": language_name,
            "language_path": language_path,
            "rfc822": format_datetime,
            "as_html": as_html,
            "sheet_parts": parts_for,
        }
        jinja.tests["looks_like_html"] = looks_like_html
        jinja.filters["absolute"] = lambda path, site: path if "//" in path else site.url + href(path)
        self._by_language[language] = jinja
        return jinja


def hostname(url: str) -> str:
    """Return the host of URL, as a label for it."""
    return urlsplit(url).netloc.removeprefix("www.") or url


def iso(when: datetime) -> str:
    """Return a time in the form of RFC 3339, for feeds, to the second."""
    return when.isoformat(timespec="seconds")


def href(path: str) -> str:
    """Percent-encode characters that an address may not contain; encoded ones stay as they are."""
    return quote(path, safe="/:?#[]@!$&'()*+,;=%~")


def _hashed(name: str, content: bytes) -> str:
    stem, _, kind = name.rpartition(".")
    return f"/assets/{stem}.{sha256(content).hexdigest()[:12]}.{kind}"
