"""`dropcap issues`: list the newsletter issues that are held, or release one."""

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
from dropcap.steps.newsletter.decide_issue import release_issue
from dropcap_cli.outcomes import print_json
from dropcap_cli.remote.stack_lookup import RemoteStack, find_stack
from dropcap_local.usage_error import UsageError

LISTED = ("issue", "key", "title", "state", "reason", "opened_at", "send_after")
"""Fields of an issue, for programs."""


@dataclass(frozen=True, slots=True)
class IssueTools:
    """The tables and the queue that releasing an issue needs."""

    catalog: Catalog
    newsletter: Newsletter
    queue: Queue

    @classmethod
    def of(cls, stack: RemoteStack) -> "IssueTools":
        """Connect to those of STACK."""
        dynamodb = stack.client("dynamodb")
        return cls(
            Catalog(Table(dynamodb, stack.ids["CatalogTable"]), ""),
            Newsletter(dynamodb, stack.ids["NewsletterTable"], lambda: uuid4().hex),
            Queue(stack.client("sqs"), stack.ids["IssueQueue"]),
        )


def run(arguments: Namespace) -> int:
    """List the held issues, or release one."""
    if (arguments.action == "release") != (arguments.issue is not None):
        raise UsageError("To release an issue, type: dropcap issues release ISSUE")
    tools = IssueTools.of(find_stack(arguments, Path()))
    try:
        if arguments.issue:
            return _release(tools, arguments.issue)
        return _list(tools.newsletter.held_issues(), as_json=arguments.json)
    except ServiceError as error:
        raise UsageError(f"AWS refused: {error}") from error


def _list(issues: list[Issue], *, as_json: bool) -> int:
    if as_json:
        print_json({"issues": [{name: issue_item(issue)[name] for name in LISTED} for issue in issues]})
        return 0
    for issue in issues:
        print(f"{issue.issue}  {issue.key}  {issue.title}\n  held: {issue.reason}")
    print(f"{len(issues)} held.{' To release one: dropcap issues release ISSUE' if issues else ''}")
    return 0


def _release(tools: IssueTools, name: str) -> int:
    """Release the issue NAME, or the issue of the source NAME."""
    issue = tools.newsletter.issue(name) or tools.newsletter.issue(issue_of(name.removeprefix("content/")))
    released = release_issue(tools, issue.issue, now=datetime.now(UTC)) if issue else None
    if released is None:
        state = f"The issue is {issue.state}." if issue else "There is no such issue."
        print(f"Nothing was released. {state}", file=sys.stderr)
        return 1
    print(f"{released.key}: its newsletter is being sent now.")
    return 0
