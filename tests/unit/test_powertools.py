"""Powertools is imported without asyncio and without what other services need; both still work when they are used."""

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


def test_an_import_of_powertools_makes_no_classes_for_other_services() -> None:
    """Only for SQS, and for what its own class needs."""
    name = "aws_lambda_powertools.utilities.data_classes"
    run(f"assert '{name}.sqs_event' in sys.modules; assert '{name}.cloud_watch_alarm_event' not in sys.modules")


@pytest.mark.parametrize("name", ["ALBEvent", "CloudWatchAlarmEvent", "S3Event", "event_source"])
def test_the_classes_for_other_services_are_there_when_they_are_used(name: str) -> None:
    """From the package, as Powertools documents it."""
    run(f"from aws_lambda_powertools.utilities.data_classes import {name}")
