"""A report ▶ plain text for people: what became of the file, and each finding as compilers show it."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from dropcap.site.reports.mail_note import MailNote
from dropcap.site.reports.time_format import spoken

Told = Mapping[str, Any]
"""A report, or a finding, as its JSON form has it."""

_WIDE = frozenset("WF")


def report_text(report: Told) -> str:
    """Write REPORT, which is in its JSON form, as plain text."""
    lines = [f"{report['key']}: {_outcome(report)}", *_more(report)]
    for kind, some in (("error", report["errors"]), ("warning", report["warnings"])):
        for finding in some:
            lines += ["", *finding_lines(report["key"], kind, finding)]
    return "\n".join(lines) + "\n"


def finding_lines(name: str, kind: str, finding: Told) -> Iterator[str]:
    """Give the lines that show FINDING, an error or a warning (KIND) in the file of that NAME."""
    place = ":".join(str(part) for part in (name, finding["line"], finding["column"]) if part is not None)
    yield f"{place}: {kind}: {finding['message']}"
    if finding.get("source") is not None:
        number = str(finding["line"])
        yield f"  {number} | {finding['source']}"
        if finding.get("caret"):
            yield f"  {' ' * len(number)} | {under(finding['source'], finding['caret'])}^"
    yield f"  {finding['remedy']}"


def under(source: str, caret: int) -> str:
    """Give what fills a line below SOURCE up to its column CARET, counted from 1: as wide, tabs included."""
    return "".join(_blank(character) for character in source[: caret - 1])


def _blank(character: str) -> str:
    if character == "\t":
        return character
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return ""
    return "  " if unicodedata.east_asian_width(character) in _WIDE else " "


def _outcome(report: Told) -> str:
    """Say in a sentence what became of it."""
    if report["outcome"] == "waiting":
        owner = report["taken_by"]
        return f"It waits: {owner} has its address." if owner else "It is being published. Look again in a moment."
    sentences = {
        "published": "It is published.",
        "draft": "It is a draft, and nobody finds it.",
        "scheduled": f"It is scheduled: it appears{_on(report, 'publishes')}.",
        "expired": f"It has expired{_on(report, 'expires')}, and nobody finds it any more.",
        "refused": "It could not be published as it is.",
        "failed": "Dropcap failed to work on it. This is our fault, not yours.",
        "ignored": "It was left alone.",
    }
    return sentences.get(report["outcome"], f"{report['outcome']}.")


def _more(report: Told) -> Iterator[str]:
    """Give the lines on where it is, when it comes and goes, and on its newsletter."""
    if report["url"] and report["outcome"] in {"refused", "failed"}:
        since = f", uploaded{_on(report, 'stands_since')}," if report["stands_since"] else ""
        yield f"Its last good version{since} stays up: {report['url']}"
    elif report["url"]:
        yield f"It is here: {report['url']}"
    if report["preview"]:
        yield f"Whoever has this link can read it: {report['preview']}"
    if report["expires"] and report["outcome"] != "expired":
        yield f"It goes{_on(report, 'expires')}."
    if report["mail"]:
        yield MailNote(**report["mail"]).for_people(report["zone"])


def _on(report: Told, name: str) -> str:
    return f" on {spoken(report[name], report['zone'])}" if report[name] else ""
