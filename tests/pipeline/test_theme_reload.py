"""`dropcap dev` builds all pages again when a file of the theme is saved."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from dropcap_cli.dev.eager_cloud import EagerCloud
from dropcap_cli.dev.theme_reload import ThemeReload, template_errors
from dropcap_local.server.main_thread import MainThreadQueue
from support.command_line import soon
from support.new_theme import deployed, own_theme

MARK = "<!-- a-new-theme -->"


@pytest.fixture
def cloud() -> Iterator[EagerCloud]:
    """Return the cloud of `dropcap dev`."""
    with EagerCloud() as eager:
        yield eager


def test_a_saved_template_reaches_every_page_and_a_broken_one_none(cloud: EagerCloud, tmp_path: Path) -> None:
    """With an error in a template the pages stay as they are, and its line is printed; once corrected, they follow."""
    theme, lines, end, main_thread = own_theme(cloud, tmp_path / "templates"), list[str](), Event(), MainThreadQueue()
    with deployed(cloud, theme):
        cloud.upload("posts/naps.md", "---\ntitle: Naps\ndate: 2026-03-14\n---\nShort.\n")
        while cloud.step():
            pass
        watch = Thread(target=ThemeReload(theme, cloud, main_thread, lines.append).until, args=[end])
        watch.start()

        def work(path: str = "/naps/") -> str:
            main_thread.run(0.05)
            while cloud.step():
                pass
            return cloud.page(path).text

        try:
            footer = theme / "site/page.html"
            text = footer.read_text()
            footer.write_text("{% if %}" + text)
            soon(lambda: work() and any("site/page.html:1:" in line for line in lines))
            assert MARK not in work()
            footer.write_text(text.replace("</body>", f"{MARK}</body>"))
            soon(lambda: MARK in work())
            soon(lambda: MARK in work("/"))
        finally:
            end.set()
            main_thread.close()
            watch.join()


def test_the_theme_has_no_errors(cloud: EagerCloud) -> None:
    """Every template of Dropcap's own can be read."""
    assert [] == list(template_errors(Path(cloud.stack.functions["PublishFunction"].environment["TEMPLATES_DIR"])))
