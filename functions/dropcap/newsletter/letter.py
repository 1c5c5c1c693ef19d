"""Letters: a MIME message rendered once and spliced per recipient.

Building a message with `email.message` costs 1.5 ms, splicing one some microseconds. Headers for programs, such as
`List-Unsubscribe`, are one line of at most 998 octets (RFC 5322, 2.1.1): Python would encode a long one as RFC 2047
says, and Gmail then ignores it. Headers for people are folded (see `mail_header`).
"""

import json
import re
from binascii import b2a_qp
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from typing import Self
from urllib.parse import urlsplit

from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.ascii_url import ascii_host, ascii_url
from dropcap.newsletter.mail_header import address_header, in_header, text_header
from dropcap.patterns import lazy_pattern

FOR_PROGRAMS = policy.SMTP.clone(max_line_length=998)
LONGEST_SUBJECT = 250
_LINE_END = lazy_pattern(r"\r\n|\r|\n")
_LINK = lazy_pattern(r"https?://[!#-;=?-~]{1,900}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Letter:
    """The part of a mail that all recipients share: SUBJECT, HTML and TEXT, from NAME at ADDRESS, written AT a time.

    MARK in HTML and TEXT is replaced by each recipient's own link. LIST_ID names the list (RFC 2919); a letter
    without one is not sent to a list, and carries no List-Unsubscribe. SITE is the site's address, REPLY_TO
    receives answers unless it is empty.
    """

    subject: str
    html: str
    text: str
    mark: str
    name: str
    address: str
    at: datetime
    site: str
    list_id: str = ""
    reply_to: str = ""

    def to_json(self) -> str:
        """Return the letter as JSON, so that later edits of its post change nothing; same letter, same bytes."""
        stored = {
            "subject": self.subject,
            "html": self.html,
            "text": self.text,
            "mark": self.mark,
            "name": self.name,
            "address": self.address,
            "at": self.at.isoformat(),
            "site": self.site,
            "list_id": self.list_id,
            "reply_to": self.reply_to,
        }
        return json.dumps(stored, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the letter that `to_json` wrote."""
        stored: Mapping[str, str] = json.loads(text)
        return cls(
            subject=stored["subject"],
            html=stored["html"],
            text=stored["text"],
            mark=stored["mark"],
            name=stored["name"],
            address=stored["address"],
            at=datetime.fromisoformat(stored["at"]),
            site=stored["site"],
            list_id=stored.get("list_id", ""),
            reply_to=stored.get("reply_to", ""),
        )

    def to_list(self, list_id: str) -> Self:
        """Return the same letter, sent to the list LIST_ID."""
        return replace(self, list_id=list_id)

    def rendered(self) -> "Rendered":
        """Return the message, ready for splicing."""
        boundary = f"=_{sha256(self.to_json().encode()).hexdigest()[:40]}"
        kind = f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
        line, end = f"\r\n--{boundary}\r\n".encode(), f"\r\n--{boundary}--\r\n".encode()
        text, html = (self._part(kind, body) for kind, body in (("plain", self.text), ("html", self.html)))
        head = self._for_programs() + self._for_people() + kind.encode() + line
        return Rendered((head + text[0], *text[1:]), (line + html[0], *html[1:]), end, bool(self.list_id))

    def _for_people(self) -> bytes:
        sender = address_header("From", self.name, self.address)
        subject = text_header("Subject", in_header(self.subject)[:LONGEST_SUBJECT])
        reply_to = address_header("Reply-To", "", self.reply_to) if self.reply_to else b""
        date = f"Date: {format_datetime(self.at.astimezone(UTC))}\r\n"
        return sender + reply_to + subject + date.encode("ascii")

    def _for_programs(self) -> bytes:
        message = EmailMessage(FOR_PROGRAMS)
        if self.list_id:
            message["List-Id"] = f"<{ascii_host(in_header(self.list_id))}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
            message["Precedence"] = "bulk"
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        host = urlsplit(ascii_url(self.site)).hostname
        message["Feedback-ID"] = f"{'issue' if self.list_id else 'confirmation'}:{host}:dropcap"
        return message.as_bytes().removesuffix(b"\r\n")

    def _part(self, kind: str, body: str) -> list[bytes]:
        """Return the alternative of this KIND, cut where each recipient's own link is inserted."""
        header = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        first, *rest = (_quoted(piece) for piece in f"{body.rstrip()}\n".split(self.mark))
        return [header.encode() + first, *rest]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message without its recipient, cut where the link is inserted: TEXT's pieces first, then HTML's."""

    text: tuple[bytes, ...]
    html: tuple[bytes, ...]
    end: bytes
    to_a_list: bool

    def spliced(self, to: MailAddress, link: str) -> bytes:
        """Return the bytes for one recipient, whose own LINK unsubscribes (RFC 8058) or confirms; ASCII throughout."""
        link = ascii_url(link)
        if not _LINK.fullmatch(link):
            message = "a link for a header must be http or https and hold nothing that ends it"
            raise ValueError(message)
        head = f"To: {to.written}\r\n"
        if self.to_a_list:
            head += f"List-Unsubscribe: <{link}>\r\n"
        texts, htmls = _own_line(link).join(self.text), _own_line(escape(link)).join(self.html)
        return head.encode("ascii") + texts + htmls + self.end


def mark_for(*parts: str) -> str:
    """Return a mark that no author can have written into PARTS, because it is their hash."""
    return f"link-{sha256(' '.join(parts).encode()).hexdigest()}"


def _quoted(text: str) -> bytes:
    """Encode TEXT as quoted-printable (RFC 2045, 6.7), with CRLF; what cannot be encoded becomes a question mark."""
    lines = _LINE_END.sub("\r\n", text).encode("utf-8", "replace")
    return b2a_qp(lines, istext=True).replace(b"=\n", b"=\r\n")


def _own_line(link: str) -> bytes:
    """Return LINK between soft line breaks, which mail programs remove."""
    return b"=\r\n" + _quoted(link) + b"=\r\n"
