"""Readers get the current state: every view invalidates what it changed; a view that does not is detected here."""

import pytest

from dropcap.aws.site_bucket import SiteObject
from dropcap.errors import ServiceError
from dropcap.steps.publish.context import PublishContext
from dropcap_local.cloud import LocalCloud

NAPS = "---\ntitle: Naps\ndate: 2025-03-14\ntags: [sleep]\n---\nTwenty minutes.\n"
SEEN = ("/", "/naps/", "/feed.xml", "/feed.json", "/2025/03/", "/tags/sleep/", "/sitemap/2025-03.xml")


def test_readers_see_a_change_at_once_though_everything_was_cached(cloud: LocalCloud) -> None:
    """Every page that shows the change was at the edge before, for a day."""
    publish_and_look(cloud)
    cloud.upload(
        "posts/naps.md", NAPS.replace("Naps", "Short naps").replace("title:", "slug: naps\nupdated: 2025-03-20\ntitle:")
    )
    cloud.settle()
    assert [] == stale(cloud)
    assert "Short naps" in cloud.page("/").text


@pytest.mark.parametrize(("forgotten", "page"), [("page-", "/naps/"), ("lists", "/")])
def test_a_view_without_its_cache_tag_leaves_a_stale_page(
    cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch, forgotten: str, page: str
) -> None:
    """The local edge shows what the CDN would show: the old page, until a day has passed."""
    whole = PublishContext.put

    def forgets(self: PublishContext, path: str, what: SiteObject, *, is_new: bool = False) -> frozenset[str]:
        return frozenset(tag for tag in whole(self, path, what, is_new=is_new) if not tag.startswith(forgotten))

    monkeypatch.setattr(PublishContext, "put", forgets)
    publish_and_look(cloud)
    cloud.upload("posts/naps.md", NAPS.replace("Twenty minutes", "Half an hour"))
    cloud.settle()
    assert page in stale(cloud)
    assert "Half an hour" not in cloud.page(page).text
    cloud.clock.advance(86_400)
    assert "Half an hour" in cloud.page(page).text


LINK = f"?s={'a' * 64}&t=token"
CALLS = [
    *((method, f"/api/{action}{link}") for method in ("GET", "HEAD", "POST") for action in ("confirm", "unsubscribe")
      for link in ("", LINK)),
    *((method, "/api/subscribe") for method in ("GET", "HEAD", "POST", "PUT", "DELETE")),
    *((method, path) for method in ("GET", "HEAD") for path in ("/api/", "/api/nothing", "/api/confirm/more")),
]  # fmt: skip


@pytest.mark.parametrize("fails", [False, True], ids=["answers", "fails"])
def test_nothing_below_api_is_cached(cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch, *, fails: bool) -> None:
    """Neither pages nor errors, with any method: a later request always reaches the function."""
    cloud.upload("site.yaml", "title: Journal\n")
    cloud.settle()
    cloud.page("/api/confirm")

    def fail(*_: object, **__: object) -> None:
        raise ServiceError

    if fails:
        monkeypatch.setattr("subscribe.respond", fail)
    answers = {(*call, turn): cloud.request(*call) for call in CALLS for turn in (1, 2)}
    assert {} == {call: answer.headers["age"] for call, answer in answers.items() if "age" in answer.headers}
    assert {"no-store"} == {answer.headers["cache-control"] for answer in answers.values()}
    statuses = {answer.status for answer in answers.values()}
    assert statuses == ({503} if fails else {200, 400})


def publish_and_look(cloud: LocalCloud) -> None:
    """Publish a post and let the edge keep all that shows it."""
    cloud.upload("site.yaml", "title: Journal\n")
    cloud.upload("posts/naps.md", NAPS)
    cloud.settle()
    for address in SEEN:
        cloud.page(address)
    assert {"Hit from cloudfront"} == {cloud.page(address).headers["x-cache"] for address in SEEN}


def stale(cloud: LocalCloud) -> list[str]:
    """Return the pages at the edge that are not what stands in the bucket."""
    site = {key: body for key, (body, _) in cloud.site().items()}
    keys = {address: address[1:] + ("index.html" if address.endswith("/") else "") for address in SEEN}
    return [address for address, key in keys.items() if site[key] != cloud.page(address).body]
