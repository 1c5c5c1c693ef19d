"""A folder that `dropcap dev` serves, for a browser to look at."""

import time
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

PAUSE, PATIENCE = 3, 20
"""Seconds between two looks at pages that may still change, and most looks."""


@dataclass(frozen=True)
class Served:
    """A served folder: the URLs of its site and mailbox."""

    folder: Path
    site: str
    mailbox: str

    def wait_until_stable(self, *paths: str) -> None:
        """Wait until the pages at PATHS exist and stay the same: an open page reloads when it is rebuilt."""
        before: list[bytes] = []
        for _ in range(PATIENCE):
            now = [self._page(path) for path in paths]
            if all(now) and now == before:
                return
            before = now
            time.sleep(PAUSE)

    def _page(self, path: str) -> bytes:
        """Return the page at PATH; nothing while there is none."""
        try:
            with urlopen(self.site + path) as answer:  # noqa: S310  # the address that `dropcap dev` printed
                page: bytes = answer.read()
                return page
        except HTTPError as error:
            if error.code != HTTPStatus.NOT_FOUND:
                raise
            return b""
