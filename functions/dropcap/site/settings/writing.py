"""Settings of `site.yaml` about how texts are written: their languages and their tags."""

from dropcap.document.front_matter.values import one_line
from dropcap.site.settings.validators import language
from dropcap.site.settings.yaml_reader import SettingsTable

MAXIMUM_LANGUAGES = 30
"""Most languages into which texts are translated."""
SEPARATORS = "Write `tag_separator: comma`, or `tag_separator: space` for the default."
_ANY = ("comma", "space")


def languages(read: SettingsTable) -> tuple[str, ...]:
    """Return the languages into which texts are translated: a list, or one text with commas or spaces."""
    value = read.value("languages")
    items = value if isinstance(value, list) else one_line(value).replace(",", " ").split()
    tags = [language(item) if isinstance(item, str) else None for item in items]
    if None in tags or len(tags) > MAXIMUM_LANGUAGES or isinstance(value, dict):
        message = f"`languages` is not a list of at most {MAXIMUM_LANGUAGES} language tags."
        read.refuse(message, "Write it as in `languages: [de, pt-BR]`.", "languages")
    return tuple(dict.fromkeys(tag for tag in tags if tag))[:MAXIMUM_LANGUAGES]


def tag_separator(text: str) -> str | None:
    """Return what separates the tags in one text: `comma`, or `space` if there is no comma; None for another text."""
    return text.lower() if text.lower() in _ANY else None
