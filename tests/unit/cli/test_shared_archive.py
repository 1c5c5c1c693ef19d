"""One archive for all functions of a deployment."""

import os
import zipfile
from pathlib import Path

from dropcap_cli.deployment.shared_archive import ARCHIVE, share_archive

TEMPLATE = """Resources:
  IndexFunction:
    Properties:
      CodeUri: RenderFunction
  RenderFunction:
    Properties:
      CodeUri: RenderFunction
  TemplatesLayer:
    Properties:
      ContentUri: TemplatesLayer
"""


def built(folder: Path, template: str = TEMPLATE) -> Path:
    """Return FOLDER with what `sam build` has written."""
    (folder / "RenderFunction" / "dropcap").mkdir(parents=True)
    (folder / "RenderFunction" / "render.py").write_text("import dropcap\n")
    (folder / "RenderFunction" / "dropcap" / "__init__.py").write_text("")
    (folder / "template.yaml").write_text(template)
    return folder


def test_all_functions_have_one_archive_with_the_files_of_the_build(tmp_path: Path) -> None:
    """The layer keeps its folder; Lambda may read every file."""
    share_archive(built(tmp_path))
    assert (
        TEMPLATE.replace("CodeUri: RenderFunction", f"CodeUri: {ARCHIVE}") == (tmp_path / "template.yaml").read_text()
    )
    with zipfile.ZipFile(tmp_path / ARCHIVE) as archive:
        assert ["dropcap/__init__.py", "render.py"] == archive.namelist()
        assert b"import dropcap\n" == archive.read("render.py")
        assert {0o100755} == {entry.external_attr >> 16 for entry in archive.infolist()}


def test_equal_files_make_equal_bytes(tmp_path: Path) -> None:
    """A deployment of the same code uploads nothing."""
    first, second = built(tmp_path / "first"), built(tmp_path / "second")
    os.utime(second / "RenderFunction" / "render.py", (0, 0))
    for folder in (first, second):
        share_archive(folder)
    assert (first / ARCHIVE).read_bytes() == (second / ARCHIVE).read_bytes()


def test_functions_with_packages_of_their_own_keep_them(tmp_path: Path) -> None:
    """An older template built each function."""
    template = TEMPLATE.replace("RenderFunction\n  Render", "IndexFunction\n  Render")
    share_archive(built(tmp_path, template))
    assert template == (tmp_path / "template.yaml").read_text()
    assert not (tmp_path / ARCHIVE).exists()
