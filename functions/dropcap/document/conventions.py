"""Settings of the site that affect how its files are read."""

from typing import NamedTuple

from dropcap.document.paths.folders import Folders


class Conventions(NamedTuple):
    """ZONE (IANA) is for times without an offset, LANGUAGE (BCP 47) for texts without a language of their own.

    PERMALINK is the pattern of posts' URL paths, empty for `/:slug/`. FOLDERS has the meanings of single folders.
    LANGUAGES are those into which texts are translated, by their file names. HAS_TAGS_WITH_SPACES if one tag may have
    several words without a comma.
    """

    zone: str = "UTC"
    language: str = "en"
    permalink: str = ""
    folders: Folders = ()
    languages: tuple[str, ...] = ()
    has_tags_with_spaces: bool = False
