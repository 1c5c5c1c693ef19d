"""Show a mail that is not sent in the mailbox of the local cloud."""

import webbrowser
from urllib.error import URLError
from urllib.request import Request, urlopen

from dropcap_cli.remote.stack_lookup import RemoteStack

SECONDS = 30


def open_in_mailbox(stack: RemoteStack, issue: str, source: bytes, *, browse: bool) -> str | None:
    """Show the mail SOURCE of ISSUE, in a browser if BROWSE; return its address, None if STACK has no mailbox."""
    if stack.mailbox is None:
        return None
    address = f"{stack.mailbox}/preview/{issue}/"
    try:
        with urlopen(Request(address, source, method="PUT"), timeout=SECONDS):  # noqa: S310  # an address of this machine
            pass
    except URLError:
        return None
    if browse:
        webbrowser.open(address)
    return address
