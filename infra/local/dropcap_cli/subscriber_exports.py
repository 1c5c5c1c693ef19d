"""Subscribers as other services export them: CSV files, recognised by their columns.

Ghost, Substack, Buttondown, Mailchimp, Kit, listmonk and Dropcap itself; and any CSV file with a column `email`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dropcap.newsletter.address import MailAddress
from dropcap_cli.csv_rows import CsvRow, csv_rows
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
    """A row of an export at LINE. ADDRESS is None if it is invalid; SUBSCRIBES is False for those who left.

    SOURCE is where they consented, SINCE is when.
    """

    line: int
    typed: str
    address: MailAddress | None
    subscribes: bool
    since: str
    source: str
    fits: bool = True

    @property
    def objection(self) -> str:
        """Return what is wrong with a row that is invalid."""
        if self.fits:
            return f"{self.typed!r} is not a mail address"
        return "the row has more fields than columns; put a field that contains a comma between quotation marks"


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
RECEIVES = frozenset({"active", "confirmed", "subscribed", "enabled"})
"""Values of a column `status` for people who may be written to, where no rule of a service is known."""
OTHER_DATES = ("optin_time", "created_at", "changed_at")
"""Columns of the date of consent, where that of the service is empty or missing."""
OWN = "dropcap"
"""The name of an export of our own, which names the service where each person consented."""
MOST_NAMED, LONGEST_NAME = 12, 40
"""Columns that a message names, and the characters of each."""
NOT_SUBSCRIBED = ("unsubscribed", "nonsubscribed", "cleaned")
"""Beginnings of the names of the files that Mailchimp's archive has beside that of its subscribers."""

SERVICES = (
    Service(
        OWN, frozenset({"email", "standing", "source", "consented"}), "email", "consented",
        lambda row: row["standing"] == "confirmed",
    ),
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
        "kit", frozenset({"email", "first_name", "status"}), "email", "created_at",
        lambda row: row["status"].lower() in {"active", "confirmed"},
    ),
    Service(
        "kit", frozenset({"email", "first_name", "state"}), "email", "created_at",
        lambda row: row["state"].lower() in {"active", "confirmed"},
    ),
    Service(
        "csv", frozenset({"email"}), "email", "since",
        lambda row: row.get("status", row.get("state", "active")).strip().lower() in RECEIVES,
    ),
)  # fmt: skip
"""In the order in which they are tried: the most particular columns first."""


def exported_subscribers(path: Path) -> tuple[Service, list[ExportedSubscriber]]:
    """Read the CSV file at PATH; return the service that it is from, and its rows in order.

    Raise UsageError if it cannot be read, or no column has addresses.
    """
    written, rows = csv_rows(path)
    columns = tuple(map(_column, written))
    service = next((service for service in SERVICES if service.columns <= set(columns)), None)
    if service is None:
        raise UsageError(
            f"{path}:1: there is no column `email`{_among(written)}. Write the column names on the first line."
        )
    names = dict(zip(written, columns, strict=True))
    ended = path.name.lower().startswith(NOT_SUBSCRIBED)
    return service, [_exported(service, row, names, ended=ended) for row in rows]


def _among(columns: tuple[str, ...]) -> str:
    return f" among {', '.join(f'`{name[:LONGEST_NAME]}`' for name in columns[:MOST_NAMED])}" if columns else ""


def _exported(service: Service, row: CsvRow, names: Mapping[str, str], *, ended: bool) -> ExportedSubscriber:
    fields = {names[name]: value for name, value in row.fields.items()}
    typed = fields[service.email].strip()
    since = next(filter(None, (fields.get(name, "") for name in (service.since, *OTHER_DATES))), "")
    ended = ended or not ENDED.isdisjoint(fields.get(name, "").strip().lower() for name in ("status", "state"))
    return ExportedSubscriber(
        row.line,
        typed,
        MailAddress.read(typed) if row.fits else None,
        not ended and service.subscribes(fields),
        since,
        (service.name == OWN and fields["source"]) or service.name,
        row.fits,
    )


def _column(name: str) -> str:
    """Return the NAME of a column as services write it in other exports: lower case, `created at` as `created_at`."""
    lowered = name.strip().lower()
    if lowered == "email address":
        return lowered
    column = lowered.replace(" ", "_").rstrip("?")
    return "email" if column in {"email_address", "e-mail"} else column
