"""Immutable texts that a container has read or written, so that it does not read them again."""

from collections import OrderedDict


class TextCache:
    """The texts used last, by digest, LIMIT characters in all at most."""

    def __init__(self, limit: int) -> None:
        """Start empty."""
        self._limit = limit
        self._length = 0
        self._texts: OrderedDict[str, str] = OrderedDict()

    def get(self, digest: str) -> str | None:
        """Return the text that DIGEST names; None if it is not kept."""
        if digest in self._texts:
            self._texts.move_to_end(digest)
        return self._texts.get(digest)

    def keep(self, digest: str, text: str) -> None:
        """Keep TEXT under its DIGEST, and drop those used longest ago if there is no room; never one over the limit."""
        if digest in self._texts or len(text) > self._limit:
            return
        self._texts[digest] = text
        self._length += len(text)
        while self._length > self._limit:
            _, dropped = self._texts.popitem(last=False)
            self._length -= len(dropped)
