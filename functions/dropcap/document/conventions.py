"""Settings of the site that affect how its files are read."""

from dataclasses import dataclass

from dropcap.document.paths.folders import Folders


@dataclass(frozen=True, slots=True)
class Conventions:
    """ZONE (IANA) is for times without an offset, LANGUAGE (BCP 47) for texts without a language of their own.

    PERMALINK is the pattern of posts' URL paths, empty for `/:slug/`. FOLDERS has the meanings of single folders.
    """

    zone: str = "UTC"
    language: str = "en"
    permalink: str = ""
    folders: Folders = ()
