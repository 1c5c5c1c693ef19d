"""Folders that the operator answers for, and nobody else's."""

import pytest

from dropcap_local.cloud import LocalCloud

FRAME = '<iframe src="https://maps.example/1"></iframe>'


@pytest.mark.parametrize(
    ("prefixes", "expected"),
    [("", set()), ("pages/, /embeds/,", {"/map/", "/film/"}), ("pages-old/", {"/mill/"}), ("pages", {"/map/"})],
)
def test_frames_stay_in_files_below_a_trusted_prefix_alone(prefixes: str, expected: set[str]) -> None:
    """The parameter is a list with commas, with or without slashes and spaces; `pages` does not trust `pages-old/`."""
    with LocalCloud(environment={"TRUSTED_PREFIXES": prefixes}) as cloud:
        for key in ("pages/map.md", "embeds/deep/film.md", "posts/pages/walk.md", "pages-old/mill.md"):
            cloud.upload(key, f"Text.\n\n{FRAME}\n")
        cloud.settle()
        paths = ("/map/", "/film/", "/walk/", "/mill/")
        assert expected == {path for path in paths if b"<iframe" in cloud.page(path).body}
