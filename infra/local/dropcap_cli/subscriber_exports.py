"""Subscribers as other services export them: CSV files, recognised by their columns.

Ghost, Substack, Buttondown, Mailchimp, Kit and listmonk; and any CSV file with a column `email`.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dropcap.newsletter.address import MailAddress
from dropcap_local.usage_error import UsageError

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Service:
    """A service that exports subscribers: the COLUMNS by which its file is known, and how its rows are read.

    EMAIL and SINCE name the columns of the address and of the date of consent. SUBSCRIBES tells whether the person in a
    row may be written to.
    """

    name: str
    columns: frozenset[str]
    email: str
    since: str
    subscribes: Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class ExportedSubscriber:
    """A row of an export at LINE. ADDRESS is None if it is invalid; SUBSCRIBES is False for those who left."""

    line: int
    typed: str
    address: MailAddress | None
    subscribes: bool
    since: str


def _is_true(text: str) -> bool:
    return text.strip().lower() in {"true", "yes", "1", "y"}


ACTIVE_AT_BUTTONDOWN = frozenset({"regular", "premium", "gifted", "free", "trialed", "churning"})
"""Types that get mail (Buttondown's API reference, "Subscribers"); `unactivated` ones have never confirmed."""
ENDED = frozenset(
    {
        "unsubscribed", "cancelled", "canceled", "inactive", "unconfirmed", "bounced", "complained", "cleaned",
        "blocklisted", "blocked", "disabled", "removed", "deleted",
    }
)  # fmt: skip
"""Values of a column `status` or `state`, at any service, for people who must not be written to."""
NOT_SUBSCRIBED = ("unsubscribed", "nonsubscribed", "cleaned")
"""Beginnings of the names of the files that Mailchimp's archive has beside that of its subscribers."""

SERVICES = (
    Service(
        "ghost", frozenset({"email", "subscribed_to_emails"}), "email", "created_at",
        lambda row: _is_true(row["subscribed_to_emails"]) and not row.get("deleted_at"),
    ),
    Service(
        "substack", frozenset({"email", "email_disabled"}), "email", "created_at",
        lambda row: not _is_true(row["email_disabled"]),
    ),
    Service(
        "listmonk", frozenset({"uuid", "email", "attributes", "status"}), "email", "created_at",
        lambda row: row["status"] == "enabled",
    ),
    Service(
        "buttondown", frozenset({"email", "creation_date"}), "email", "creation_date",
        lambda row: row.get("type", row.get("subscriber_type", "regular")) in ACTIVE_AT_BUTTONDOWN
        and not row.get("unsubscription_date"),
    ),
    Service(
        "mailchimp", frozenset({"email address"}), "email address", "confirm_time",
        lambda row: not row.get("unsub_time") and not row.get("clean_time"),
    ),
    Service(
        "kit", frozenset({"email", "status"}), "email", "created_at",
        lambda row: row["status"].lower() in {"active", "confirmed"},
    ),
    Service(
        "kit", frozenset({"email", "state"}), "email", "created_at",
        lambda row: row["state"].lower() in {"active", "confirmed"},
    ),
    Service("csv", frozenset({"email"}), "email", "since", lambda _row: True),
)  # fmt: skip
"""In the order in which they are tried: the most particular columns first."""


def exported_subscribers(path: Path) -> tuple[Service, list[ExportedSubscriber]]:
    """Read the CSV file at PATH; return the service that it is from, and its rows in order.

    Raise UsageError if it cannot be read, or no column has addresses.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}. Name a CSV file in UTF-8.") from error
    reader = csv.DictReader(lines, skipinitialspace=True, restval="", restkey="further")
    reader.fieldnames = [_column(name) for name in reader.fieldnames or ()]
    service = next((service for service in SERVICES if service.columns <= set(reader.fieldnames)), None)
    if service is None:
        raise UsageError(f"{path}:1: no column holds mail addresses. Name one of the columns `email`.")
    ended = path.name.lower().startswith(NOT_SUBSCRIBED)
    return service, [_exported(service, row, reader.line_num, ended=ended) for row in reader]


def _exported(service: Service, row: Row, line: int, *, ended: bool) -> ExportedSubscriber:
    typed = row[service.email].strip()
    since = row.get(service.since) or row.get("optin_time") or ""
    ended = ended or not ENDED.isdisjoint(row.get(name, "").strip().lower() for name in ("status", "state"))
    return ExportedSubscriber(line, typed, MailAddress.read(typed), not ended and service.subscribes(row), since)


def _column(name: str) -> str:
    """Return the NAME of a column as services write it in other exports: lower case, `created at` as `created_at`."""
    lowered = name.strip().lower()
    if lowered == "email address":
        return lowered
    column = lowered.replace(" ", "_").rstrip("?")
    return "email" if column in {"email_address", "e-mail"} else column
