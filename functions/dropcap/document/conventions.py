"""What the site says of how its files are to be read."""

from dataclasses import dataclass

from dropcap.document.paths.folders import Folders


@dataclass(frozen=True, slots=True)
class Conventions:
    """ZONE is an IANA name: what a time without an offset means. LANGUAGE is that of texts that tell none (BCP 47).

    PERMALINK is the pattern of posts' addresses, empty for `/:slug/`. FOLDERS says what single folders hold.
    """

    zone: str = "UTC"
    language: str = "en"
    permalink: str = ""
    folders: Folders = ()
