"""`dropcap desk`: show the state of a stack in a browser on this machine, until Ctrl-C. It is read-only."""

import os
import webbrowser
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Final

from werkzeug.wrappers import Request

from dropcap_cli.desk.app import Desk
from dropcap_cli.desk.reading import DeskReader
from dropcap_cli.dev.signals import interrupted_by
from dropcap_cli.remote.stack_lookup import RemoteStack, find_stack
from dropcap_local.server.serving import Server

EVERY: Final = 5
"""Seconds between two looks while the page is open: each costs some 30 requests."""
READERS: Final = 8


def run(arguments: Namespace) -> int:
    """Serve the desk until Ctrl-C or SIGTERM."""
    stack = find_stack(arguments, Path())
    end = Event()
    with ThreadPoolExecutor(READERS) as readers:
        reader = DeskReader(stack, _name(stack, arguments.stack), _links(stack), readers.map)
        desk = Desk(reader, every=EVERY, run=lambda page: page())
        with interrupted_by(end.set), Server(Request.application(desk.answer), arguments.port) as server:
            print(f"Desk      {server.address}/\nThe desk is read-only. Ctrl-C stops it.", flush=True)
            if arguments.open:
                webbrowser.open(f"{server.address}/")
            end.wait()
    return 0


def _name(stack: RemoteStack, name: str | None) -> str:
    if stack.folder:
        return f"local cloud of {stack.folder}"
    return f"stack {name or os.environ.get('DROPCAP_STACK', '')}, {stack.session.region_name}"


def _links(stack: RemoteStack) -> dict[str, str]:
    return {"Site": f"{stack.site}/"} if stack.site else {}
