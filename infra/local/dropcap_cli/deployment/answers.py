"""The operator's answers: one table per stack in `deploy.toml`, which git ignores because it holds private data."""

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from dropcap_cli.deployment.parameters import QUESTIONS, Parameter
from dropcap_local.project import CHECKOUT, PROJECT
from dropcap_local.usage_error import UsageError

ANSWERS = (CHECKOUT if PROJECT == CHECKOUT else Path()) / "deploy.toml"
"""In a checkout at its top; for an installed `dropcap` in the current folder."""
HEAD = "# The answers given to `dropcap deploy`. Edit them here, or delete a line to be asked again.\n"
TRIES = 3


def saved_answers(stack: str, path: Path) -> dict[str, str]:
    """Return the saved parameters of STACK; raise UsageError if the file at PATH is not the expected TOML."""
    return dict(_tables(path).get(stack, {}))


def save_answers(stack: str, values: Mapping[str, str], path: Path) -> None:
    """Write VALUES as the parameters of STACK, and keep those of other stacks. Only the owner can read the file."""
    tables = {**_tables(path), stack: dict(values)}
    lines = [HEAD]
    for name, table in tables.items():
        lines.append(f"\n[{json.dumps(name)}]\n")
        lines.extend(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in table.items())
    path.touch(mode=0o600)
    path.write_text("".join(lines), encoding="utf-8")


def missing_answers(
    values: Mapping[str, str],
    declared: Mapping[str, Parameter],
    ask: Callable[[str], str],
    live: Mapping[str, str],
) -> dict[str, str]:
    """Return VALUES with answers to the questions that they and the parameters of the LIVE stack leave open.

    Each is checked at once with the template's pattern.
    """
    answers = dict(values)
    for name, question in QUESTIONS.items():
        known = {**live, **answers}
        if name not in known and (name != "PostalAddress" or known.get("MailFrom")):
            answers[name] = _answer(declared[name], question, ask, required=name == "PostalAddress")
    return answers


def _answer(parameter: Parameter, question: str, ask: Callable[[str], str], *, required: bool) -> str:
    """Ask until the answer is valid, a few times at most."""
    for _ in range(TRIES):
        value = ask(f"{question}: ").strip()
        try:
            parameter.check(value)
        except UsageError as error:
            print(error)
            continue
        if value or not required:
            return value
        print("A newsletter needs a postal address; the law requires one in many countries.")
    raise UsageError(f"There is no valid {parameter.name}. See docs/deploying.md, then run `dropcap deploy` again.")


def _tables(path: Path) -> dict[str, dict[str, str]]:
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(f"{path} cannot be read: {error}. Correct the line, or delete the file.") from error
    return {
        stack: {name: str(value) for name, value in table.items()}
        for stack, table in tables.items()
        if isinstance(table, dict)
    }
