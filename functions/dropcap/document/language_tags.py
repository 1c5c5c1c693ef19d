"""Language tags as people write them: `de`, `pt-BR`, `zh_Hant`."""

import re

from dropcap.patterns import lazy_pattern

_TAG = lazy_pattern(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}", re.IGNORECASE)
SHORT_LANGUAGE = lazy_pattern(r"[a-z]{2}(?:[-_][A-Za-z]{2})?")
"""A tag that a text could hardly begin with: two letters, perhaps with a country."""


def language_tag(text: str) -> str | None:
    """Return TEXT as a language tag (BCP 47) with hyphens; None if it has not the form of one."""
    tag = text.replace("_", "-")
    return tag if _TAG.fullmatch(tag) else None
