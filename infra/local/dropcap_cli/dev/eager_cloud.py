"""The local cloud that `dropcap dev` runs."""

from dropcap_local.cloud import LocalCloud
from dropcap_local.project import TEMPLATE

GRACE_SECONDS = 5
"""The newsletter's grace period here: a quarter of an hour would be too long for a try."""


class EagerCloud(LocalCloud):
    """A local cloud without batching windows: nothing is collected for seconds before it is processed."""

    def __init__(self) -> None:
        """Run on the machine's own time."""
        super().__init__(TEMPLATE, real_time=True, environment={"GRACE_SECONDS": str(GRACE_SECONDS)})
        self._delivery.eager = True

    def start_new_containers(self) -> None:
        """Start every function in a new container, as a deployment does, so that no cached template remains."""
        self._functions.forget()
