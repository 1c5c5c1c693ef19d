"""Deploy the real template to an independent AWS emulator, publish the examples there, and compare the sites.

Run by `make rehearse`, with the Python of the emulator's virtual environment as its argument. The emulator has no edge,
so SiteBucket is read directly. checkout.py lists what else it lacks.
"""

import shutil
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from dropcap_rehearsal.emulator import WORK, Failed, emulator
from dropcap_rehearsal.stack import Rehearsal
from dropcap_rehearsal.versions import roll_back_and_upgrade, second_stack


def main(python: Path) -> int:
    """Run every step; return 1 at the first that fails."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the emulator ends too
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    with emulator(python) as environment:
        stack = Rehearsal(environment)
        steps: list[Callable[[], None]] = [
            stack.deploy, stack.publish, stack.change, stack.update, stack.subscribe,
            partial(second_stack, stack), partial(roll_back_and_upgrade, stack), stack.destroy,
        ]  # fmt: skip
        for step in steps:
            started = time.monotonic()
            try:
                step()
            except (Failed, BotoCoreError, ClientError, OSError) as error:
                print(f"failed   {_name(step)}: {error}. The logs are in {WORK}.")
                return 1
            print(f"ok       {_name(step)} ({time.monotonic() - started:.0f} s)", flush=True)
    return 0


def _name(step: Callable[[], None]) -> str:
    return str(getattr(step, "func", step).__name__)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
