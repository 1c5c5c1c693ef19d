"""Open pages look for changes as soon as the CDN has dropped old ones."""

from dropcap_local.server.live_reload import LiveReload, looks_after
from dropcap_local.server.main_thread import MainThreadQueue


class Counted(LiveReload):
    """Counts the beats."""

    def __init__(self) -> None:
        super().__init__(MainThreadQueue(), lambda _path: None)
        self.beats = 0

    def beat(self) -> None:
        """Count it."""
        self.beats += 1


def test_open_pages_look_again_after_this_function_alone() -> None:
    """Each of them, and not after others, which change nothing that a reader sees."""
    pages = Counted(), Counted()
    callback = looks_after("RefreshFunction", pages)
    callback("PublishFunction", "6 from ViewQueue", 0.1)
    assert (0, 0) == (pages[0].beats, pages[1].beats)
    callback("RefreshFunction", "1 from EdgeQueue", 0.1)
    assert (1, 1) == (pages[0].beats, pages[1].beats)
