"""`dropcap dev`: serve a folder until somebody interrupts."""

import sys
from argparse import Namespace

from dropcap_local.dev import Workshop
from dropcap_local.function_logs import logging_to
from dropcap_local.narration import Narration
from dropcap_local.site_folder import SiteFolder


def run(given: Namespace) -> int:
    """Serve a folder until somebody interrupts."""
    narration = Narration(sys.stdout, hops=given.hops)
    with logging_to(given.log):
        Workshop(SiteFolder(given.site), narration).run()
    return 0
