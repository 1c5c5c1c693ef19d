"""`dropcap demo`: serve the example site."""

from argparse import Namespace

from dropcap_cli.build import ROOT
from dropcap_cli.commands import dev


def run(arguments: Namespace) -> int:
    """Serve the example site."""
    arguments.site = ROOT / "examples"
    return dev.run(arguments)
