"""`dropcap dev`: serve a folder until Ctrl-C."""

import sys
from argparse import Namespace

from dropcap_cli.dev import DevServer
from dropcap_cli.narration import Narration
from dropcap_cli.site_folder import SiteFolder
from dropcap_local.events.function_logs import logging_to


def run(arguments: Namespace) -> int:
    """Serve a folder until Ctrl-C."""
    narration = Narration(sys.stdout, verbose=arguments.verbose)
    with logging_to(arguments.log):
        site = SiteFolder(arguments.site)
        DevServer(site, narration, arguments.port, open_browser=arguments.open).run()
    return 0
