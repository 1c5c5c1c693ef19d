"""Work in bulk: it reaches everything, what is gone included, and lets an upload pass."""

import pytest

from dropcap.aws import media
from dropcap.contracts import Cause, UploadSeen
from dropcap.site.settings.model import SITE_KEY
from dropcap.steps.index import walk_content, walk_mentions, walk_references
from dropcap.walk_contracts import WalkContent
from dropcap_local.cloud import LocalCloud
from support.made_pictures import picture
from support.readers import differences

CAUSE = Cause("", "", "2026-03-16T09:00:00Z")
PAGE = 5
POSTS = 25


def title(words: str) -> str:
    """Return a `site.yaml`."""
    return f"title: The {words} Hour\n"


def test_new_settings_reach_what_has_moved_or_gone_and_previews(cloud: LocalCloud) -> None:
    """A page that says "gone" carries the site's name too, and so does the preview of a draft."""
    cloud.upload(SITE_KEY, title("Quiet"))
    cloud.upload("posts/gone.md", "---\nslug: gone\n---\nText.\n")
    cloud.upload("posts/moved.md", "---\nslug: before\n---\nText.\n")
    cloud.upload("posts/draft.md", "---\ndraft: true\n---\nText.\n")
    cloud.settle()
    cloud.delete("posts/gone.md")
    cloud.upload("posts/moved.md", "---\nslug: after\n---\nText.\n")
    cloud.settle()
    before = {key for key, (body, _) in cloud.site().items() if b"Quiet" in body}
    assert {"gone/index.html", "before/index.html", "after/index.html"} < before
    cloud.upload(SITE_KEY, title("Loud"))
    cloud.settle()
    after = cloud.site()
    assert before == {key for key, (body, _) in after.items() if b"Loud" in body}
    assert [] == [key for key, (body, _) in after.items() if b"Quiet" in body]


def test_a_lost_catalog_is_no_loss(cloud: LocalCloud) -> None:
    """From the content bucket alone, its versions and journals, a walk gives back the same site, byte for byte."""
    long = "The same words as before, so that the renamed file is known again by them. " * 3
    cloud.upload(SITE_KEY, title("Quiet"))
    cloud.upload("posts/gone.md", "---\ntags: [t]\n---\nText. See [[moved]].\n")
    cloud.upload("posts/one.md", f"---\ndate: 2025-03-01\n---\n{long}\n")
    cloud.upload("posts/bad.md", "---\ndate: 2025-03-02\n---\nGood. See [[two]].\n")
    cloud.upload("posts/draft.md", "---\ndraft: true\n---\nUnfinished.\n")
    cloud.settle()
    cloud.delete("posts/gone.md")
    cloud.delete("posts/one.md")
    cloud.upload("posts/two.md", f"---\ndate: 2025-03-01\n---\n{long}\n")
    cloud.settle()
    for _ in range(12):
        cloud.clock.advance(1)
        cloud.upload("posts/bad.md", "---\ntitle: [\n---\n")
        cloud.settle()
    before = cloud.site()
    table, name = cloud.client("dynamodb"), cloud.id("CatalogTable")
    for item in table.scan(TableName=name, ConsistentRead=True)["Items"]:
        table.delete_item(TableName=name, Key={"pk": item["pk"], "sk": item["sk"]})
    cloud.settle()
    assert before != cloud.site()
    sqs = cloud.client("sqs")
    sqs.send_message(QueueUrl=cloud.id("UploadQueue"), MessageBody=UploadSeen(SITE_KEY, CAUSE).to_json())
    cloud.settle()
    sqs.send_message(QueueUrl=cloud.id("BulkQueue"), MessageBody=WalkContent("", "", CAUSE).to_json())
    cloud.settle()
    assert [] == differences(before, cloud.site())


def test_an_upload_passes_a_walk_over_everything(cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the midst of a walk it waits for one page of it at most, and not for the rest."""
    monkeypatch.setattr(walk_content, "PAGE", PAGE)
    for number in range(POSTS):
        cloud.upload(f"posts/post-{number:02}.md", f"---\ndate: 2025-01-{number % 28 + 1:02}\n---\nText {number}.\n")
    cloud.settle()
    cloud.upload(SITE_KEY, title("Loud"))
    hops: list[str] = []
    cloud.on_hop.append(lambda function, what, _seconds: hops.append(f"{function} {what}"))
    while not any("BulkQueue" in hop for hop in hops):
        cloud.step()
    cloud.upload("posts/urgent.md", "Now.\n")
    begun = len(hops)
    while 200 != cloud.page("/urgent/").status:
        cloud.step()
    waited = len(hops) - begun
    cloud.settle()
    after = len(hops) - begun - waited
    assert after > 2 * waited
    assert sum(hop.startswith("RenderFunction") for hop in hops[begun : begun + waited]) <= PAGE + 1
    assert b"Loud" in cloud.page("/post-24/").body


def test_a_name_that_many_mention_is_walked_page_by_page(cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it appears they all link to it, and no question to the Catalog asks for more than a page of them."""
    monkeypatch.setattr(walk_references, "PAGE", PAGE)
    many = [f"posts/mention-{number:02}.md" for number in range(2 * PAGE + 1)]
    for key in many:
        cloud.upload(key, "See [[hub]].\n")
    cloud.settle()
    limits: list[int] = []
    hops: list[str] = []
    cloud.on_hop.append(lambda _function, what, _seconds: hops.append(what))
    cloud.on_call.append(
        lambda _service, call, params, phase: (
            limits.append(params["Limit"])
            if (call, phase) == ("Query", "before") and "REF#hub" in str(params)
            else None
        )
    )
    cloud.upload("notes/hub.md", "Here.\n")
    cloud.settle()
    assert all(b'href="/hub/"' in cloud.page(f"/{key[6:-3]}/").body for key in many)
    assert PAGE in limits
    assert 2 * 1 <= sum("BulkQueue" in hop for hop in hops)


@pytest.mark.parametrize("pictures_first", [True, False])
def test_many_bundles_each_have_their_picture(
    cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch, *, pictures_first: bool
) -> None:
    """There are more files of that name, and more texts that mention it, than a query reads; a shared one is last."""
    monkeypatch.setattr(media, "NAMESAKES", PAGE)
    monkeypatch.setattr(walk_mentions, "PAGE", PAGE)
    many = range(2 * PAGE + 1)
    text = "---\ndate: 2025-03-{:02}\n---\n![](cover.png)\n"
    texts = {f"posts/p{number:02}/index.md": text.format(number + 1).encode() for number in many}
    covers = {f"posts/p{number:02}/cover.png": picture("teal", (40 + number, 30), format="PNG") for number in many}
    for uploads in (covers, texts) if pictures_first else (texts, covers):
        for key, body in uploads.items():
            cloud.upload(key, body)
        cloud.settle()
    for number in many:
        assert f'width="{40 + number}"'.encode() in cloud.page(f"/p{number:02}/").body
        assert [] == (cloud.report(f"posts/p{number:02}/index.md") or {})["warnings"]
        assert (cloud.report(f"posts/p{number:02}/cover.png") or {})["url"]


def test_a_shared_picture_that_is_replaced_reaches_all_its_pages(
    cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one that is removed."""
    monkeypatch.setattr(media, "NAMESAKES", PAGE)
    monkeypatch.setattr(walk_mentions, "PAGE", PAGE)
    many = range(2 * PAGE + 1)
    for number in many:
        cloud.upload(f"posts/p{number:02}.md", f"---\ndate: 2025-03-{number + 1:02}\n---\n![](/shared.png)\n")
    cloud.upload("shared.png", picture("teal", (40, 30), format="PNG"))
    cloud.settle()
    cloud.upload("shared.png", picture("teal", (50, 30), format="PNG"))
    cloud.settle()
    assert all(b'width="50"' in cloud.page(f"/p{number:02}/").body for number in many)
    cloud.delete("shared.png")
    cloud.settle()
    assert not any(b'width="50"' in cloud.page(f"/p{number:02}/").body for number in many)
