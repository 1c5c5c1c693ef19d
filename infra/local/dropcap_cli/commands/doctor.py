"""`dropcap doctor`: look for misconfigurations, before and after deploying. It changes nothing."""

import sys
from argparse import Namespace
from typing import Final

from dropcap_cli.deployment.account import account
from dropcap_cli.deployment.answers import ANSWERS, saved_answers
from dropcap_cli.diagnosis.checks import examine
from dropcap_cli.diagnosis.dns import look_up
from dropcap_cli.diagnosis.results import BAD, CheckResult
from dropcap_cli.diagnosis.subject import Subject
from dropcap_cli.outcomes import print_json
from dropcap_cli.progress import Waiting

ORDER: Final = ("ok", "note", "unknown", "warning", "error")
"""The worst last, where a reader looks first."""


def run(arguments: Namespace) -> int:
    """Print the result of every check; return 1 if there is a warning or an error."""
    target = account(arguments.profile, arguments.region)
    answers = saved_answers(arguments.stack, ANSWERS)
    subject = Subject(target, arguments.stack, target.stack(arguments.stack), answers, look_up)
    with Waiting(sys.stderr) as waiting:
        results = sorted(examine(subject, waiting.say), key=lambda result: ORDER.index(result.level))
    if arguments.json:
        print_json({"stack": arguments.stack, "checks": [result.to_json() for result in results]})
    else:
        print(f"Account {target.number}, region {target.region}, stack {arguments.stack}.")
        for result in results:
            print(text_of(result))
        print(_summary(results))
    return int(any(result.level in BAD for result in results))


def text_of(result: CheckResult) -> str:
    """Return RESULT on one line, and its remedy on the next."""
    remedy = f"\n         {result.remedy}" if result.remedy else ""
    return f"{result.level:<8} {result.check}: {result.message}{remedy}"


def _summary(results: list[CheckResult]) -> str:
    counts = [(level, sum(result.level == level for result in results)) for level in reversed(ORDER)]
    return ", ".join(f"{number} {level}" for level, number in counts if number)
