"""The local cloud that `dropcap dev` runs."""

from collections.abc import Iterator
from hashlib import md5
from importlib import import_module

from dropcap_local.cloud import LocalCloud
from dropcap_local.project import TEMPLATE
from dropcap_local.resources.stored_objects import stored_object

GRACE_SECONDS = 5
"""The newsletter's grace period here: a quarter of an hour would be too long for a try."""


class EagerCloud(LocalCloud):
    """A local cloud without batching windows: nothing is collected for seconds before it is processed."""

    def __init__(self) -> None:
        """Run on the machine's own time."""
        super().__init__(TEMPLATE, real_time=True, phased=True, environment={"GRACE_SECONDS": str(GRACE_SECONDS)})

    def has(self, key: str, content: bytes) -> bool:
        """Return whether the source KEY is stored with just this CONTENT."""
        stored = stored_object(self.id("ContentBucket"), f"content/{key}")
        return stored is not None and stored.etag == f'"{md5(content, usedforsecurity=False).hexdigest()}"'

    def load_functions(self) -> Iterator[None]:
        """Import the code of one function at each step, so that the first file that is saved need not wait for it."""
        for handler in sorted({function.handler for function in self.stack.functions.values()}):
            import_module(handler.rpartition(".")[0])
            yield

    def start_new_containers(self) -> None:
        """Start every function in a new container, as a deployment does, so that no cached template remains."""
        self.functions.forget()
