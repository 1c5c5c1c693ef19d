"""What takes too long ends with what its author should know."""

import pytest

from dropcap.errors import ContentError, Finding
from dropcap.steps.time_limit import time_limit

SLOW = Finding("The picture takes too long.", "Save it smaller.")


def for_ever(slow: Finding | None) -> None:
    """Do nothing, within a limit, until it is over."""
    with time_limit(0.01, slow):
        while True:
            pass


@pytest.mark.parametrize(("slow", "told"), [(None, "The text takes more than 0.01 seconds"), (SLOW, SLOW.message)])
def test_an_author_is_told_what_took_too_long(slow: Finding | None, told: str) -> None:
    """A text unless something else is named."""
    with pytest.raises(ContentError) as raised:
        for_ever(slow)
    assert told in raised.value.findings[0].message
