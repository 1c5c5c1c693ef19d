"""Cut text at a word boundary."""


def shortened(text: str, most: int) -> str:
    """Return TEXT cut after the last word that keeps it within MOST characters, with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[:most]
    return (cut.rpartition(" ")[0] or cut[:-1]).rstrip(" ,;:-\N{EN DASH}\N{EM DASH}") + "…"
