"""`site.yaml` ▶ the site's settings, validated.

All errors are reported at once, each with its line and remedy, and the previous settings stay in force. An unknown
setting is a warning.
"""

from collections.abc import Callable, Iterator

from dropcap.document.front_matter.booleans import yes_or_no
from dropcap.document.front_matter.values import Value, one_line
from dropcap.document.front_matter.yaml import yaml_table
from dropcap.document.paths.folders import MEANINGS, folder_name
from dropcap.document.paths.permalinks import pattern_problem
from dropcap.document.source_excerpts import lines_shown, with_lines
from dropcap.document.source_text import source_text
from dropcap.errors import ContentError, Finding
from dropcap.site.settings.authors import authors
from dropcap.site.settings.contrast import colour_of, contrast
from dropcap.site.settings.model import UNTITLED, Colours, SiteSettings
from dropcap.site.settings.validators import (
    address,
    colour,
    language,
    mail_address,
    newsletter_length,
    sender_name,
    site_url,
    zone,
)
from dropcap.site.settings.writing import SEPARATORS, languages, tag_separator
from dropcap.site.settings.yaml_reader import SettingsTable

LINKS, FOLDERS = 30, 100
"""Most links of the navigation, and most folders with a meaning of their own."""
READABLE = 4.5
"""Least contrast of text and background that people with low vision can read (WCAG 2.2, 1.4.3)."""
LENGTH = "Write `full` or `excerpt`."
MINUTES, DAYS = 100_800, 100_000
"""Ten weeks in minutes; a lateness of more days than any post is old, which means that every post is news."""


def read_site(source: bytes, token: str, warn: Callable[[Finding], None]) -> SiteSettings:
    """Read SOURCE, a `site.yaml`; raise ContentError with all errors at once."""
    warnings: list[Finding] = []
    try:
        with lines_shown(source):
            return _settings(source, token, warnings.append)
    finally:
        for finding in with_lines(warnings, source):
            warn(finding)


def _settings(source: bytes, token: str, warn: Callable[[Finding], None]) -> SiteSettings:
    wrong: list[Finding] = []
    read = SettingsTable(*yaml_table(source_text(source), 1), wrong.append)
    about = _below(read, "about")
    newsletter = _below(read, "newsletter")
    theme = read.table("theme", "Write each colour on a line of its own below it, as in `accent: '#0b5d54'`.")
    dark = theme.table("dark", "Write each colour on a line of its own below it, as in `accent: '#86cfbf'`.")
    people = authors(read)
    settings = SiteSettings(
        url=read.checked("url", site_url, "Write it as https://example.org.").rstrip("/"),
        title=read.line("title") or UNTITLED,
        tagline=read.line("tagline"),
        description=read.line("description"),
        language=read.checked("language", language, "Write it as in `en` or `pt-BR`.", otherwise="en"),
        zone=read.checked("timezone", zone, "Name a place, such as Europe/Berlin.", otherwise="UTC"),
        authors=tuple(person.name for person in people),
        people=people,
        navigation=tuple(_navigation(read)),
        about=about.text("text", "about"),
        about_title=about.line("title"),
        disclaimer=read.text("disclaimer"),
        logo=read.checked("logo", address, "Write it as in /images/logo.png."),
        icon=read.checked("icon", address, "Write it as in /images/icon.png."),
        share_image=read.checked("share_image", address, "Write it as in /images/journal.jpg."),
        colours=_colours(theme, dark, warn),
        permalink=_permalink(read),
        folders=tuple(sorted(dict(_folders(read)).items())),
        feed_excerpts=read.flag("feed_excerpts", otherwise=False),
        languages=languages(read),
        has_tags_with_spaces=read.checked("tag_separator", tag_separator, SEPARATORS) == "comma",
        newsletter=_enabled(newsletter),
        newsletter_length=newsletter.checked("length", newsletter_length, LENGTH, otherwise="full"),
        sender=newsletter.checked("sender", sender_name, "Shorten it to 100 characters."),
        reply_to=newsletter.checked("reply_to", mail_address, "Write it as in ada@example.org."),
        postal_address=newsletter.line("postal_address"),
        grace_minutes=newsletter.number("grace_minutes", MINUTES),
        lateness_days=_or(newsletter.number("lateness_days", DAYS), 7),
        token=token,
    )
    for fields in (read, about, newsletter, theme, dark):
        for finding in fields.unknown():
            warn(finding)
    if wrong:
        raise ContentError(*wrong)
    return settings


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number


def _below(read: SettingsTable, name: str) -> SettingsTable:
    """Return the table under NAME; a plain text there counts as its main setting."""
    return read.table(name, "") if isinstance(read.value(name), dict) else read.only(name)


def _enabled(newsletter: SettingsTable) -> bool:
    text = newsletter.line("enabled", "newsletter")
    answer = yes_or_no(text)
    if text and answer is None:
        message = f"`{text[:60]}` is neither yes nor no."
        newsletter.refuse(message, "Write `newsletter: false` for a site that sends no mail.", "enabled", "newsletter")
    return answer is not False


def _navigation(read: SettingsTable) -> Iterator[tuple[str, str]]:
    """Read a list of `label: address` pairs, or a table of them."""
    remedy = "Write each link on a line of its own below `navigation:`, as `- Label: /address/`."
    for number, (label, to, place) in enumerate(read.pairs("navigation", remedy)):
        target = address(to) if isinstance(to, str) else None
        if target is None or not one_line(label):
            message = f"`{label[:60]}` has no valid address: `{_short(to)}` is neither a path nor a web address."
            read.refuse(message, "Write a path that begins with a slash, or an address with https.", place=place)
        elif number == LINKS:
            read.refuse(f"`navigation` has more than {LINKS} links.", "Keep those that matter most.", place=place)
        else:
            yield one_line(label), target


def _colours(theme: SettingsTable, dark: SettingsTable, warn: Callable[[Finding], None]) -> Colours:
    """Return the colours, and warn of pairs with too little contrast."""
    remedy = "Write a colour as in '#0b5d54', in quotes, since `#` begins a comment."
    light, night = (
        [fields.checked(name, colour, remedy) for name in ("accent", "background", "text")] for fields in (theme, dark)
    )
    for fields in (theme, dark):
        for name in filter(fields.is_empty, ("accent", "background", "text")):
            fields.refuse(f"`{name}` is empty.", remedy, name)
    for (accent, background, text), below in ((light, theme), (night, dark)):
        for name, foreground in (("accent", accent), ("text", text)):
            ratio = contrast(colour_of(foreground), colour_of(background)) if foreground and background else READABLE
            if ratio < READABLE:
                message = (
                    f"`{name}` on `background` has a contrast of {ratio:.1f}; WCAG 2.2 requires at least {READABLE}."
                )
                warn(below.finding(message, "Make one of the two colours darker or lighter.", name))
    return Colours(*light, *night)


def _permalink(read: SettingsTable) -> str:
    pattern = read.line("permalink")
    if problem := pattern_problem(pattern) if pattern else None:
        remedy = "Write it as in /:year/:month/:slug/."
        read.refuse(f"`permalink: {pattern[:60]}` does not produce addresses. {problem}", remedy, "permalink")
        return ""
    return pattern


def _folders(read: SettingsTable) -> Iterator[tuple[str, str]]:
    remedy = "Write each folder on a line of its own below `folders:`, as in `diary: posts`."
    for number, (folder, meaning, place) in enumerate(read.pairs("folders", remedy)):
        kind = meaning.strip().lower() if isinstance(meaning, str) else ""
        if kind not in MEANINGS or not folder_name(folder) or number >= FOLDERS:
            message = f"`{folder[:60]}: {_short(meaning)}` does not name the meaning of a folder."
            read.refuse(message, f"Write one of {', '.join(MEANINGS)} after the folder's name.", place=place)
        else:
            yield folder_name(folder), kind


def _short(value: Value) -> str:
    return value[:60] if isinstance(value, str) else "…"
