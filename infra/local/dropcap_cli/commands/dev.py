"""`dropcap dev`: serve a folder until somebody interrupts."""

import sys
from argparse import Namespace

from dropcap_cli.dev import Workshop
from dropcap_cli.narration import Narration
from dropcap_cli.site_folder import SiteFolder
from dropcap_local.events.function_logs import logging_to


def run(given: Namespace) -> int:
    """Serve a folder until somebody interrupts."""
    narration = Narration(sys.stdout, hops=given.hops)
    with logging_to(given.log):
        Workshop(SiteFolder(given.site), narration).run()
    return 0
