"""`dropcap issues`: list the newsletter issues that are held, or release one."""

import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from dropcap.aws.issue_items import issue_item
from dropcap.errors import ConflictError, ServiceError
from dropcap.newsletter.issue import BEFORE_FREEZING, Issue
from dropcap.site.reports.visible import visible
from dropcap.steps.newsletter.decide_issue import release_issue
from dropcap_cli.newsletter_tools import NewsletterTools
from dropcap_cli.outcomes import print_json, print_result
from dropcap_cli.remote.stack_lookup import find_stack
from dropcap_local.usage_error import UsageError

LISTED = ("issue", "key", "title", "state", "reason", "opened_at", "send_after")
"""Fields of an issue, for programs."""


def run(arguments: Namespace) -> int:
    """List the held issues, or release one."""
    if (arguments.action == "release") != (arguments.issue is not None):
        raise UsageError("To release an issue, type: dropcap issues release ISSUE")
    tools = NewsletterTools(find_stack(arguments, Path()))
    try:
        if arguments.issue:
            return _release(tools, arguments.issue, as_json=arguments.json)
        return _list(tools.newsletter.held_issues(), as_json=arguments.json)
    except ConflictError as error:
        raise UsageError(f"The issue was changed at the same time; repeat the command ({error}).") from error
    except ServiceError as error:
        raise UsageError(f"AWS refused: {error}") from error


def _list(issues: list[Issue], *, as_json: bool) -> int:
    if as_json:
        print_json({"issues": [{name: issue_item(issue)[name] for name in LISTED} for issue in issues]})
        return 0
    for issue in issues:
        print(visible(f"{issue.issue}  {issue.key}  {issue.title}"))
        print(visible(f"  held: {issue.reason}"))
    print(f"{len(issues)} held.{' To release one: dropcap issues release ISSUE' if issues else ''}")
    return 0


def _release(tools: NewsletterTools, name: str, *, as_json: bool) -> int:
    """Release the issue NAME, or the issue of the source NAME."""
    issue = tools.issue(name)
    if issue and issue.state in BEFORE_FREEZING and (objection := tools.objection(issue)):
        print(f"Nothing was released. {objection}", file=sys.stderr)
        return 1
    released = release_issue(tools, issue.issue, now=datetime.now(UTC)) if issue else None
    if released is None:
        state = f"The issue is {issue.state}." if issue else "There is no such issue."
        print(f"Nothing was released. {state}", file=sys.stderr)
        return 1
    sentence = f"{released.key}: its newsletter is being sent now."
    print_result(sentence, as_json=as_json, issue=released.issue, key=released.key)
    return 0
