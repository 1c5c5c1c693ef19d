"""Read sources in tests: from a text to its Document or its finding."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import pytest

from dropcap.document import ContentError, Conventions, Document, Finding
from dropcap.document.reading import read_document

T = TypeVar("T")

FIRST_SEEN = datetime(2026, 11, 20, 8, 30, 15, 999, tzinfo=UTC)
KEY = "posts/first-light.md"
ZONE = "Europe/Berlin"
BERLIN = Conventions(ZONE)


def document(text: str | bytes, key: str = KEY, conventions: Conventions = BERLIN) -> Document:
    """Read TEXT as the file under KEY, by default for a site in Berlin."""
    source = text.encode() if isinstance(text, str) else text
    return read_document(key, source, conventions, first_seen=FIRST_SEEN)


def yaml(*lines: str, body: str = "Text.", key: str = KEY) -> Document:
    """Read a file with LINES of YAML and BODY."""
    return document("\n".join(("---", *lines, "---", body)), key)


def html(body: str) -> str:
    """Render BODY, without a line end at the end and without the lines of links."""
    rendered = document(f"---\ntitle: A title\n---\n{body}").html.rstrip("\n")
    return re.sub(r'(<dropcap-(?:link|embed)[^>]*) line="\d+"', r"\1", rendered)


def refusal(text: str | bytes, key: str = KEY) -> Finding:
    """Return the only finding on TEXT, which is refused."""
    with pytest.raises(ContentError) as caught:
        document(text, key)
    (finding,) = caught.value.findings
    assert finding.remedy
    return finding


def read_or_refused(read: Callable[[], T]) -> T | None:
    """Return the result of READ; None if it refuses with a message and a remedy."""
    try:
        return read()
    except ContentError as error:
        findings = error.findings
    assert all(finding.message and finding.remedy for finding in findings)
    return None
