"""Files that are renamed: their readers find them, with an `id` and without."""

from collections.abc import Callable

import pytest

from dropcap_local.cloud import LocalCloud

TEXT = "A nap is not a defeat, and twenty minutes are enough for most people who take one after lunch. " * 2


def source(*lines: str, text: str = TEXT) -> str:
    """Return the source of a post with LINES of front matter."""
    return "\n".join(("---", "title: Naps", "date: 2025-03-14", *lines, "---", text)) + "\n"


def leads(cloud: LocalCloud, path: str) -> tuple[int, str | None]:
    """Return the status at PATH, and where it leads."""
    page = cloud.page(path)
    return page.status, page.headers.get("location")


@pytest.mark.parametrize("deleted_first", [True, False], ids=["deleted first", "created first"])
@pytest.mark.parametrize("line", ["id: nap-1", "tags: [sleep]"], ids=["with an id", "with the same text"])
def test_a_renamed_file_leaves_a_redirect(cloud: LocalCloud, line: str, deleted_first: bool) -> None:  # noqa: FBT001  # a parameter
    """Whichever half of the renaming comes first."""
    cloud.upload("posts/naps.md", source(line))
    cloud.settle()
    acts: list[Callable[[], None]] = [
        lambda: cloud.delete("posts/naps.md"),
        lambda: cloud.upload("posts/short-sleep.md", source(line)),
    ]
    for act in acts if deleted_first else acts[::-1]:
        act()
        cloud.settle()
    assert (301, "/short-sleep/") == leads(cloud, "/naps/")
    assert 200 == cloud.page("/short-sleep/").status


def test_a_chain_of_renamings_leads_straight_to_what_stands(cloud: LocalCloud) -> None:
    """Every former address points at the post itself, whatever changed in between, also after the Catalog is lost."""
    cloud.upload("posts/one.md", source())
    cloud.settle()
    cloud.delete("posts/one.md")
    cloud.upload("posts/two.md", source())
    cloud.settle()
    cloud.upload("posts/two.md", source("slug: second", text=TEXT + "Edited."))
    cloud.settle()
    cloud.upload("posts/three.md", source(text=TEXT + "Edited."))
    cloud.settle()
    cloud.delete("posts/two.md")
    cloud.settle()
    for path in ("/one/", "/two/", "/second/"):
        assert (301, "/three/") == leads(cloud, path), path


def test_copies_and_trivial_texts_are_no_renamings(cloud: LocalCloud) -> None:
    """Two live files with the same text both live; and two that say next to nothing have nothing in common."""
    cloud.upload("posts/one.md", source())
    cloud.upload("posts/two.md", source())
    cloud.upload("posts/short.md", source(text="Coming soon."))
    cloud.upload("posts/soon.md", source(text="Coming soon."))
    cloud.settle()
    assert [200] * 4 == [cloud.page(path).status for path in ("/one/", "/two/", "/short/", "/soon/")]
    cloud.delete("posts/short.md")
    cloud.settle()
    assert (410, None) == leads(cloud, "/short/")


def test_a_file_that_comes_back_has_its_address_again(cloud: LocalCloud) -> None:
    """An address that another post took over in the meantime goes back to its first owner."""
    cloud.upload("posts/one.md", source("slug: first"))
    cloud.settle()
    cloud.upload("posts/one.md", source())
    cloud.settle()
    cloud.delete("posts/one.md")
    cloud.upload("posts/another.md", source())
    cloud.settle()
    assert [(301, "/another/")] * 2 == [leads(cloud, path) for path in ("/one/", "/first/")]
    cloud.upload("posts/one.md", source())
    cloud.settle()
    assert [(200, None), (301, "/one/")] == [leads(cloud, path) for path in ("/one/", "/first/")]
