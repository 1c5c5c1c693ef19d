"""Commands that run on this machine: dev, demo, build and check."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Final

from dropcap_cli.arguments.command import Command
from dropcap_cli.arguments.options import add_json, add_log, add_now, port, web_address
from dropcap_cli.time_arguments import day

FORMATS = "ghost, wordpress, substack or medium"
SERVED = "0 stopped by Ctrl-C or SIGTERM"


def _add_serving(command: ArgumentParser) -> None:
    command.add_argument(
        "-v", "--verbose", "--hops", action="store_true", help="print each step of the pipeline with its duration"
    )
    command.add_argument(
        "--port",
        type=port,
        default=4000,
        metavar="N",
        help="the site's port, or the first to try; default: 4000; 0: any free",
    )
    command.add_argument(
        "--fresh",
        action="store_true",
        help="start without what the last run of this folder has kept in the cache folder",
    )
    command.add_argument("--open", action="store_true", help="open the site in the browser")
    add_log(command)


def _dev(command: ArgumentParser) -> None:
    command.add_argument(
        "site", nargs="?", type=Path, default=Path(), metavar="SITE", help="the folder; default: the current one"
    )
    _add_serving(command)


def _build(command: ArgumentParser) -> None:
    command.add_argument("site", type=Path, metavar="SITE", help="the folder to publish")
    command.add_argument(
        "out", type=Path, metavar="OUT", help="the folder to write: new, empty, or written by an earlier build"
    )
    add_json(command)
    command.add_argument("--mail", type=Path, metavar="DIR", help="write the newsletters to DIR as .eml files")
    command.add_argument(
        "--subscribers", type=Path, metavar="FILE", help="confirmed subscribers: CSV with the column `email`"
    )
    command.add_argument("--mail-since", type=day, metavar="DATE", help="mail every post since DATE, whatever its age")
    command.add_argument(
        "--inject-faults",
        "--unkind",
        dest="inject_faults",
        type=int,
        metavar="SEED",
        help="deliver events twice, late and out of order; SEED makes it repeatable",
    )
    add_now(command)
    add_log(command)


def _check(command: ArgumentParser) -> None:
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a post, a page, site.yaml, or a folder")
    add_now(command)
    add_json(command)


def _new(command: ArgumentParser) -> None:
    command.add_argument("kind", choices=("site", "post"), metavar="KIND", help="site or post")
    command.add_argument("name", metavar="NAME", help="the folder of a site, or the title of a post")
    command.add_argument("--draft", action="store_true", help="make the post a draft")
    command.add_argument(
        "--site", type=Path, default=Path(), metavar="FOLDER", help="the site of a post; default: the current folder"
    )


def _import(command: ArgumentParser) -> None:
    command.add_argument("format", choices=("ghost", "wordpress", "substack", "medium"), metavar="FORMAT", help=FORMATS)
    command.add_argument("export", type=Path, metavar="EXPORT", help="the export: a file, a ZIP archive or a folder")
    command.add_argument("folder", type=Path, metavar="FOLDER", help="the site folder to write to, new or existing")
    command.add_argument(
        "--old-url", type=web_address, metavar="URL", help="the old site, if the export does not name it"
    )
    command.add_argument(
        "--no-download", dest="download", action="store_false", help="leave pictures on the old site's servers"
    )
    add_json(command)


LOCAL_COMMANDS: Final[dict[str, Command]] = {
    "new": Command(
        "Create a site or a post.",
        (
            "dropcap new site notes",
            "dropcap new post 'Why naps work'",
            "dropcap new post 'An idea' --draft --site notes",
        ),
        _new,
        "0 created",
        "Existing files are not changed.",
    ),
    "dev": Command(
        "Serve a folder on this machine and publish each file when it is saved.",
        ("dropcap dev examples", "dropcap dev ~/notes --open", "dropcap dev -v --port 8080"),
        _dev,
        SERVED,
    ),
    "demo": Command(
        "Serve the example site.",
        ("dropcap demo", "dropcap demo -v"),
        _add_serving,
        SERVED,
    ),
    "build": Command(
        "Publish a folder through the whole local pipeline and write the site to another folder.",
        (
            "dropcap build examples public",
            "dropcap build notes public --json | jq '.files[] | select(.outcome == \"refused\")'",
            "dropcap build notes public --now 2026-03-01 --mail-since 2026-01-01 --subscribers list.csv --mail mails",
        ),
        _build,
        "0 no file was refused or failed, 1 at least one was",
    ),
    "check": Command(
        "Validate files without uploading them.",
        (
            "dropcap check examples/posts/morning-light.md",
            "dropcap check examples",
            "dropcap check --json site.yaml posts/*.md",
            "dropcap check --now 2026-12-24 posts/christmas.md",
        ),
        _check,
        "0 every file would be accepted, 1 at least one would be refused",
    ),
    "import": Command(
        "Convert the export of another system to a site folder.",
        (
            "dropcap import ghost my-site.ghost.2026-03-14.json notes",
            "dropcap import wordpress export.xml notes --no-download",
            "dropcap import substack export.zip notes --old-url https://example.substack.com",
            "dropcap import medium medium-export.zip notes --json",
        ),
        _import,
        "0 every file was written, 1 a file was skipped because it exists",
        "It writes Markdown, pictures and site.yaml, and lists what could not be carried over. It overwrites no file.",
        module="import_",
    ),
}
