"""Corrections of mistyped words: "Did you mean …?"."""

from argparse import ArgumentParser
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path


class OptionParser(ArgumentParser):
    """A parser that lists its options."""

    @property
    def option_names(self) -> list[str]:
        """Return the options, with their dashes."""
        return list(self._option_string_actions)


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return a question, with a space before it, that names the candidate most like WORD; empty if none is alike."""
    matches = get_close_matches(word, list(candidates), n=1)
    return f" Did you mean {matches[0]}?" if matches else ""


def did_you_mean_file(path: Path) -> str:
    """Return the same for a PATH that does not exist or is of another kind, among the names beside it."""
    folder = path.parent
    try:
        names = [entry.name for entry in folder.iterdir() if entry.name != path.name]
    except OSError:
        return ""
    matches = get_close_matches(path.name, names, n=1)
    return f" Did you mean {folder / matches[0]}?" if matches else ""
