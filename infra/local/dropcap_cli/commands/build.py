"""`dropcap build`: publish a folder into another one, and account for every file."""

import sys
from argparse import Namespace
from datetime import UTC, datetime
from time import perf_counter

from dropcap_cli.build import BuildOrder, Built
from dropcap_cli.build import build as build_site
from dropcap_cli.eml_files import letter_files
from dropcap_cli.outcomes import exit_code, for_people, for_programs, print_json
from dropcap_cli.output_folder import OutputFolder, file_name
from dropcap_cli.progress import BuildProgress
from dropcap_cli.readers import readers_in
from dropcap_cli.site_folder import SiteFolder
from dropcap_local.events.function_logs import logging_to


def run(given: Namespace) -> int:
    """Publish a folder into another one, and account for every file."""
    began = perf_counter()
    site = SiteFolder(given.site)
    out, letters = _folders(given, site)
    readers = readers_in(given.subscribers) if given.subscribers else ()
    order = BuildOrder(site, given.now or datetime.now(UTC), given.mail_since, given.unkind, readers)
    errors_are_asked_for = given.unkind is not None
    with logging_to(given.log, tell=not errors_are_asked_for), BuildProgress(sys.stderr) as progress:
        built = build_site(order, progress)
    unwritten = out.replace({file_name(key): body for key, body in built.objects.items()})
    if letters:
        letters.replace(letter_files(built.mails))
    for name in unwritten:
        print(f"dropcap: {name} cannot be written: a folder of that name is needed", file=sys.stderr)
    if given.json:
        print_json({**for_programs(built.files), "mails": len(built.mails)})
    else:
        _summarise(built, out, perf_counter() - began)
    return 1 if unwritten else exit_code(built.files)


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


def _summarise(built: Built, out: OutputFolder, seconds: float) -> None:
    for line in for_people(built.files):
        print(line)
    letters = f", {len(built.mails)} mails sent" if built.mails else ""
    print(f"{len(built.objects)} objects written to {out.place}{letters}, in {seconds:.1f} s")
