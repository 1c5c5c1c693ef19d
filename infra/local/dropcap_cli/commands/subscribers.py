"""`dropcap subscribers`: count, show, import, export, erase subscribers, and lift a suppression."""

import csv
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import TextIO

from dropcap.aws.subscribers import SUPPRESSED
from dropcap.errors import ConflictError, ServiceError
from dropcap.newsletter.address import MailAddress
from dropcap_cli.newsletter_tools import NewsletterTools
from dropcap_cli.outcomes import print_json, print_result
from dropcap_cli.progress import Waiting
from dropcap_cli.remote.stack_lookup import find_stack
from dropcap_cli.subscriber_exports import exported_subscribers
from dropcap_cli.subscriber_import import adding, import_subscribers
from dropcap_local.usage_error import UnfinishedError, UsageError

EXPORTED = ("address", "standing", "changed_at", "source", "consented")
SECRET = frozenset({"pk", "token", "question"})


def run(arguments: Namespace) -> int:
    """Run the action that ARGUMENTS name."""
    if arguments.dry_run and arguments.yes:
        raise UsageError("--dry-run changes nothing, and --yes does: choose one.")
    if arguments.action not in {"count", "export"} and not arguments.target:
        what = "a CSV file" if arguments.action == "import" else "a mail address"
        raise UsageError(f"Name {what}: dropcap subscribers {arguments.action} TARGET")
    tools = NewsletterTools(find_stack(arguments, Path()))
    try:
        return ACTIONS[arguments.action](tools, arguments)
    except ConflictError as error:
        raise UsageError(f"Not done yet: {error}.") from error
    except ServiceError as error:
        raise UsageError(f"AWS refused: {error}") from error


def _count(tools: NewsletterTools, arguments: Namespace) -> int:
    counts = tools.records.count()
    if arguments.json:
        print_json(counts)
    else:
        print("\n".join(f"{state:>13}  {number:,}" for state, number in counts.items()) or "no subscribers")
    return 0


def _show(tools: NewsletterTools, arguments: Namespace) -> int:
    record = tools.records.record(_address(arguments.target).subscriber)
    if record is None:
        return _unknown(arguments.target)
    fields = {name: value for name, value in sorted(record.items()) if name not in SECRET}
    fields = {name: sorted(value) if isinstance(value, set) else str(value) for name, value in fields.items()}
    if arguments.json:
        print_json(fields)
    else:
        print("\n".join(f"{name:>13}  {value}" for name, value in fields.items()))
    return 0


def _export(tools: NewsletterTools, arguments: Namespace) -> int:
    """Write a CSV file that `import` reads, or print it; those who left or are suppressed have no address."""
    rows = [{name: str(item.get(name, "")) for name in EXPORTED} for item in tools.records.all()]
    rows = [{"email": row.pop("address"), **row} for row in rows if row["standing"] == "confirmed"]
    if arguments.target:
        _write_file(Path(arguments.target), rows)
        return _say(arguments, f"{len(rows):,} confirmed subscribers are in {arguments.target}.")
    if arguments.json:
        print_json({"subscribers": rows})
    else:
        _write(sys.stdout, rows)
    return 0


def _write_file(path: Path, rows: list[dict[str, str]]) -> None:
    """Write ROWS to a file that only its owner may read."""
    try:
        with open(path, "w", encoding="utf-8", newline="", opener=_private) as file:  # Path has no opener
            _write(file, rows)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write(file: TextIO, rows: list[dict[str, str]]) -> None:
    writer = csv.DictWriter(file, ["email", *EXPORTED[1:]])
    writer.writeheader()
    writer.writerows(rows)


def _import(tools: NewsletterTools, arguments: Namespace) -> int:
    """Import the new people of a file, with --yes; nobody who left or is suppressed comes back."""
    service, rows = exported_subscribers(Path(arguments.target))
    add = adding(tools.records, datetime.now(UTC)) if arguments.yes else lambda _: True
    done = 0

    def say(number: int) -> None:
        nonlocal done
        done = number
        waiting.say(f"{done:,} of {len(rows):,} rows done")

    with Waiting(sys.stderr) as waiting, _unfinished_if(lambda: arguments.yes and done):
        result = import_subscribers(tools.records, rows, add, say)
    invalid = [f"{arguments.target}:{row.line}: {row.objection}" for row in result.invalid]
    if arguments.json:
        print_json({"service": service.name, "imported": arguments.yes, "rows": dict(result.kinds), "invalid": invalid})
    else:
        kinds = (f"{number:>8,}  {kind}" for kind, number in result.kinds.items())
        print("\n".join([f"An export of {service.name}:", *kinds, *invalid]))
        print("Imported." if arguments.yes else "Nothing was imported yet. To import the new ones, add --yes.")
    return 1 if invalid else 0


def _erase(tools: NewsletterTools, arguments: Namespace) -> int:
    address = _address(arguments.target)
    if not arguments.yes:
        if tools.records.record(address.subscriber) is None:
            return _unknown(address.written)
        return _say(arguments, f"{address.written} would be erased. Nothing was changed yet. To erase, add --yes.")
    with Waiting(sys.stderr) as waiting, _unfinished_if(lambda: True):
        issues = tools.records.erase(
            address.subscriber, address.inbox, lambda read: waiting.say(f"{read:,} items of the newsletter table read")
        )
        tools.ses_list.remove(address.written)
    return _say(arguments, f"Erased. {issues} issues had the subscriber as a recipient; their counts are unchanged.")


def _unsuppress(tools: NewsletterTools, arguments: Namespace) -> int:
    address, now = _address(arguments.target), datetime.now(UTC)
    if arguments.dry_run and tools.records.states([address.subscriber]).get(address.subscriber) == SUPPRESSED:
        return _say(arguments, f"{address.written} would be allowed to subscribe again. Nothing was changed.")
    was_listed = not arguments.dry_run and tools.ses_list.remove(address.written)
    operator = arguments.operator or getuser()
    with _unfinished_if(lambda: was_listed):
        lifted = not arguments.dry_run and tools.subscribers.lift_suppression(address.subscriber, operator, now)
    if not lifted and not was_listed:
        print(f"{address.written} is not suppressed.", file=sys.stderr)
        return 1
    return _say(arguments, f"{address.written} may subscribe again.")


@contextmanager
def _unfinished_if(is_changed: Callable[[], object]) -> Iterator[None]:
    """Raise UnfinishedError for a failure of AWS in this block if something IS_CHANGED, or may be."""
    try:
        yield
    except ConflictError:
        raise
    except ServiceError as error:
        if is_changed():
            raise UnfinishedError(f"AWS refused: {error}. Part of it may be done: repeat the command.") from error
        raise


def _address(typed: str) -> MailAddress:
    address = MailAddress.read(typed)
    if address is None:
        raise UsageError(f"{typed!r} is not a mail address.")
    return address


def _unknown(typed: str) -> int:
    print(f"There is no subscriber {typed}.", file=sys.stderr)
    return 1


def _say(arguments: Namespace, sentence: str) -> int:
    print_result(sentence, as_json=arguments.json)
    return 0


ACTIONS: dict[str, Callable[[NewsletterTools, Namespace], int]] = {
    "count": _count,
    "show": _show,
    "import": _import,
    "export": _export,
    "erase": _erase,
    "unsuppress": _unsuppress,
}
