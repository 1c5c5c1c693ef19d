"""Issues and the frozen pages of their recipients as attributes of items.

The names in this module are those at rest; see `post_items.py`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dropcap.contracts import Cause
from dropcap.newsletter.issue import Issue, IssueState, Page


def issue_item(issue: Issue) -> dict[str, Any]:
    """Return ISSUE as attributes of its item."""
    return {
        "issue": issue.issue,
        "key": issue.key,
        "title": issue.title,
        "state": str(issue.state),
        "opened_at": issue.opened_at.isoformat(),
        "send_after": issue.send_after.isoformat(),
        "cause": issue.cause.to_item(),
        "reason": issue.reason,
        "letter": issue.letter,
        "recipients": issue.recipients,
        "pages": issue.pages,
        "token": issue.token,
        "revision": issue.revision,
        "counted": issue.counted,
        "by_request": issue.by_request,
        "by_operator": issue.by_operator,
        "uploaded": issue.uploaded.isoformat() if issue.uploaded else "",
    }


def issue_of_item(item: Mapping[str, Any]) -> Issue:
    """Return the issue in the attributes of ITEM; other attributes are ignored."""
    return Issue(
        issue=item["issue"],
        key=item["key"],
        title=item["title"],
        state=IssueState(item["state"]),
        opened_at=datetime.fromisoformat(item["opened_at"]),
        send_after=datetime.fromisoformat(item["send_after"]),
        cause=Cause.of(item["cause"]),
        reason=item.get("reason", ""),
        letter=item.get("letter", ""),
        recipients=int(item.get("recipients", 0)),
        pages=int(item.get("pages", 0)),
        token=item.get("token", ""),
        revision=int(item.get("revision", 0)),
        counted=bool(item.get("counted", False)),
        by_request=bool(item.get("by_request", False)),
        by_operator=bool(item.get("by_operator", False)),
        uploaded=datetime.fromisoformat(item["uploaded"]) if item.get("uploaded") else None,
    )


def page_item(page: Page) -> dict[str, Any]:
    """Return PAGE as attributes of its item."""
    return {
        "shard": page.shard,
        "number": page.number,
        "recipients": list(page.recipients),
        "total": page.total,
        "closed": page.closed,
        "generation": page.generation,
    }


def page_of(item: Mapping[str, Any]) -> Page:
    """Return the page in the attributes of ITEM; other attributes are ignored."""
    return Page(
        shard=item["shard"],
        number=int(item["number"]),
        recipients=tuple(item["recipients"]),
        total=int(item["total"]),
        closed=bool(item["closed"]),
        generation=int(item.get("generation", 0)),
    )
