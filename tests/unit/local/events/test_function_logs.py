"""The functions' logs go where a person reads them, and cost nothing where nobody does."""

import logging
from io import StringIO

from dropcap_local.events.function_logs import functions_log_to


def test_without_a_file_only_errors_are_logged() -> None:
    """Each line costs more than many a view."""
    logger = logging.getLogger("dropcap-test")
    logger.setLevel(logging.INFO)
    with functions_log_to(None):
        assert not logger.isEnabledFor(logging.INFO)
        assert logger.isEnabledFor(logging.WARNING)
    assert logger.isEnabledFor(logging.INFO)


def test_a_file_gets_every_line() -> None:
    """Those that are no errors too."""
    logger = logging.getLogger("dropcap-test")
    logger.setLevel(logging.INFO)
    with functions_log_to(StringIO()):
        assert logger.isEnabledFor(logging.INFO)
