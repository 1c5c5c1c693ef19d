"""Data beside the checkout, which is no part of the project: specifications and real blogs, with their licences."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).parents[3] / "shared"
"""The folder `shared` beside the checkout."""


def data_beside(name: str) -> Path:
    """Return the folder NAME of the data; without it a test fails in CI, and is skipped with a message elsewhere.

    The texts are their authors' (the specifications under CC BY-SA 4.0), so the project does not carry them.
    """
    folder = BESIDE / name
    if not folder.is_dir():
        remedy = f"There is no {folder}: the test that reads it did NOT run. Put the data there."
        if os.environ.get("CI"):
            pytest.fail(remedy)
        pytest.skip(remedy)
    return folder
