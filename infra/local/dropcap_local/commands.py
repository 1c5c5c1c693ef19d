"""What each command does with what was typed: calls, and prints what came of it."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from dropcap_local.build import ROOT, BuildOrder, Built
from dropcap_local.build import build as build_site
from dropcap_local.check import check as check_file
from dropcap_local.dev import Workshop
from dropcap_local.function_logs import functions_log_to
from dropcap_local.letters import letter_files
from dropcap_local.narration import Narration
from dropcap_local.outcomes import BAD, FileOutcome, exit_code, for_people, for_programs
from dropcap_local.output_folder import OutputFolder, file_name
from dropcap_local.progress import BuildProgress
from dropcap_local.readers import readers_in
from dropcap_local.site_folder import SiteFolder
from dropcap_local.wrong_use import WrongUseError

FINE, BAD_FILES = 0, 1


def build(given: Namespace) -> int:
    """Publish a folder into another one, and account for every file."""
    began = perf_counter()
    site = SiteFolder(given.site)
    out, letters = _folders(given, site)
    readers = readers_in(given.subscribers) if given.subscribers else ()
    order = BuildOrder(site, given.now or datetime.now(UTC), given.mail_since, given.unkind, readers)
    errors_are_asked_for = given.unkind is not None
    with _log(given.log, tell=not errors_are_asked_for), BuildProgress(sys.stderr) as progress:
        built = build_site(order, progress)
    unwritten = out.replace({file_name(key): body for key, body in built.objects.items()})
    if letters:
        letters.replace(letter_files(built.mails))
    for name in unwritten:
        print(f"dropcap: {name} cannot be written: a folder of that name is needed", file=sys.stderr)
    if given.json:
        _print_json({**for_programs(built.files), "mails": len(built.mails)})
    else:
        _summarise(built, out, perf_counter() - began)
    return BAD_FILES if unwritten else exit_code(built.files)


def _folders(given: Namespace, site: SiteFolder) -> tuple[OutputFolder, OutputFolder | None]:
    """Give the folders for the site and for the mails, if any is named, before anything is done that takes long."""
    out = OutputFolder(given.out)
    out.keep_apart_from(site.place)
    if given.mail is None:
        return out, None
    letters = OutputFolder(given.mail)
    for other in (site.place, out.place):
        letters.keep_apart_from(other)
    return out, letters


def check(given: Namespace) -> int:
    """Say what an upload of each file would say."""
    with _log(None):
        reports = [check_file(place) for place in given.files]
    if given.json:
        files = [
            FileOutcome.of_report(str(place), asdict(told)) for place, told in zip(given.files, reports, strict=True)
        ]
        _print_json(for_programs(files))
    else:
        for told in reports:
            print(told.for_people(), end="")
    return BAD_FILES if any(told.outcome in BAD for told in reports) else FINE


def dev(given: Namespace) -> int:
    """Serve a folder until somebody interrupts."""
    narration = Narration(sys.stdout, hops=given.hops)
    with _log(given.log):
        Workshop(SiteFolder(given.site), narration).run()
    return FINE


def demo(given: Namespace) -> int:
    """Serve the examples, and tell of every hop."""
    given.site, given.hops = ROOT / "examples", True
    return dev(given)


@contextmanager
def _log(place: Path | None, *, tell: bool = True) -> Iterator[None]:
    """Write what the functions log to the file at PLACE, if any is named, and errors to the screen, if TELL."""
    if place is None:
        with functions_log_to(None, tell=tell):
            yield
        return
    try:
        file = place.open("w")
    except OSError as error:
        message = f"{place} cannot be written: {error.strerror}. Name another file for --log."
        raise WrongUseError(message) from error
    with file, functions_log_to(file, tell=tell):
        yield


def _summarise(built: Built, out: OutputFolder, seconds: float) -> None:
    for line in for_people(built.files):
        print(line)
    letters = f", {len(built.mails)} mails sent" if built.mails else ""
    print(f"{len(built.objects)} objects written to {out.place}{letters}, in {seconds:.1f} s")


def _print_json(told: dict[str, Any]) -> None:
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    print()
