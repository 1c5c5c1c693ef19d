"""Old fragments, bodies, private renditions and references expire; nothing that an item refers to ever does."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from dropcap.aws.catalog_scan import CatalogScan
from dropcap.aws.stored_artifacts import StoredArtifacts, StoredVersion
from dropcap.steps.reconcile.expire import Expired, ExpireTools, expire
from dropcap_local.cloud import LocalCloud
from support.made_pictures import picture

NAPS = "---\ntitle: Naps\ndate: 2026-03-14\n---\nShort, see [[Walks]].\n\n![A view](view.png)\n"
IDEA = "---\ntitle: Idea\ndraft: true\n---\nNot yet.\n"
MENTIONED = {"REF#walks", "REF#posts/walks", "REF#file:view.png"}
"""The partitions of the references of NAPS."""
WEEK = timedelta(days=7)
WEEKS = 6
"""After so many weekly looks, what was unneeded at the first has been so for more than thirty days."""


@pytest.fixture
def cloud() -> Iterator[LocalCloud]:
    """Return a stack with a post, a draft, a text, and a picture."""
    with LocalCloud() as deployed:
        for key, content in SOURCES.items():
            deployed.upload(key, content)
            deployed.settle()
        yield deployed


SOURCES: dict[str, str | bytes] = {
    "posts/view.png": picture("#336699"),
    "posts/naps.md": NAPS,
    "posts/idea.md": IDEA,
    "pages/about.md": "# About\n\nWho writes here.\n",
}
"""The picture comes first: without it, the page would leave an earlier text."""


def tools(cloud: LocalCloud) -> ExpireTools:
    """Return the Catalog and the artifact bucket of CLOUD."""
    return ExpireTools(
        CatalogScan(cloud.client("dynamodb"), cloud.id("CatalogTable")),
        StoredArtifacts(cloud.client("s3"), cloud.id("ArtifactBucket")),
    )


def stored(cloud: LocalCloud) -> set[str]:
    """Return the keys of all artifacts in CLOUD."""
    return {item.key for page in tools(cloud).artifacts.pages() for item in page}


def references(cloud: LocalCloud) -> set[str]:
    """Return the names that are mentioned in CLOUD."""
    return {item.key[0] for page in tools(cloud).catalog.pages() for item in page if item.token}


def look(cloud: LocalCloud, weeks: int = WEEKS) -> Expired:
    """Look once a week in CLOUD; return the last result."""
    results = []
    for _ in range(weeks):
        results.append(expire(tools(cloud), cloud.clock.now(), lambda: True))
        cloud.clock.advance(WEEK.total_seconds())
    assert results[-1] is not None
    return results[-1]


def test_nothing_that_an_item_refers_to_expires(cloud: LocalCloud) -> None:
    """The texts of posts, pages and drafts, the renditions of pictures and all references stay for ever."""
    before = stored(cloud), references(cloud)
    assert 3 == len({key.partition("/")[0] for key in before[0]})
    assert MENTIONED == before[1]
    assert Expired(unneeded=0, deleted=0) == look(cloud)
    assert before == (stored(cloud), references(cloud))


def test_what_is_no_longer_needed_expires_after_thirty_days(cloud: LocalCloud) -> None:
    """An edit, a removal and another picture leave texts, renditions and references; the site stays as it is."""
    old = stored(cloud)
    cloud.upload("posts/naps.md", "---\ntitle: Naps\ndate: 2026-03-14\n---\nLong.\n")
    cloud.upload("posts/view.png", picture("#aa3311"))
    cloud.delete("pages/about.md")
    cloud.settle()
    site, new = cloud.site(), stored(cloud) - old
    look(cloud, 5)
    assert old <= stored(cloud)
    look(cloud, 1)
    kept = stored(cloud)
    assert new <= kept
    assert {"fragments": 1} == counts(old & kept)  # the draft's
    assert set() == references(cloud)
    assert site == cloud.site()


def test_what_is_needed_again_in_the_last_moment_stays(cloud: LocalCloud) -> None:
    """A text that comes back after four weeks is stored anew: its name is the same, its version is another."""
    cloud.upload("posts/naps.md", "---\ntitle: Naps\ndate: 2026-03-14\n---\nLong.\n")
    cloud.settle()
    look(cloud, 5)
    due = {item.key: item for page in tools(cloud).artifacts.pages() for item in page}
    cloud.upload("posts/naps.md", NAPS)
    cloud.settle()
    tools(cloud).artifacts.delete(list(due.values()))  # a deletion that was decided before the upload
    body = next(key for key in stored(cloud) if key.startswith("bodies/"))
    assert due[body] not in [item for page in tools(cloud).artifacts.pages() for item in page]
    assert MENTIONED == references(cloud)
    before = stored(cloud)
    look(cloud)
    assert before == stored(cloud)


def test_a_reference_that_is_written_again_is_not_deleted(cloud: LocalCloud) -> None:
    """The deletion names the token that was seen."""
    scan = tools(cloud).catalog
    (reference,) = [item for page in scan.pages() for item in page if "REF#walks" == item.key[0]]
    assert not scan.delete_reference(reference.key, "another token")
    assert "REF#walks" in references(cloud)
    assert scan.delete_reference(reference.key, str(reference.token))
    assert "REF#walks" not in references(cloud)


def test_a_look_that_has_no_time_deletes_nothing(cloud: LocalCloud) -> None:
    """A half of the Catalog would make the other half's texts unneeded."""
    before = stored(cloud)
    for _ in range(WEEKS):
        assert expire(tools(cloud), cloud.clock.now(), lambda: False) is None
        cloud.clock.advance(WEEK.total_seconds())
    assert before == stored(cloud)
    assert tools(cloud).artifacts.record().looked is None


def test_the_daily_comparison_looks_once_a_week(cloud: LocalCloud) -> None:
    """It costs one read on other days, and says how many things it deleted."""
    cloud.client("s3").put_object(Bucket=cloud.id("ArtifactBucket"), Key="bodies/0a.html", Body=b"unneeded")
    scans = []
    for _ in range(37):
        before = cloud.calls["dynamodb", "Scan"]
        expired = cloud.run_function("ReconcileFunction")["expired"]
        scans.append(cloud.calls["dynamodb", "Scan"] - before)
        assert ("bodies/0a.html" in stored(cloud)) is not bool(expired)
        cloud.clock.advance(timedelta(days=1).total_seconds())
        if expired:
            break
    assert [1, *[0] * 6] * 5 + [1] == scans


def counts(names: set[str]) -> dict[str, int]:
    """Return how many of NAMES are in each folder."""
    folders = [name.partition("/")[0] for name in names]
    return {folder: folders.count(folder) for folder in folders}


def test_only_listed_folders_are_looked_at(cloud: LocalCloud) -> None:
    """Letters of newsletters are needed by another table."""
    s3, bucket = cloud.client("s3"), cloud.id("ArtifactBucket")
    s3.put_object(Bucket=bucket, Key="letters/0a.json", Body=b"{}")
    look(cloud)
    assert b"{}" == s3.get_object(Bucket=bucket, Key="letters/0a.json")["Body"].read()
    assert StoredVersion("letters/0a.json", "1").digest == "0a"
