"""The sum of each page of an issue's recipients: how many entries are in which state.

ISSUE#<issue>  SUM#<page>          changed by senders; `done` once nothing on the page is left to send, `generation`,
                                   and `reopened`: how many mails of the page were queued again
ISSUE#<issue>  SUM#<page>#events   changed by SES events
ISSUE#<issue>  DONE                how many pages are done

Senders and events count in two items, so that they do not contend; each counter may be negative alone, and their sum
is the page's. A counter is named as `counter_of` says.
"""

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dropcap.aws.conditional import expressions
from dropcap.aws.table import Table
from dropcap.aws.transactions import Action, transact, update_action
from dropcap.newsletter.ledger import LedgerLine

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SENDERS, EVENTS, DONE, REOPENED = "", "#events", "done", "reopened"
NOT_COUNTERS = frozenset({"pk", "sk", DONE, "generation", REOPENED})
ALL_SUMS = 100_000
"""More pages than any issue has."""

SAME_PAGE = "(attribute_not_exists(#generation) OR #generation = :generation)"


class PageSums:
    """The sums of pages. All methods raise ServiceError."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        """Store the CLIENT and the NAME of the newsletter's table."""
        self._client = client
        self._name = name
        self._table = Table(client, name)

    def counts(self, issue: str) -> dict[str, int]:
        """Return the counts of ISSUE, by counter."""
        total: Counter[str] = Counter()
        for item in self._items(issue):
            total.update({name: int(number) for name, number in item.items() if name not in NOT_COUNTERS})
        return dict(total)

    def done(self, issue: str) -> set[str]:
        """Return the names of the pages of ISSUE on which nothing is left to send."""
        return {item["sk"].removeprefix("SUM#") for item in self._items(issue) if DONE in item}

    def mark_done(self, issue: str, page: str, reopened: int) -> bool:
        """Record that nothing on PAGE is left to send, once, if no mail was queued again after REOPENED ones.

        Return False if it is done already, or a mail was queued again.
        """
        same = "#reopened = :reopened" if reopened else "attribute_not_exists(#reopened)"
        values = {"reopened": reopened} if reopened else {}
        where = f"attribute_not_exists(#done) AND {same}"
        mark = expressions(change="SET #done = :yes", where=where, yes=1, **values)
        count = {"UpdateExpression": "ADD pages :step", "ExpressionAttributeValues": {":step": {"N": "1"}}}
        return not transact(
            self._client,
            [
                update_action(self._name, sum_key(issue, page, SENDERS), mark),
                update_action(self._name, done_key(issue), count),
            ],
        )

    def done_pages(self, issue: str) -> int:
        """Return on how many pages of ISSUE nothing is left to send."""
        item = self._table.get(done_key(issue))
        return int(item["pages"]) if item else 0

    def reopen(self, issue: str, page: str) -> None:
        """Record that something on PAGE is to be sent again."""
        mark = expressions(change="REMOVE #done", where="attribute_exists(#done)")
        count = {"UpdateExpression": "ADD pages :less", "ExpressionAttributeValues": {":less": {"N": "-1"}}}
        transact(
            self._client,
            [
                update_action(self._name, sum_key(issue, page, SENDERS), mark),
                update_action(self._name, done_key(issue), count),
            ],
        )

    def _items(self, issue: str) -> list[dict[str, Any]]:
        return self._table.query(f"ISSUE#{issue}", most=ALL_SUMS, where={"start": "SUM#"})


def sum_change(table: str, line: LedgerLine, by: str, before: str, after: str) -> list[Action]:
    """Return the change of the sum of LINE's page when senders or events (BY) move an entry from BEFORE to AFTER.

    A sender's change also demands that the page is of the generation that the sender has read. Nothing is returned
    where pages keep no sums, or the counters are the same.
    """
    if not line.page or before == after:
        return []
    names, values, change = _steps(before, after)
    arguments: dict[str, Any] = {"UpdateExpression": change}
    if by == SENDERS:
        names = {**names, "#generation": "generation"}
        values = {**values, ":generation": {"N": str(line.generation)}}
        arguments["ConditionExpression"] = SAME_PAGE
    arguments |= {"ExpressionAttributeNames": names, "ExpressionAttributeValues": values}
    return [update_action(table, sum_key(line.issue, line.page, by), arguments)]


@lru_cache(maxsize=200)
def _steps(before: str, after: str) -> tuple[dict[str, str], dict[str, dict[str, str]], str]:
    """Return names, values and expression for one less in the counter BEFORE and one more in AFTER, where named."""
    steps = [(name, number) for name, number in ((before, "-1"), (after, "1")) if name]
    names = {f"#c{place}": name for place, (name, _) in enumerate(steps)}
    values = {f":c{place}": {"N": number} for place, (_, number) in enumerate(steps)}
    return names, values, "ADD " + ", ".join(f"#c{place} :c{place}" for place in range(len(steps)))


def reopening(table: str, line: LedgerLine, page: str, before: str) -> Action:
    """Return the change of the sum of PAGE when an entry goes from counter BEFORE back to the queue.

    It demands that the page is not done (see `PageSums.reopen`), and prevents a sender that has read it earlier from
    marking it done. The counter is that of LINE's page, where pages keep sums.
    """
    counter = {"#counter": before} if line.page and before else {}
    steps = ["#reopened :step", *(["#counter :less"] if counter else [])]
    less = {":less": {"N": "-1"}} if counter else {}
    return update_action(
        table,
        sum_key(line.issue, page, SENDERS),
        {
            "UpdateExpression": f"ADD {', '.join(steps)}",
            "ConditionExpression": f"attribute_not_exists(#done) AND {SAME_PAGE}",
            "ExpressionAttributeNames": {
                "#reopened": REOPENED, "#done": DONE, "#generation": "generation", **counter,
            },
            "ExpressionAttributeValues": {
                ":step": {"N": "1"}, ":generation": {"N": str(line.generation)}, **less,
            },
        },
    )  # fmt: skip


def sum_key(issue: str, page: str, by: str) -> tuple[str, str]:
    """Return the key of the sum of PAGE that is changed BY senders or events."""
    return f"ISSUE#{issue}", f"SUM#{page}{by}"


def done_key(issue: str) -> tuple[str, str]:
    """Return the key of the number of pages of ISSUE that are done."""
    return f"ISSUE#{issue}", "DONE"
