"""The command line that `dropcap dev` prints for a first upload, and the file that it uploads."""

import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from dropcap_local.clients import ENVIRONMENT

CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION")
HELLO = """\
---
title: Hello from the command line
date: {today}
tags: [first steps]
---
This page was uploaded with `aws s3 cp`. Change the file, upload it again, and watch the page change.
"""


def hello_post(resources: ExitStack) -> Path:
    """Write a post to upload, and return its path; it is deleted when RESOURCES close."""
    path = Path(resources.enter_context(TemporaryDirectory(prefix="dropcap-"))) / "hello.md"
    path.write_text(HELLO.format(today=datetime.now(UTC).date()))
    return path


def copy_command(endpoint: str, bucket: str, file: Path) -> str:
    """Return the command line that uploads FILE to BUCKET at ENDPOINT with the AWS CLI."""
    credentials = " ".join(f"{name}={ENVIRONMENT[name]}" for name in CREDENTIALS)
    return f"{credentials} {_aws_cli()} --endpoint-url {endpoint} s3 cp {file} s3://{bucket}/content/posts/{file.name}"


def _aws_cli() -> str:
    """Return the path of the AWS CLI of this Python, relative if it is in the current folder; else `aws`."""
    program = Path(sys.executable).parent / "aws"
    if not program.is_file():
        return "aws"
    return str(program.relative_to(Path.cwd())) if program.is_relative_to(Path.cwd()) else str(program)
