"""`dropcap demo`: serve the examples, and tell of every hop."""

from argparse import Namespace

from dropcap_cli.build import ROOT
from dropcap_cli.commands import dev


def run(given: Namespace) -> int:
    """Serve the examples, and tell of every hop."""
    given.site, given.hops = ROOT / "examples", True
    return dev.run(given)
