"""Rebuild all pages when a template, a style sheet or a message catalogue of the theme is saved."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from uuid import uuid4

from jinja2 import Environment, TemplateSyntaxError
from watchfiles import watch

from dropcap.aws.queues import Queue, ViewQueue
from dropcap.contracts import Cause
from dropcap.site.settings.model import SITE_KEY
from dropcap.steps.reconcile.roll_out import start_walks
from dropcap_cli.dev.eager_cloud import EagerCloud
from dropcap_cli.dev.folder_watch import SETTLED
from dropcap_local.server.main_thread import ClosedError, MainThreadQueue

TEMPLATES = frozenset({".html", ".xml", ".txt"})
"""Suffixes of Jinja2's files."""


class ThemeReload:
    """Watches the theme in FOLDER for CLOUD; the cloud works on the MAIN_THREAD only."""

    def __init__(
        self, folder: Path, cloud: EagerCloud, main_thread: MainThreadQueue, say: Callable[[str], None]
    ) -> None:
        """Watch nothing yet; SAY prints a line."""
        self._folder = folder
        self._cloud = cloud
        self._main_thread = main_thread
        self._say = say

    def until(self, end: Event) -> None:
        """Rebuild the pages after each change, until END is set; a template with an error is only reported."""
        changes = watch(
            self._folder, step=SETTLED, debounce=4 * SETTLED, stop_event=end, raise_interrupt=False, rust_timeout=2_000
        )
        try:
            for _ in changes:
                errors = list(template_errors(self._folder))
                for error in errors:
                    self._say(error)
                if not errors:
                    self._main_thread.do(self._rebuild)
        except (ClosedError, OSError):
            return

    def _rebuild(self) -> None:
        """Discard the cached theme, and rebuild every page."""
        self._say(f"The theme in {self._folder} has changed. All pages are being built again.")
        self._cloud.start_new_containers()
        sqs = self._cloud.client("sqs")
        cause = Cause(SITE_KEY, "", datetime.now(UTC).isoformat())
        queues = Queue(sqs, self._cloud.id("BulkQueue")), ViewQueue(sqs, self._cloud.id("ViewQueue"))
        start_walks(*queues, f"theme {uuid4().hex}", cause, sources=False)


def template_errors(folder: Path) -> Iterator[str]:
    """Yield a line on each template in FOLDER that Jinja2 cannot read: a page with it could not be built."""
    jinja = Environment(autoescape=True)
    for path in sorted(folder.rglob("*")):
        if path.suffix not in TEMPLATES or path.parent.name == "assets":
            continue
        try:
            jinja.parse(path.read_text(encoding="utf-8"), filename=str(path))
        except TemplateSyntaxError as error:
            yield f"{path}:{error.lineno}: {error.message}. The pages stay as they are until this is corrected."
        except (OSError, UnicodeDecodeError):
            continue  # it is being saved, or is gone
