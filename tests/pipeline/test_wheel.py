"""The wheel works without a checkout: the application's files are in it."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from support.site_folders import GOOD, site_folder
from support.template import ROOT

SITE_PACKAGES = next(path for path in sys.path if path.endswith("site-packages"))


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of a copy of this checkout, and unpack it."""
    folder = tmp_path_factory.mktemp("wheel")
    list_files = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    tracked = subprocess.run(list_files, cwd=ROOT, capture_output=True, check=True)  # noqa: S603  # our own command
    for name in tracked.stdout.decode().splitlines():
        if (ROOT / name).is_file():
            (folder / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "copy" / name).write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", "..", "."]
    subprocess.run(command, cwd=folder / "copy", check=True, capture_output=True)  # noqa: S603  # our own command
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")  # we have just built it
    return folder / "installed"


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the unpacked `dropcap` in FOLDER."""
    return subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-P", "-m", "dropcap_cli", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{installed}:{SITE_PACKAGES}", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_build_from_the_wheel_makes_the_pages(installed: Path, tmp_path: Path) -> None:
    """With nothing but the installed files."""
    site_folder(tmp_path, *GOOD)
    ran = run(installed, tmp_path, "build", "site", "out")
    assert 0 == ran.returncode, ran.stderr
    assert "<strong>enough</strong>" in (tmp_path / "out/naps/index.html").read_text()
    code = "import dropcap, dropcap_local.project as p; print(dropcap.__file__, p.PROJECT)"
    paths = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-P", "-c", code],
        env={"PYTHONPATH": f"{installed}:{SITE_PACKAGES}"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert [] == [path for path in paths if not path.startswith(str(installed))]


def test_the_wheel_has_what_the_application_reads(installed: Path) -> None:
    """Every handler, template, nested template, and example of the checkout."""
    application = installed / "dropcap_local/application"
    wanted = [
        path.relative_to(ROOT)
        for pattern in ("template.yaml", "functions/*.py", "functions/requirements.txt", "infra/*.yaml")
        for path in ROOT.glob(pattern)
    ]
    wanted += [
        path.relative_to(ROOT)
        for folder in ("templates", "examples", "infra/edge")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert [] == [path for path in wanted if not (application / path).is_file()]


def test_the_wheel_can_be_deployed(installed: Path, tmp_path: Path) -> None:
    """SAM gets a folder of its own, in which the package is beside the handlers; a second call replaces it."""
    code = "from dropcap_local.project import deployable; deployable(); print(deployable())"
    folder = Path(
        subprocess.run(  # noqa: S603  # our own command
            [sys.executable, "-P", "-c", code],
            env={"PYTHONPATH": f"{installed}:{SITE_PACKAGES}", "XDG_CACHE_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    )
    assert folder.is_relative_to(tmp_path)
    names = ("template.yaml", "functions/render.py", "functions/dropcap/contracts.py", "infra/package/Makefile")
    assert [] == [name for name in names if not (folder / name).is_file()]
    assert b"requirements.txt" in (folder / "infra/package/Makefile").read_bytes()
    assert (ROOT / "functions/requirements.txt").read_bytes() == (folder / "functions/requirements.txt").read_bytes()
