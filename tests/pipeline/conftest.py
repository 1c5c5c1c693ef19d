"""What all tests of the whole pipeline share."""

from collections.abc import Iterator

import pytest

from dropcap_local.cloud import LocalCloud
from support.site_folders import CommandLine


@pytest.fixture
def cloud() -> Iterator[LocalCloud]:
    """Give the real template, deployed into an empty local cloud."""
    with LocalCloud() as deployed:
        yield deployed


@pytest.fixture
def dropcap(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """Give the command line, run in this process."""
    return CommandLine(capsys)
