"""`site.yaml` ▶ the site's settings, checked; kept apart, since only render reads files."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dropcap.document.offending_lines import lines_shown
from dropcap.document.source_text import source_text
from dropcap.document.yaml_values import yaml_values
from dropcap.errors import ContentError, Finding
from dropcap.site.settings import SiteSettings

NO = frozenset({"false", "no", "off"})
"""What people write to say that there is no newsletter."""


def read_site(source: bytes, token: str) -> SiteSettings:
    """Read SOURCE, a `site.yaml`; raise ContentError with everything that is wrong at once."""
    with lines_shown(source):
        return _settings(source, token)


def _settings(source: bytes, token: str) -> SiteSettings:
    given = yaml_values(source_text(source), 1)
    wrong: list[Finding] = []
    read = _Reader(given, wrong)
    newsletter = given.get("newsletter")
    mail = _Reader(newsletter if isinstance(newsletter, dict) else {}, wrong)
    settings = SiteSettings(
        url=read.checked("url", "", _is_url, "write it as https://example.org").rstrip("/"),
        title=read.text("title", "Untitled journal"),
        tagline=read.text("tagline"),
        description=read.text("description"),
        language=read.text("language", "en"),
        zone=read.checked("timezone", "UTC", _is_zone, "name a place, such as Europe/Berlin"),
        authors=tuple(filter(None, [read.text("author")])),
        navigation=read.navigation(),
        about=read.text("about"),
        disclaimer=read.text("disclaimer"),
        newsletter=str(newsletter).lower() not in NO,
        sender=mail.text("sender"),
        postal_address=mail.text("postal_address"),
        grace_minutes=mail.number("grace_minutes", None),
        lateness_days=mail.number("lateness_days", 7) or 0,
        token=token,
    )
    if wrong:
        raise ContentError(*wrong)
    return settings


class _Reader:
    """Reads one mapping, and gathers what is wrong in it."""

    def __init__(self, given: Mapping[str, object], wrong: list[Finding]) -> None:
        self._given = given
        self._wrong = wrong

    def text(self, name: str, otherwise: str = "") -> str:
        found = self._given.get(name)
        if isinstance(found, dict | list):
            self._wrong.append(Finding(f"`{name}` is not a text.", f"Write one line: `{name}: …`."))
            return otherwise
        return otherwise if found is None else str(found).strip()

    def checked(self, name: str, otherwise: str, is_good: Callable[[str], bool], remedy: str) -> str:
        found = self.text(name, otherwise)
        if found != otherwise and not is_good(found):
            self._wrong.append(Finding(f"`{name}: {found}` is not understood.", f"Please {remedy}."))
            return otherwise
        return found

    def number(self, name: str, otherwise: int | None) -> int | None:
        found = self.text(name)
        if found and not (found.isdecimal() and int(found) <= 100_000):  # noqa: PLR2004  # ten weeks in minutes
            self._wrong.append(
                Finding(f"`{name}: {found}` is not a whole number.", f"Write digits only: `{name}: 10`.")
            )
            return otherwise
        return int(found) if found else otherwise

    def navigation(self) -> tuple[tuple[str, str], ...]:
        """Read a list of `label: address` pairs, or a mapping of them."""
        found = self._given.get("navigation") or {}
        pairs = [found] if isinstance(found, dict) else found
        if not isinstance(pairs, list) or not all(isinstance(pair, dict) for pair in pairs):
            remedy = "Write one `- Label: /address/` a line below `navigation:`."
            self._wrong.append(Finding("`navigation` is not a list of labels and addresses.", remedy))
            return ()
        return tuple((str(label), str(to)) for pair in pairs for label, to in pair.items() if _is_address(str(to)))


def _is_url(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not parts.query and not parts.fragment


def _is_address(text: str) -> bool:
    return text.startswith("/") or _is_url(text)


def _is_zone(text: str) -> bool:
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError, a folder's name an OSError
        return False
    return True
