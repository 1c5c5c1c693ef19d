"""`dropcap dev`: serve a folder until Ctrl-C."""

import sys
from argparse import Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

from dropcap_cli.dev.kept_state import KeptState
from dropcap_cli.dev.narration import Narration
from dropcap_cli.dev.server import DevServer
from dropcap_cli.site_folder import SiteFolder
from dropcap_local.events.function_logs import logging_to


def run(arguments: Namespace) -> int:
    """Serve a folder until Ctrl-C."""
    narration = Narration(sys.stdout, verbose=arguments.verbose)
    site = SiteFolder(arguments.site)
    with TemporaryDirectory(prefix="dropcap-log-") as folder:  # where `dropcap logs` and `trace` find it
        log = arguments.log or Path(folder) / "functions.log"
        with logging_to(log), KeptState.of(site, narration.say) as state:
            if arguments.fresh:
                state.discard()
            DevServer(state, narration, arguments.port, log.resolve(), open_browser=arguments.open).run()
    return 0
