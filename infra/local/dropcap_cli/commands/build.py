"""`dropcap build`: publish a folder to another one, and list the outcome of every file."""

import shlex
import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from dropcap.site.reports.visible import visible
from dropcap_cli.build import BuildOrder, BuiltSite
from dropcap_cli.build import build as build_site
from dropcap_cli.eml_files import eml_files
from dropcap_cli.outcomes import exit_code, files_json, files_text, print_json
from dropcap_cli.output_folder import OutputFolder, file_name
from dropcap_cli.progress import BuildProgress
from dropcap_cli.site_folder import SiteFolder
from dropcap_cli.subscriber_list import subscribers_in
from dropcap_local.events.function_logs import logging_to
from dropcap_local.usage_error import unfinished_once


def run(arguments: Namespace) -> int:
    """Publish a folder to another one, and list the outcome of every file."""
    began = perf_counter()
    site = SiteFolder(arguments.site)
    out, mails = _output_folders(arguments, site)
    subscribers = subscribers_in(arguments.subscribers) if arguments.subscribers else ()
    seed = arguments.inject_faults
    order = BuildOrder(site, arguments.now or datetime.now(UTC), arguments.mail_since, seed, subscribers)
    # Injected faults log errors on purpose, so these are not shown.
    with logging_to(arguments.log, tell=seed is None), BuildProgress(sys.stderr) as progress:
        built = build_site(order, progress)
    unwritten = out.replace({file_name(key): body for key, body in built.objects.items()})
    if mails:
        with unfinished_once(lambda: True):
            mails.replace(eml_files(built.mails))
    for name in unwritten:
        print(visible(f"dropcap: {name} cannot be written: a folder of that name is needed"), file=sys.stderr)
    if arguments.json:
        print_json({**files_json(built.files), "mails": len(built.mails)})
    else:
        _print_summary(built, arguments.out, perf_counter() - began)
    return 1 if unwritten else exit_code(built.files)


def _output_folders(arguments: Namespace, site: SiteFolder) -> tuple[OutputFolder, OutputFolder | None]:
    """Return the folders for the site and, if named, for the mails; checked before the long work starts."""
    out = OutputFolder(arguments.out)
    out.keep_apart_from(site.path)
    if arguments.mail is None:
        return out, None
    mails = OutputFolder(arguments.mail)
    for other in (site.path, out.path):
        mails.keep_apart_from(other)
    return out, mails


def _print_summary(built: BuiltSite, out: Path, seconds: float) -> None:
    for line in files_text(built.files):
        print(line)
    mails = f", {len(built.mails)} mails sent" if built.mails else ""
    print(f"{len(built.objects)} objects written to {out.resolve()}{mails}, in {seconds:.1f} s")
    print(f"To view the site: python3 -m http.server --bind 127.0.0.1 --directory {shlex.quote(str(out))} 8000")
