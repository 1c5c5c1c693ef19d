"""What all tests of the whole pipeline share."""

from collections.abc import Iterator

import pytest

from dropcap_local.cloud import LocalCloud


@pytest.fixture
def cloud() -> Iterator[LocalCloud]:
    """Give the real template, deployed into an empty local cloud."""
    with LocalCloud() as deployed:
        yield deployed
