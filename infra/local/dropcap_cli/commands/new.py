"""`dropcap new`: create a site or a post. Existing files are not changed."""

from argparse import Namespace
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import yaml

from dropcap.document import slug
from dropcap.site.settings.model import SITE_KEY
from dropcap_cli.remote.source_keys import site_above
from dropcap_local.usage_error import UsageError, unfinished_once
from dropcap_local.whole_file import write_whole_file

SITE: Final = """\
# url: https://example.org
# language: en
# timezone: Europe/Berlin
"""
WELCOME: Final = "Change this text, save the file, and the page changes. See also [[about]].\n"
ABOUT: Final = "---\ntitle: About\n---\n\nThis is a page: it is in no list and in no feed.\n"
DRAFT_TEXT: Final = "Write here.\n"


def run(arguments: Namespace) -> int:
    """Make a site or a post, and print what to do next."""
    now = datetime.now().astimezone()
    if arguments.kind == "site":
        if arguments.draft:
            raise UsageError("--draft is for posts. Type: dropcap new post TITLE --draft")
        return _site(Path(arguments.name), now)
    return _post(arguments.name, arguments.site, now, draft=arguments.draft)


def _site(folder: Path, now: datetime) -> int:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} exists and is not empty. Name a new folder."
        raise UsageError(message)
    title = folder.resolve().name.replace("-", " ").replace("_", " ").title() or "My site"
    _write(folder / SITE_KEY, _yaml({"title": title}) + SITE)
    with unfinished_once(lambda: True):
        _write(folder / "posts/welcome.md", post_text("Welcome", now, WELCOME, draft=False))
        _write(folder / "pages/about.md", ABOUT)
    print(f"Created {folder}: a site with a post and a page. To see it: dropcap dev {folder}")
    return 0


def _post(title: str, folder: Path, now: datetime, *, draft: bool) -> int:
    if not folder.is_dir():
        message = f"{folder} is not a folder. Name the folder of your site with --site."
        raise UsageError(message)
    site = folder if (folder / SITE_KEY).is_file() else site_above(folder) or folder
    name = slug(title)
    if not name:
        message = f"{title!r} has no letter or digit for a file name. Choose another title."
        raise UsageError(message)
    path = site / "posts" / f"{name}.md"
    _write(path, post_text(title, now, DRAFT_TEXT, draft=draft))
    print(f"Created {path}")
    return 0


def post_text(title: str, now: datetime, text: str, *, draft: bool) -> str:
    """Return a post with the TITLE and the date NOW, to the minute."""
    fields = {"title": title, "date": now.strftime("%Y-%m-%d %H:%M %z"), **({"draft": True} if draft else {})}
    return f"---\n{_yaml(fields)}---\n\n{text}"


def _yaml(fields: Mapping[str, object]) -> str:
    """Return FIELDS as YAML, each on one line unless its value has several."""
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10_000)


def _write(path: Path, text: str) -> None:
    """Write TEXT to the new file PATH; raise UsageError if it exists or cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole_file(path, [text.encode()], is_new=True)
    except FileExistsError as error:
        message = f"{path} exists. Choose another title, or edit that file."
        raise UsageError(message) from error
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}. Name a folder that you can write to."
        raise UsageError(message) from error
