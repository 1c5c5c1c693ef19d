"""`dropcap newsletter`: preview or test a newsletter issue, or change its state."""

import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from dropcap.aws.issue_items import issue_item
from dropcap.errors import ConflictError, ServiceError
from dropcap.newsletter.account import DeliveryCounts
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.issue import BEFORE_FREEZING, SENDING, UNSENT, Issue, IssueState
from dropcap.newsletter.ledger import DeliveryState
from dropcap.newsletter.outcome import Outcome
from dropcap.site.reports.visible import visible
from dropcap.steps.newsletter.decide_issue import cancel_issue, hold_issue, release_issue, stop_issue
from dropcap.steps.newsletter.send_pages import resend_refused, resume_issue
from dropcap_cli.mail_preview import open_in_mailbox
from dropcap_cli.newsletter_tools import NewsletterTools
from dropcap_cli.outcomes import print_json, print_result
from dropcap_cli.remote.stack_lookup import find_stack
from dropcap_local.usage_error import UsageError

MISSED = (DeliveryState.REFUSED, DeliveryState.UNKNOWN, DeliveryState.LEFT, DeliveryState.BOUNCED)
"""States of recipients who did not, or perhaps did not, get the issue."""
DECIDED = UNSENT | {IssueState.STOPPED, IssueState.CANCELLED}
"""States that the reason of an issue is about."""
FIELDS = ("issue", "key", "title", "state", "reason", "send_after")


def run(arguments: Namespace) -> int:
    """Run the action that ARGUMENTS name on one issue."""
    if (arguments.action == "test") != (arguments.address is not None):
        raise UsageError("To send an issue to one address, type: dropcap newsletter test ISSUE ADDRESS")
    tools = NewsletterTools(find_stack(arguments, Path()))
    try:
        issue = tools.issue(arguments.issue)
        if issue is None:
            print(f"There is no issue {arguments.issue}.", file=sys.stderr)
            return 1
        return ACTIONS[arguments.action](tools, issue, arguments)
    except ConflictError as error:
        raise UsageError(f"The issue was changed at the same time; repeat the command ({error}).") from error
    except ServiceError as error:
        raise UsageError(f"AWS refused: {error}") from error


def _status(tools: NewsletterTools, issue: Issue, arguments: Namespace) -> int:
    account = tools.account(issue)
    missed = _missed(tools, issue) if account.number(*MISSED) else {}
    fields = {name: issue_item(issue)[name] for name in FIELDS}
    if arguments.json:
        print_json({**fields, "account": account.to_json(), "missed": missed})
        return 0
    print(visible(f"{issue.key}: {issue.title}"))
    print(visible(_state(issue)))
    for line in _lines(account):
        print(line)
    for address, state in missed.items():
        print(f"  {address}: {state}")
    return 0


def _state(issue: Issue) -> str:
    """Return the state of ISSUE with its reason, which a released issue keeps."""
    if not issue.reason:
        return issue.state
    released = issue.by_operator and issue.state not in DECIDED
    return f"{issue.state}, {'released by the operator; before: ' if released else ''}{issue.reason}"


def _lines(account: DeliveryCounts) -> list[str]:
    numbers = account.to_json()
    lines = [f"{name:>12}  {number:,}" for name, number in numbers.items() if isinstance(number, int)]
    reasons = {state: account.reasons(state) for state in DeliveryState}
    return lines + [f"{state}: {reason} {number:,}" for state, of in reasons.items() for reason, number in of.items()]


def _missed(tools: NewsletterTools, issue: Issue) -> dict[str, str]:
    """Return who did not get ISSUE and why, by address, or by hash if the address is deleted."""
    missed: dict[str, str] = {}
    for page in tools.newsletter.pages(issue.issue):
        entries = tools.ledger.entries(issue.issue, page.recipients)
        some = {who: entry for who, entry in entries.items() if entry.state in MISSED}
        subscribers = tools.subscribers.get_all(some)
        for who, entry in some.items():
            address = subscribers[who].address if who in subscribers else ""
            missed[address or who] = entry.counter
    return missed


def _preview(tools: NewsletterTools, issue: Issue, arguments: Namespace) -> int:
    raw = _message(tools, issue, "reader@example.org")
    path: Path = arguments.out or Path(f"{issue.issue}.eml")
    try:
        path.write_bytes(raw)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
    if address := open_in_mailbox(tools.stack, issue.issue, raw, browse=not arguments.json):
        return _say(arguments, issue, f"{path} is the newsletter of {issue.key}. It is shown at {address}")
    return _say(arguments, issue, f"{path} is the newsletter of {issue.key}. Open it in a mail program.")


def _test(tools: NewsletterTools, issue: Issue, arguments: Namespace) -> int:
    """Send the issue to one address, outside the account: the mail carries no tags of an issue."""
    if arguments.dry_run:
        return _say(arguments, issue, f"The issue would be sent to {arguments.address}.")
    result = tools.mail.send(_message(tools, issue, arguments.address), {})
    if result.outcome is Outcome.TAKEN:
        return _say(arguments, issue, f"SES accepted the mail to {arguments.address}.")
    print(f"SES did not accept the mail: {result.outcome} ({result.code}).", file=sys.stderr)
    return 1


def _message(tools: NewsletterTools, issue: Issue, typed: str) -> bytes:
    address = MailAddress.read(typed)
    if address is None:
        raise UsageError(f"{typed!r} is not a mail address.")
    letter = tools.letter(issue)
    return letter.rendered().spliced(address, f"{letter.site}/newsletter/")


def _hold(tools: NewsletterTools, issue: Issue, arguments: Namespace) -> int:
    change = lambda: hold_issue(tools, issue.issue, arguments.reason or "the operator holds it")  # noqa: E731
    return _decide(issue, arguments, change, "is held", {IssueState.WAITING})


def _release(tools: NewsletterTools, issue: Issue, arguments: Namespace) -> int:
    if issue.state in BEFORE_FREEZING and (objection := tools.objection(issue)):
        print(f"Nothing was changed. {objection}", file=sys.stderr)
        return 1
    change = lambda: release_issue(tools, issue.issue, now=datetime.now(UTC))  # noqa: E731
    return _decide(issue, arguments, change, "is being sent now", set(BEFORE_FREEZING))


def _stop(tools: NewsletterTools, issue: Issue, arguments: Namespace) -> int:
    account = tools.account(issue)
    if issue.state is IssueState.DELIVERING and not account.queued + account.number(DeliveryState.SENDING):
        print("Nothing was changed. All its mails have been sent.", file=sys.stderr)
        return 1
    reason = arguments.reason or "the operator stopped it"
    change = lambda: tools.noted(stop_issue(tools, issue.issue, reason))  # noqa: E731
    return _decide(issue, arguments, change, "stops within one page", set(SENDING))


def _cancel(tools: NewsletterTools, issue: Issue, arguments: Namespace) -> int:
    reason = arguments.reason or "the operator cancelled it"
    change = lambda: tools.noted(cancel_issue(tools, issue.issue, reason))  # noqa: E731
    return _decide(issue, arguments, change, "is cancelled", set(IssueState) - {IssueState.CANCELLED})


def _resume(tools: NewsletterTools, issue: Issue, arguments: Namespace) -> int:
    change = lambda: (resume_issue(tools.pages, issue.issue) or (None,))[0]  # noqa: E731
    states = {*SENDING, IssueState.STOPPED}
    return _decide(issue, arguments, change, "is being delivered again", states)


def _decide(
    issue: Issue, arguments: Namespace, change: Callable[[], Issue | None], result: str, states: set[IssueState]
) -> int:
    """Make the CHANGE, or only show it, if the issue is in one of STATES."""
    if issue.state in states and (arguments.dry_run or change()):
        return _say(
            arguments, issue, f"{issue.key}: its newsletter {'would be changed' if arguments.dry_run else result}."
        )
    print(f"Nothing was changed. The issue is {issue.state}.", file=sys.stderr)
    return 1


def _resend(tools: NewsletterTools, issue: Issue, arguments: Namespace) -> int:
    recipients = resend_refused(tools.pages, issue, dry_run=arguments.dry_run)
    verb = "would be" if arguments.dry_run else "are"
    return _say(arguments, issue, f"{len(recipients)} mails that SES refused {verb} sent again.")


def _say(arguments: Namespace, issue: Issue, sentence: str) -> int:
    print_result(sentence, as_json=arguments.json, issue=issue.issue, key=issue.key)
    return 0


ACTIONS: dict[str, Callable[[NewsletterTools, Issue, Namespace], int]] = {
    "status": _status,
    "preview": _preview,
    "test": _test,
    "hold": _hold,
    "release": _release,
    "stop": _stop,
    "resume": _resume,
    "cancel": _cancel,
    "resend-failed": _resend,
}
