"""Fixtures of all pipeline tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dropcap_local.cloud import LocalCloud
from support.command_line import Running, running
from support.example_site import ExampleSite, letters_of
from support.site_folders import GOOD, site_folder

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def cloud() -> Iterator[LocalCloud]:
    """Return the real template, deployed into an empty local cloud."""
    with LocalCloud() as deployed:
        yield deployed


@pytest.fixture(scope="session")
def example() -> ExampleSite:
    """Return the example site and its mails; tests that use it are in the group `example`, to share it."""
    files = {str(path.relative_to(EXAMPLES)): path for path in sorted(EXAMPLES.rglob("*")) if path.is_file()}
    with LocalCloud() as cloud:
        for key, file in files.items():
            cloud.upload(key, file.read_bytes())
        cloud.settle()
        return ExampleSite({key: body for key, (body, _) in cloud.site().items()}, letters_of(cloud, files))


@pytest.fixture(scope="session")
def example_site(example: ExampleSite) -> dict[str, bytes]:
    """Return the objects of the example site by key."""
    return example.objects


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that `dev` serves."""
    return site_folder(tmp_path_factory.mktemp("served"), *GOOD)


@pytest.fixture(scope="module")
def dev(folder: Path) -> Iterator[Running]:
    """Serve `folder` as `dropcap dev` does, to all tests of a module."""
    with running("dev", folder) as served:
        yield served
