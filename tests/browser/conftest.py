"""A site in a real browser: `dropcap dev` serves a copy of the example, and Chromium looks at it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from support.served import Served

EXAMPLES = Path(__file__).parents[2] / "examples"
WATCHED = ("", "about/", "archive/", "dark-afternoons/")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return a browser; without one these tests fail in CI, and are left out loudly elsewhere."""
    if CHROMIUM is None:
        remedy = "No Chromium on the PATH: what people see was NOT tested. Install Debian's package `chromium`."
        if os.environ.get("CI"):
            pytest.fail(remedy)
        pytest.skip(remedy)
    expect.set_options(timeout=30_000)  # a busy machine is slow, not broken
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a copy of the example site on this machine."""
    folder = tmp_path_factory.mktemp("site") / "examples"
    shutil.copytree(EXAMPLES, folder)
    command = [sys.executable, "-u", "-m", "dropcap_cli", "dev", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603  # our own command
        assert running.stdout
        addresses: dict[str, str] = {}
        for line in running.stdout:
            if match := re.match(r"(Site|Mailbox)\s+(http\S+)", line):
                addresses[match[1]] = match[2]
            if len(addresses) == 2:
                break
        site = Served(folder, addresses["Site"], addresses["Mailbox"])
        site.wait_until_stable(*WATCHED)
        yield site
        running.terminate()
        running.stdout.read()
        assert 0 == running.wait(timeout=30)
