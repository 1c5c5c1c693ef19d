"""Report ▶ plain text: the status of the file, and each finding in the form that compilers use."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from dropcap.site.reports.mail_note import MailNote
from dropcap.site.reports.time_format import spoken
from dropcap.site.reports.visible import visible

Told = Mapping[str, Any]
"""A report or a finding in its JSON form."""

_WIDE = frozenset("WF")


def report_text(report: Told) -> str:
    """Return REPORT, which is in its JSON form, as plain text."""
    lines = [visible(line) for line in (f"{report['key']}: {_outcome(report)}", *_more(report))]
    for kind, some in (("error", report["errors"]), ("warning", report["warnings"])):
        for finding in some:
            lines += ["", *finding_lines(report["key"], kind, finding)]
    return "\n".join(lines) + "\n"


def finding_lines(name: str, kind: str, finding: Told) -> Iterator[str]:
    """Return the lines that show FINDING, an error or a warning (KIND) in the file of that NAME."""
    place = ":".join(str(part) for part in (name, finding["line"], finding["column"]) if part is not None)
    yield visible(f"{place}: {kind}: {finding['message']}")
    if finding.get("source") is not None:
        number = str(finding["line"])
        yield visible(f"  {number} | {finding['source']}")
        if finding.get("caret"):
            yield f"  {' ' * len(number)} | {under(finding['source'], finding['caret'])}^"
    yield visible(f"  {finding['remedy']}")


def under(source: str, caret: int) -> str:
    """Return the white space below SOURCE up to its column CARET, counted from 1: equally wide, tabs included."""
    return "".join(_blank(character) for character in visible(source[: caret - 1]))


def _blank(character: str) -> str:
    if character == "\t":
        return character
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return ""
    return "  " if unicodedata.east_asian_width(character) in _WIDE else " "


def _outcome(report: Told) -> str:
    """Return the outcome as a sentence."""
    if report["outcome"] == "waiting":
        owner = report["taken_by"]
        return f"Waiting: {owner} has its address." if owner else "Being published. Check again in a moment."
    sentences = {
        "published": "Published.",
        "draft": "Draft: not listed or linked anywhere.",
        "scheduled": f"Scheduled: it appears{_on(report, 'publishes')}.",
        "expired": f"Expired{_on(report, 'expires')}: not listed or linked any more.",
        "refused": "Not published: it has errors.",
        "failed": "Not published: Dropcap failed to process it. The fault is not in your file.",
        "ignored": "Ignored.",
    }
    return sentences.get(report["outcome"], f"{report['outcome']}.")


def _more(report: Told) -> Iterator[str]:
    """Yield the lines on its address, its dates and its newsletter."""
    if report["url"] and report["outcome"] in {"refused", "failed"}:
        since = f", uploaded{_on(report, 'stands_since')}," if report["stands_since"] else ""
        yield f"The last good version{since} stays online: {report['url']}"
    elif report["url"]:
        yield f"Address: {report['url']}"
    if report["preview"]:
        yield f"Preview, for everyone who has this link: {report['preview']}"
    if report["expires"] and report["outcome"] != "expired":
        yield f"It expires{_on(report, 'expires')}."
    if report["mail"]:
        yield MailNote.of(report["mail"]).for_people(report["zone"])


def _on(report: Told, name: str) -> str:
    return f" on {spoken(report[name], report['zone'])}" if report[name] else ""
