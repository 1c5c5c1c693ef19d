"""No source can run a script: in trusted folders, in mails, in the local mailbox and on the desk."""

import html
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from dropcap.document import ContentError, Conventions
from dropcap.document.html.sanitise import FRAMES_AND_FORMS
from dropcap.document.reading import read_document
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.letter import Letter
from dropcap.newsletter.mail_html import shown_in_mail
from dropcap.observability import CORRELATION_ID
from dropcap.site.content.absolute_urls import absolute
from dropcap.site.content.feed_and_mail_html import for_mail
from dropcap.site.theme import Theme
from dropcap.steps.newsletter.write_letter import MailLayout, confirmation_letter, issue_letter
from dropcap_cli.desk.app import Desk
from dropcap_cli.desk.contents import DeskContents, QueueRow, UploadRow
from dropcap_cli.tracing.log_entry import LogEntry
from dropcap_cli.tracing.trace import Trace
from dropcap_local.server.mailbox import Mailbox, MailboxContent
from dropcap_local.server.main_thread import MainThreadQueue
from support.active_html import active_parts, canaries
from support.desk_contents import AT, report
from support.documents import FIRST_SEEN
from support.newsletter_bench import NAPS, NOON, SITE
from support.payloads import WORDS, sources

ROOT = Path(__file__).parents[3]
LAYOUT = MailLayout(Theme(ROOT / "templates"), "news@example.org", "1 Way")
TEXTS = (
    "<script>canary()</script>",
    '"><img src=x onerror=canary()>',
    "' onmouseover='canary()",
    "</title></style></textarea><script>canary()</script>",
    "javascript:canary()",
    "{{ 7*7 }}{% raw %}<svg onload=canary()>",
    " ".join(" ".join(WORDS).split()),  # a header has one line
)
FORMULA = "math"
"""The element that render makes of a formula itself, after it has removed those of the author."""
FIELDS = FRAMES_AND_FORMS.keys() - {"iframe", "form"}
"""Fields outside of a form, which do nothing."""
OF_A_PAGE = ("meta", "style", "link")
"""Elements that the templates of mails and of the mailbox have themselves."""


def bodies(*, trusted: bool) -> Iterator[tuple[str, str]]:
    """Yield each source that is read, by its key, as the HTML that `render` stores."""
    for key, source in sources().items():
        try:
            yield (
                key,
                read_document(key, source.encode(), Conventions("UTC"), first_seen=FIRST_SEEN, trusted=trusted).html,
            )
        except ContentError:
            continue


def test_a_trusted_folder_keeps_frames_and_forms_that_run_nothing() -> None:
    """Its texts may show a film; they have no handler, and no address that is code."""
    acting = {key: active_parts(html, {*FRAMES_AND_FORMS, FORMULA}) for key, html in bodies(trusted=True)}
    assert {} == {key: parts for key, parts in acting.items() if parts}
    assert len(acting) > 150


@pytest.mark.parametrize("trusted", [False, True], ids=["any folder", "trusted folder"])
def test_a_text_in_a_mail_runs_nothing(*, trusted: bool) -> None:
    """Nor has it a frame or a form, which mail programs would not show."""
    url = "https://journal.example/p/"
    acting = {
        key: active_parts(absolute(shown_in_mail(for_mail(html), url, "{site}"), url), FIELDS if trusted else ())
        for key, html in bodies(trusted=trusted)
    }
    assert {} == {key: parts for key, parts in acting.items() if parts}


def letters(text: str) -> list[Letter]:
    """Return both kinds of letters of a site that has TEXT wherever an author may write."""
    site = replace(SITE, title=text, postal_address=text, sender=text, description=text)
    item = NAPS._replace(title=text, summary=text)
    return [issue_letter(LAYOUT, site, item, "<p>Enough.</p>", NOON), confirmation_letter(LAYOUT, site, NOON)]


@pytest.mark.parametrize("text", TEXTS)
def test_titles_names_and_addresses_in_a_mail_run_nothing(text: str) -> None:
    """They come from front matter, `site.yaml` and the stack's parameters."""
    for letter in letters(text):
        assert [] == active_parts(letter.html, OF_A_PAGE)


@pytest.fixture
def mailbox() -> Callable[[str], Client]:
    """Return a function that returns a client of a mailbox with letters and a strange mail of TEXT."""

    def client(text: str) -> Client:
        sources = [
            letter.rendered().spliced(MailAddress("ada@example.org"), "https://l.example") for letter in letters(text)
        ]
        strange = EmailMessage()
        strange["Subject"], strange["From"], strange["To"] = text, '"<b>" <a@example.org>', "b@example.org"
        strange.set_content(f"{text} https://example.org/{text}")
        strange.add_alternative(f"<p>{text}</p>", subtype="html")
        sources.append(bytes(strange))
        content = MailboxContent(
            lambda: [message_from_bytes(source, EmailMessage, policy=policy.default) for source in sources],
            lambda: sources,
            lambda: "https://journal.example",
            "http://127.0.0.1:1",
        )
        return Client(Request.application(Mailbox(content, MainThreadQueue()).answer))

    return client


@pytest.mark.parametrize("text", TEXTS)
def test_a_mail_in_the_local_mailbox_runs_nothing(mailbox: Callable[[str], Client], text: str) -> None:
    """Its words are text on the mailbox's own pages; its HTML is framed, in a sandbox in which no script runs."""
    client = mailbox(text)
    own = "script" if b"<script" in client.get("/").data else ""
    for path in ("/", "/1/", "/2/", "/3/"):
        page = client.get(path)
        assert [] == active_parts(page.text, (*OF_A_PAGE, "iframe", own)), path
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        assert page.text.count("<iframe") == page.text.count('sandbox="allow-popups allow-popups-to-escape-sandbox"')
    for path in ("/3/html", "/3/html/dark", "/3/html/unstyled"):
        rules = client.get(path).headers["Content-Security-Policy"]
        assert rules.startswith("sandbox ")
        assert "default-src 'none'" in rules
        assert "script" not in rules
    assert client.get("/3/source").headers["Content-Type"].startswith("text/plain")


class StrangeReader:
    """Reads a stack in which each text is TEXT."""

    def __init__(self, text: str) -> None:
        """Take the text."""
        self._text = text

    def read(self) -> DeskContents:
        """Return the contents."""
        text = self._text
        finding = {"message": text, "remedy": text, "line": 1, "column": 1, "source": text}
        mail = {"state": text, "when": text, "readers": 1, "reason": text, "account": {text: 1}}
        reports = [
            report(text, "refused", errors=[finding]), report(text, "published", mail=mail, url=f"https://x.example/{text}")
        ]  # fmt: skip
        queues = [QueueRow(text, 1, 1, 1), QueueRow(text, 1, 0, 0, text)]
        return DeskContents(text, AT, reports, queues, queues, [UploadRow(text, text, AT, text, 1.0, 1.0)], {}, [text])

    def trace(self, correlation_id: str) -> Trace | None:
        """Return a log of strange lines."""
        details = {
            CORRELATION_ID: correlation_id,
            "source": self._text,
            "etag": self._text,
            self._text: self._text,
            "uploaded": AT.isoformat(),
        }
        return Trace.of(correlation_id, [LogEntry(AT, self._text, "ERROR", self._text, details)])

    def report(self, key: str) -> dict[str, object] | None:
        """Return a strange report."""
        finding = {"message": self._text, "remedy": self._text, "line": 1, "column": 1, "source": self._text}
        return report(key, "refused", errors=[finding], warnings=[finding])


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_that_the_desk_shows_runs(text: str) -> None:
    """Keys, findings, log lines and queues are text; the only script is the desk's own file."""

    def at_once(page: Callable[[], Response]) -> Response:
        return page()

    client = Client(Request.application(Desk(StrangeReader(text), every=1, run=at_once).answer))
    for path in ("/", "/report", "/trace"):
        page = client.get(path, query_string={"key": text, "id": text}, headers={"Host": "127.0.0.1:4010"})
        assert 200 == page.status_code
        own = page.text.replace('<script src="/desk.js" defer></script>', "")
        assert [] == active_parts(own, ("meta", "link")), path


@pytest.mark.parametrize("attack", WORDS[:-1])
def test_a_canary_that_is_more_than_text_is_noticed(attack: str) -> None:
    """In an element, an attribute or an address; as text, as a label and in JSON-LD it does nothing."""
    quoted = html.escape(attack)
    harmless = f'<title>{quoted}</title><p title="{quoted}">{quoted}</p><meta name="description" content="{quoted}">'
    assert [] == canaries(f'{harmless}<script type="application/ld+json">{{"name": "canary()"}}</script>')
    raw = [f"<p>{attack}</p>", f'<p title="{attack}">', f"<p title='{attack}'>", f'<a href="{attack}">a</a>']
    assert any(map(canaries, raw))


def test_what_acts_is_noticed() -> None:
    """The look at the pages above finds elements, handlers and addresses, also behind blanks."""
    html = '<p onclick="x()"><a href="\u00a0java\u200bscript:x()">a</a><iframe src="/x" srcdoc="x"></iframe></p>'
    assert 4 == len(active_parts(html))
    assert [] == active_parts('<p><a href="/x/?a=b:c">a</a><img src="https://x.example/a.png"></p>')
