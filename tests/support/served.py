"""A folder that `dropcap dev` serves, for a browser to look at."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Served:
    """A folder that is being served: where the site and its mailbox are."""

    folder: Path
    site: str
    mailbox: str
