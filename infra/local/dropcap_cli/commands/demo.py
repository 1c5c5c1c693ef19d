"""`dropcap demo`: serve the example site."""

from argparse import Namespace

from dropcap_cli.commands import dev
from dropcap_local.project import EXAMPLES


def run(arguments: Namespace) -> int:
    """Serve the example site."""
    arguments.site = EXAMPLES
    return dev.run(arguments)
