"""Powertools is imported without asyncio, which still works for whoever needs it."""

import subprocess
import sys

import pytest

from support.template import ROOT

USES = (
    "import asyncio.events; assert asyncio.Queue",
    "from asyncio import *; assert run",
    "from asyncio import Queue",
    "import asyncio; asyncio.run(asyncio.sleep(0))",
)


def run(code: str) -> None:
    """Run CODE in a new process that has imported Powertools as the functions do; the test fails if it raises."""
    start = "import sys, dropcap.powertools as powertools\n"
    subprocess.run([sys.executable, "-c", start + code], cwd=ROOT / "functions", check=True)  # noqa: S603  # our own code


def test_an_import_of_powertools_and_a_log_line_run_no_asyncio() -> None:
    """Its modules are absent, although the package's name is known."""
    run("powertools.Logger(service='test').info('a line'); assert 'asyncio.events' not in sys.modules")


@pytest.mark.parametrize("use", USES)
def test_asyncio_works_when_it_is_used(use: str) -> None:
    """By a name, by all names, by a module within it."""
    run(use)
