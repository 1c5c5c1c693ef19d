"""URLs of the old site ▶ the files that were imported from there."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class OldLinks:
    """The old site: its HOSTS, and the imported FILES by their former paths (`old_path`)."""

    hosts: frozenset[str]
    files: Mapping[str, str]

    def resolve(self, url: str, file: str) -> str:
        """Return URL for a link in FILE: a relative path if it leads to an imported file, else URL itself."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return url
        if parts.scheme not in {"", "http", "https"} or (parts.netloc and _host(parts.netloc) not in self.hosts):
            return url
        target = self.files.get(old_path(url))
        if target is None or not (parts.path or parts.query):
            return url
        relative = posixpath.relpath(target, posixpath.dirname(file))
        return f"{relative}#{parts.fragment}" if parts.fragment else relative

    def is_lost(self, url: str) -> bool:
        """Return whether URL leads to a page of the old site that was not imported."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        is_own = _host(parts.netloc) in self.hosts if parts.netloc else url.startswith("/")
        return is_own and parts.path.strip("/") != "" and old_path(url) not in self.files


def old_path(url: str) -> str:
    """Return the path of URL, by which links are compared: without the slash at its end, with a query like `?p=7`."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query.startswith(("p=", "page_id=")) else ""
    return unquote(parts.path).rstrip("/") + query


def host_of(url: str) -> frozenset[str]:
    """Return the host of URL as a set, empty if it has none."""
    try:
        netloc = urlsplit(url).netloc
    except ValueError:
        return frozenset()
    return frozenset({_host(netloc)}) if netloc else frozenset()


def _host(netloc: str) -> str:
    return netloc.lower().removeprefix("www.")
