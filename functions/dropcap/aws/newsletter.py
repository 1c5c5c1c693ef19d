"""Issues and the frozen pages of their recipients, in the newsletter's table.

ISSUE#<issue>  ISSUE            the issue
ISSUE#<issue>  PAGE#<shard>-<n> a page: hashes only, written once
LIKE#<what>    LIKE             which issue has this id, this text, this title and date
HELD           <issue>          a list for the operator
PACE           PACE             when the last issues were opened, and those that only `newsletter: true` made news
ISSUE#<issue>  SUM#…, DONE      see `page_sums.py`
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from dropcap.aws.failures import service_errors
from dropcap.aws.issue_items import issue_item, issue_of_item, page_item, page_of
from dropcap.aws.page_sums import DONE, REOPENED, SENDERS, sum_key
from dropcap.aws.subscribers import stamp
from dropcap.aws.table import Check, Item, Table
from dropcap.contracts import Cause
from dropcap.errors import ConflictError
from dropcap.newsletter.address import SHARDS
from dropcap.newsletter.issue import Issue, IssueState, Page, page_name
from dropcap.newsletter.opening import Opening, Precedents, without_own
from dropcap.site.post import ItemKey

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PACE = ("PACE", "PACE")


class Newsletter:
    """Issues and pages of recipients. All methods raise ServiceError, those that write an issue also ConflictError."""

    def __init__(self, client: "DynamoDBClient", name: str, token: Callable[[], str]) -> None:
        """Store the CLIENT, the table's NAME, and TOKEN, which makes a random name for a commit."""
        self._client = client
        self._name = name
        self._table = Table(client, name)
        self._token = token
        self._began: datetime | None = None

    def began_at(self) -> datetime:
        """Return the time at which the newsletter was set up: that of its table, which is read once."""
        if self._began is None:
            with service_errors("DescribeTable"):
                self._began = self._client.describe_table(TableName=self._name)["Table"]["CreationDateTime"]
        return self._began

    def issue(self, issue: str) -> Issue | None:
        """Return the issue with the name ISSUE."""
        item = self._table.get(_issue_key(issue))
        return issue_of_item(item) if item else None

    def held_issues(self, most: int = 1_000) -> list[Issue]:
        """Return the issues that wait for the operator, by name."""
        names = [item["sk"] for item in self._table.query("HELD", most=most)]
        return [issue for issue in map(self.issue, names) if issue]

    def precedents(self, issue: str, similarity_keys: Mapping[str, str]) -> Precedents:
        """Return what is stored of ISSUE and of its SIMILARITY_KEYS (name for people ▶ what no two issues share)."""
        keys = {what: _like_key(likeness) for what, likeness in similarity_keys.items()}
        items = self._table.get_all([_issue_key(issue), PACE, *keys.values()])
        item, pace = items.get(_issue_key(issue)), items.get(PACE)
        owners = {what: items[key]["issue"] for what, key in keys.items() if key in items}
        before = issue_of_item(item) if item else None
        return Precedents(
            before,
            {what: owner for what, owner in owners.items() if owner != issue},
            without_own(before, _times(pace, "opened")),
            pace["token"] if pace else None,
            without_own(before, _times(pace, "requested")),
            frozenset(what for what, owner in owners.items() if owner == issue),
        )

    def open(self, opening: Opening, before: Precedents) -> None:
        """Write the issue of OPENING; raise ConflictError if BEFORE is out of date.

        An issue that will be mailed is counted for the limits; one that is held goes on the operator's list.
        """
        issue = opening.issue
        likes = {what: self._like(key, issue) for what, key in opening.takes.items()}
        checks = [Check((item["pk"], item["sk"]), None) for what, item in likes.items() if what not in before.alike]
        checks.append(Check(_issue_key(issue.issue), before.issue.token if before.issue else None))
        checks += [Check(_issue_key(other.issue), other.token) for other in opening.instead]
        puts = [self._item(issue), *likes.values(), *_held_item(issue)]
        if issue.state is IssueState.WAITING:
            requested = [*opening.requested, *([issue.opened_at] if issue.by_request else [])]
            puts.append(
                {
                    "pk": PACE[0],
                    "sk": PACE[1],
                    "opened": [stamp(at) for at in (*opening.recent, issue.opened_at)],
                    "requested": [stamp(at) for at in requested],
                    "token": self._token(),
                }
            )
            checks.append(Check(PACE, before.pace))
        self._table.commit(puts, _unheld(before.issue, issue), checks)

    def change(self, before: Issue, after: Issue) -> Issue:
        """Write the issue AFTER a step, if it still is as BEFORE; return it as it is now. Raises ConflictError."""
        after = replace(after, token=self._token(), revision=before.revision + 1)
        puts = [self._item(after), *_held_item(after)]
        self._table.commit(puts, _unheld(before, after), [Check(_issue_key(before.issue), before.token)])
        return after

    def visit(self, issue: str, page: str) -> tuple[Issue | None, Page | None, bool, int]:
        """Return the ISSUE, its PAGE, whether that is done, and how often it was reopened, by one call."""
        keys = (_issue_key(issue), _page_key(issue, page), sum_key(issue, page, SENDERS))
        items = self._table.get_all(keys)
        issue_found, page_found, total = (items.get(key) for key in keys)
        return (
            issue_of_item(issue_found) if issue_found else None,
            page_of(page_found) if page_found else None,
            DONE in (total or {}),
            int((total or {}).get(REOPENED, 0)),
        )

    def last_page(self, issue: str, shard: str) -> Page | None:
        """Return the last page of ISSUE's recipients in SHARD that was written."""
        start = _page_key(issue, f"{shard}-")[1]
        items = self._table.query(f"ISSUE#{issue}", most=1, newest_first=True, where={"start": start})
        return page_of(items[0]) if items else None

    def last_pages(self, issue: str) -> list[Page]:
        """Return the last page of every shard that has one."""
        pages = (self.last_page(issue, shard) for shard in SHARDS)
        return [page for page in pages if page]

    def page(self, issue: str, name: str) -> Page | None:
        """Return the page NAME of ISSUE's recipients."""
        item = self._table.get(_page_key(issue, name))
        return page_of(item) if item else None

    def pages(self, issue: str) -> Iterator[Page]:
        """Yield every page of ISSUE that has recipients, shard by shard."""
        for end in self.last_pages(issue):
            for number in range(1, end.number + 1):
                page = self.page(issue, page_name(end.shard, number))
                if page and page.recipients:
                    yield page

    def write_page(self, issue: str, page: Page, cause: Cause) -> Page:
        """Write PAGE once; if it exists already, return the page that was written first."""
        key = _page_key(issue, page.name)
        item: Item = {"pk": key[0], "sk": key[1], **page_item(page), "cause": cause.to_item()}
        try:
            self._table.commit([item], checks=[Check(key, None)])
        except ConflictError:
            written = self.page(issue, page.name)
            if written is None:
                raise
            return written
        return page

    def _item(self, issue: Issue) -> Item:
        pk, sk = _issue_key(issue.issue)
        return {"pk": pk, "sk": sk, **issue_item(issue if issue.token else replace(issue, token=self._token()))}

    def _like(self, likeness: str, issue: Issue) -> Item:
        pk, sk = _like_key(likeness)
        return {"pk": pk, "sk": sk, "issue": issue.issue, "cause": issue.cause.to_item()}


def _times(pace: Item | None, name: str) -> tuple[datetime, ...]:
    return tuple(datetime.fromisoformat(at) for at in (pace or {}).get(name, ()))


def _held_item(issue: Issue) -> list[Item]:
    if issue.state is not IssueState.HELD:
        return []
    return [{"pk": "HELD", "sk": issue.issue, "cause": issue.cause.to_item()}]


def _unheld(before: Issue | None, after: Issue) -> list[ItemKey]:
    """Return the keys to delete from the operator's list when the issue BEFORE becomes AFTER."""
    was_held = before is not None and before.state is IssueState.HELD
    return [("HELD", after.issue)] if was_held and after.state is not IssueState.HELD else []


def _issue_key(issue: str) -> tuple[str, str]:
    return f"ISSUE#{issue}", "ISSUE"


def _page_key(issue: str, name: str) -> tuple[str, str]:
    return f"ISSUE#{issue}", f"PAGE#{name}"


def _like_key(likeness: str) -> tuple[str, str]:
    return f"LIKE#{likeness}", "LIKE"
