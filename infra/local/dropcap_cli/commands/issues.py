"""`dropcap issues`: list the newsletter issues that are held, or let one go."""

import sys
from argparse import Namespace
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from dropcap.aws.catalog import Catalog
from dropcap.aws.issue_items import issue_item
from dropcap.aws.newsletter import Newsletter
from dropcap.aws.queues import Queue
from dropcap.aws.table import Table
from dropcap.errors import ServiceError
from dropcap.newsletter.issue import Issue
from dropcap.newsletter.news import issue_of
from dropcap.steps.newsletter.open_issue import release_issue
from dropcap_cli.outcomes import print_json
from dropcap_cli.remote.stack_lookup import Stack, stack_meant
from dropcap_local.usage_error import UsageError

TOLD = ("issue", "key", "title", "state", "reason", "opened_at", "send_after")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the operator works with."""

    catalog: Catalog
    newsletter: Newsletter
    queue: Queue

    @classmethod
    def of(cls, stack: Stack) -> "Desk":
        """Set it up for STACK."""
        dynamodb = stack.client("dynamodb")
        return cls(
            Catalog(Table(dynamodb, stack.ids["CatalogTable"]), ""),
            Newsletter(dynamodb, stack.ids["NewsletterTable"], lambda: uuid4().hex),
            Queue(stack.client("sqs"), stack.ids["IssueQueue"]),
        )


def run(given: Namespace) -> int:
    """List what is held, or let one issue go."""
    if (given.action == "release") != (given.issue is not None):
        raise UsageError("To let an issue go, write: dropcap issues release ISSUE")
    desk = Desk.of(stack_meant(given, Path()))
    try:
        return _release(desk, given.issue) if given.issue else _list(desk.newsletter.held(), as_json=given.json)
    except ServiceError as error:
        raise UsageError(f"AWS did not do as asked: {error}") from error


def _list(held: list[Issue], *, as_json: bool) -> int:
    if as_json:
        print_json({"issues": [{name: issue_item(one)[name] for name in TOLD} for one in held]})
        return 0
    for one in held:
        print(f"{one.issue}  {one.key}  {one.title}\n  held: {one.reason}")
    print(f"{len(held)} held.{' Let one go with: dropcap issues release ISSUE' if held else ''}")
    return 0


def _release(desk: Desk, named: str) -> int:
    """Let the issue NAMED go, or that of the source NAMED."""
    known = desk.newsletter.issue(named) or desk.newsletter.issue(issue_of(named.removeprefix("content/")))
    released = release_issue(desk, known.issue, now=datetime.now(UTC)) if known else None
    if released is None:
        state = f"It is {known.state}." if known else "There is no such issue."
        print(f"Nothing was let go. {state}", file=sys.stderr)
        return 1
    print(f"{released.key}: its newsletter goes out now.")
    return 0
