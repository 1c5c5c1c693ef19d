"""Files of one name, such as the `cover.jpg` of each page bundle: found at any number by bounded queries."""

import random
from collections.abc import Mapping

import pytest

from dropcap.aws import catalog_keys as keys
from dropcap.aws import media
from dropcap.aws.media import NAMESAKES, MediaItems
from dropcap.aws.table import Item
from dropcap.document.html.file_references import folded, mention
from dropcap.site.media import READY, Content, Media, Rendition, chosen
from support.memory_table import MemoryTable
from support.posts import CAUSE

CONTENT = Content((Rendition("image/png", 40, 30, "d1"),), "", inline=True)
MANY = [f"posts/a{number:04}/cover.jpg" for number in range(NAMESAKES + 100)]


def files(*names: str) -> list[Item]:
    """Return the items of the files NAMES."""
    states = (Media(key, READY, "e1", "picture-1", "t", CONTENT, (), (), CAUSE) for key in names)
    return [{"pk": pk, "sk": sk, **item} for state in states for (pk, sk), item in keys.file_name_items(state).items()]


class CountingTable(MemoryTable):
    """A table in memory that keeps how many items each query RETURNED."""

    def __init__(self, *items: Item) -> None:
        """Store ITEMS."""
        super().__init__(*items)
        self.returned: list[int] = []

    def query(
        self, pk: str, *, most: int, newest_first: bool = False, where: Mapping[str, str] | None = None
    ) -> list[Item]:
        """Return what the query returns."""
        items = super().query(pk, most=most, newest_first=newest_first, where=where)
        self.returned.append(len(items))
        return items


def called(items: MediaItems, written: str, source: str) -> tuple[str, bool] | None:
    """Return the key that SOURCE means by WRITTEN, and whether that is certain."""
    file = mention(written, source)
    assert file
    return items.called(file, source)


def test_a_text_means_the_file_beside_it_at_any_number_of_files_of_that_name() -> None:
    """Also one whose path comes after all those that a query reads; by its name alone, the nearest one is a guess."""
    table = CountingTable(*files(*MANY, "posts/p/cover.jpg", "static/z/cover.jpg"))
    items = MediaItems(table)
    assert ("posts/p/cover.jpg", True) == called(items, "cover.jpg", "posts/p/index.md")
    assert ("static/z/cover.jpg", True) == called(items, "/z/cover.jpg", "posts/p/index.md")
    assert ("posts/p/cover.jpg", False) == called(items, "img/cover.jpg", "posts/p/q/index.md")
    assert (MANY[0], False) == called(items, "cover.jpg", "pages/about.md")
    assert max(table.returned) <= NAMESAKES
    assert len(table.returned) <= 4 * 5


def test_an_ordinary_number_of_files_takes_one_query() -> None:
    """Whether the file is there or not."""
    table = CountingTable(*files("posts/a/cover.jpg", "posts/b/cover.jpg"))
    items = MediaItems(table)
    assert ("posts/b/cover.jpg", True) == called(items, "cover.jpg", "posts/b/index.md")
    assert ("posts/a/cover.jpg", False) == called(items, "cover.jpg", "posts/c/index.md")
    assert [2, 2] == table.returned


FOLDERS = ("a", "A", "b", "b#c", "static/a", "a/b/c", "a/x", "é", "static/a/b")  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_the_file_is_the_same_however_many_a_query_reads(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its path; and by its name alone, if the nearest folder has no more of them than a query reads."""
    draw = random.Random(seed)  # noqa: S311  # no secret
    sample = [f"{'/'.join(draw.choices(FOLDERS, k=draw.randint(1, 3)))}/cover.jpg" for _ in range(30)]
    stored = files(*dict.fromkeys(sample))
    items = MediaItems(MemoryTable(*stored))
    for source in (f"{'/'.join(draw.choices(FOLDERS, k=draw.randint(1, 3)))}/x.md" for _ in range(20)):
        file = mention(draw.choice(("cover.jpg", "/a/cover.jpg", "../cover.jpg")), source)
        assert file
        monkeypatch.setattr(media, "NAMESAKES", 7)
        match, present = items.called(file, source), items.existing("cover.jpg", [*file.paths, folded(sample[0])])
        assert chosen(file.paths, source, stored) == match or not (match and match[1])
        monkeypatch.setattr(media, "NAMESAKES", 29)
        assert chosen(file.paths, source, stored) == items.called(file, source)
        assert items.existing("cover.jpg", [*file.paths, folded(sample[0])]) == present
        assert {path for path in file.paths if any(item["sk"].startswith(f"{path}#") for item in stored)} <= present
        assert folded(sample[0]) in present


def test_paths_at_which_there_are_files_are_found_without_reading_all_files() -> None:
    """A page of mentions names few of many files."""
    table = CountingTable(*files(*MANY))
    wanted = [MANY[3], MANY[-1], "posts/b/cover.jpg", "cover.jpg"]
    assert {MANY[3], MANY[-1]} == MediaItems(table).existing("cover.jpg", wanted)
    assert len(table.returned) <= 2
    assert set() == MediaItems(table).existing("cover.jpg", [])
