"""The desk answers this machine only, shows only, and says what it could not read."""

from datetime import UTC, datetime

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request

from support.desk_contents import CONTENTS, TRACE, FixedReader, fixed_desk

HOST = "127.0.0.1:4010"


@pytest.fixture
def reader() -> FixedReader:
    """Return a reader that counts."""
    return FixedReader()


@pytest.fixture
def browser(reader: FixedReader) -> Client:
    """Return a client of a desk."""
    return Client(Request.application(fixed_desk(reader).answer))


@pytest.mark.parametrize("host", ["evil.example", "evil.example:4010", "127.0.0.1.evil.example:4010", ""])
def test_another_host_is_refused(host: str, browser: Client, reader: FixedReader) -> None:
    """A page of the internet could lead its own name to this machine; nothing is read for it."""
    assert 403 == browser.get("/", headers={"Host": host}).status_code
    assert 0 == reader.reads


@pytest.mark.parametrize("host", [HOST, "localhost:4010", "[::1]:4010", "localhost"])
def test_requests_from_this_machine_are_answered(host: str, browser: Client) -> None:
    """By each of its names."""
    assert 200 == browser.get("/", headers={"Host": host}).status_code


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_the_desk_changes_nothing(method: str, browser: Client, reader: FixedReader) -> None:
    """No method that could change something is answered."""
    assert 405 == browser.open("/", method=method, headers={"Host": HOST}).status_code
    assert 0 == reader.reads


@pytest.mark.parametrize("path", ["/", "/desk.css", "/desk.js", "/report?key=posts/naps.md", "/missing"])
def test_every_answer_has_a_policy(path: str, browser: Client) -> None:
    """Only its own style sheet and script run, no form is sent, no frame shows it, nothing is kept."""
    headers = browser.get(path, headers={"Host": HOST}).headers
    for part in ("default-src 'none'", "script-src 'self'", "form-action 'none'", "frame-ancestors 'none'"):
        assert part in headers["Content-Security-Policy"]
    assert ("no-store", "nosniff") == (headers["Cache-Control"], headers["X-Content-Type-Options"])


def test_the_page_has_all_parts(browser: Client) -> None:
    """Posts by state, the flow, queues, dead letters with their remedy, issues with their account, and problems."""
    text = browser.get("/", headers={"Host": HOST}).text
    for part in ("refused", "posts/naps.md", "2.4 s", "ViewQueue", "dropcap redrive EdgeDeadLetters", "accepted 12"):
        assert part in text, part
    assert "AWS does not let you read the log group" in text
    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text


def test_a_report_and_a_trace_have_pages(browser: Client) -> None:
    """An unknown one is not found."""
    assert "Published" in browser.get("/report?key=posts/naps.md", headers={"Host": HOST}).text
    assert "rendered" in browser.get(f"/trace?id={TRACE.correlation_id}", headers={"Host": HOST}).text
    for path in ("/report?key=none", "/report", "/trace?id=0", "/other"):
        assert 404 == browser.get(path, headers={"Host": HOST}).status_code


def test_states_are_listed_from_the_worst() -> None:
    """And within a state the newest upload first."""
    assert ["refused", "draft", "published"] == list(CONTENTS.by_state)
    assert CONTENTS.at < datetime.now(UTC)
