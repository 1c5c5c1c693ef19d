"""`dropcap dev`: serve a folder until Ctrl-C."""

import sys
import webbrowser
from argparse import Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

from dropcap_cli.dev.kept_state import KeptState
from dropcap_cli.dev.narration import Narration
from dropcap_cli.dev.site_server import site_server
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
            with site_server(state, arguments.port) as server:
                is_served = server.is_started
                if is_served:
                    narration.phase(f"The site of the last run is at {server.address}/")
                if arguments.open and is_served:
                    webbrowser.open(f"{server.address}/")
                # Imported here: moto and boto3 take a second, in which the site of the last run is served.
                from dropcap_cli.dev.server import DevServer  # noqa: PLC0415

                open_browser = arguments.open and not is_served
                DevServer(state, narration, server, log.resolve(), open_browser=open_browser).run()
    return 0
