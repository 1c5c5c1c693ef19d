"""Pictures and files from upload to page: in any order, with any mishap, the site ends the same."""

import re
from collections.abc import Callable
from io import BytesIO
from itertools import permutations
from pathlib import PurePosixPath
from typing import Any
from unittest.mock import patch

import pytest
from botocore.client import BaseClient
from PIL import Image

from dropcap.clients import COPYING, PATIENT
from dropcap.site.urls import media_path
from dropcap.steps.publish import media as shown_files
from dropcap_local.cloud import LocalCloud
from support.made_pictures import picture
from support.readers import SiteObjects, subscribe

POST = "---\ntitle: A walk\nslug: walk\ndate: 2025-03-14\n---\nLook: ![a tree](tree.jpg)\n"
DRAFT = POST.replace("title:", "draft: true\ntitle:")
SITE = "https://journal.example.org"
KEY, TREE = "posts/walk.md", "posts/tree.jpg"


def media(cloud: LocalCloud) -> list[str]:
    """Return the names of the public pictures and files, social cards apart."""
    names = (PurePosixPath(key).name for key in public(cloud.site()) if key.startswith("assets/media/"))
    return sorted(name for name in names if not name.startswith("card-"))


def body(cloud: LocalCloud, address: str = "/walk/") -> str:
    """Return the page at ADDRESS."""
    return cloud.page(address).body.decode()


Act = Callable[[LocalCloud], None]
UPLOADED: dict[str, Act] = {
    "post": lambda cloud: cloud.upload(KEY, POST),
    "red tree": lambda cloud: cloud.upload(TREE, picture("red")),
    "drawing": lambda cloud: cloud.upload("posts/x/tree.jpg", picture("blue")),
}
AFTER: dict[str, Act] = {
    "replaced": lambda cloud: cloud.upload(TREE, picture("green")),
    "removed": lambda cloud: cloud.delete(TREE),
    "draft": lambda cloud: cloud.upload(KEY, DRAFT),
    "gone": lambda cloud: cloud.delete(KEY),
}


def site_after(acts: list[Act], last: Act, *, unkind: int | None = None, at_rest: bool = True) -> SiteObjects:
    """Return the site after ACTS and then LAST; the cloud settles between them if AT_REST, else only at the end."""
    with LocalCloud(fault_seed=unkind) as cloud:
        for act in acts:
            act(cloud)
            if at_rest:
                cloud.settle()
        cloud.settle()
        cloud.clock.advance(1.0)
        last(cloud)
        cloud.settle()
        return public(cloud.site())


def public(site: SiteObjects) -> SiteObjects:
    """Return SITE without previews and their pictures, whose addresses are random."""
    previews = {"/" + key.removesuffix("index.html") for key in site if key.startswith("preview/")}
    secret = ("preview/", *(media_path(preview).removeprefix("/") for preview in previews))
    return {key: what for key, what in site.items() if not key.startswith(secret)}


@pytest.mark.parametrize("last", AFTER)
def test_post_and_pictures_in_any_order_end_the_same(last: str) -> None:
    """Each order of uploads, one after the other and all at once, kind and unkind, then one more act."""
    expected = site_after(list(UPLOADED.values()), AFTER[last])
    for number, order in enumerate(permutations(UPLOADED.values())):
        unkind = number if number % 2 else None
        assert expected == site_after(list(order), AFTER[last], unkind=unkind, at_rest=number % 3 > 0)


@pytest.mark.botocore
def test_a_page_shows_its_picture_in_every_size_and_format(cloud: LocalCloud) -> None:
    """With its shape, so that nothing moves, and a tiny version beneath; what the page names is there."""
    cloud.upload(KEY, POST)
    cloud.upload(TREE, picture("red", (1000, 500)))
    cloud.settle()
    page = body(cloud)
    names = [f"tree-{width}.{kind}" for width in (1000, 480, 800) for kind in ("avif", "jpg", "webp")]
    assert names == media(cloud)
    assert ["image/avif", "image/webp"] == re.findall(r'<source type="([^"]+)"', page)
    assert 'alt="a tree" width="1000" height="500" fetchpriority="high">' in page
    assert '<img class="picture-ground" src="data:image/webp;base64,' in page
    for address in re.findall(r"/assets/media/[^\s\",]+", page):
        response = cloud.page(address)
        assert 200 == response.status
        assert "immutable" in response.headers["cache-control"]


def test_a_missing_picture_is_a_warning_with_the_nearest_name_until_it_comes(cloud: LocalCloud) -> None:
    """The page shows what it would say, asks for nothing that is not there, and has it once it is uploaded."""
    cloud.upload("posts/tre.jpg", picture("blue"))
    cloud.settle()
    cloud.upload(KEY, POST)
    cloud.settle()
    assert '<span class="picture-missing">a tree</span>' in body(cloud)
    (warning,) = (cloud.report(KEY) or {})["warnings"]
    assert (6, "Did you mean `posts/tre.jpg`? Once it is uploaded, it appears automatically.") == (
        warning["line"],
        warning["remedy"],
    )
    cloud.upload(TREE, picture("red"))
    cloud.settle()
    assert "picture-missing" not in body(cloud)
    assert [] == (cloud.report(KEY) or {})["warnings"]


def test_a_picture_that_no_public_post_shows_is_nowhere(cloud: LocalCloud) -> None:
    """Not that of a draft, nor one that a post has ceased to show; its report says so, and at which URL it is else."""
    cloud.upload(TREE, picture("red"))
    cloud.upload(KEY, DRAFT)
    cloud.settle()
    assert [] == media(cloud)
    assert "ignored" == (cloud.report(TREE) or {})["outcome"]
    preview = (cloud.report(KEY) or {})["preview"].removeprefix(SITE)
    assert f'src="{media_path(preview)}' in body(cloud, preview)
    cloud.upload(KEY, POST)
    cloud.settle()
    assert not any(key.startswith(media_path(preview)[1:]) for key in cloud.site())
    report = cloud.report(TREE) or {}
    assert "published" == report["outcome"]
    assert 200 == cloud.page(report["url"].removeprefix(SITE)).status
    cloud.upload(KEY, POST.replace("![a tree](tree.jpg)", "nothing"))
    cloud.settle()
    assert [] == media(cloud)
    assert "ignored" == (cloud.report(TREE) or {})["outcome"]


def test_a_bad_picture_is_refused_and_the_good_one_before_it_stays(cloud: LocalCloud) -> None:
    """As with texts: the newest good version is what is shown."""
    cloud.upload(KEY, POST)
    cloud.upload(TREE, picture("red"))
    cloud.settle()
    before = media(cloud)
    cloud.clock.advance(1.0)
    cloud.upload(TREE, picture("red", (300, 200))[:-50])
    cloud.settle()
    report = cloud.report(TREE) or {}
    assert ("refused", before) == (report["outcome"], media(cloud))
    assert "damaged" in report["errors"][0]["message"]


def test_files_are_handed_out_by_what_they_are(cloud: LocalCloud) -> None:
    """PDF and sound open in the browser; HTML, scripts and drawings are downloads, the first two under a dead type."""
    names = ["a.pdf", "b.mp3", "c.svg", "d.js"]
    links = " ".join(f"[{name}](files/{name})" for name in names)
    cloud.upload(KEY, POST.replace("![a tree](tree.jpg)", f"{links} ![drawn](files/c.svg)"))
    for name in names:
        cloud.upload(f"posts/files/{name}", f"bytes of {name}")
    cloud.settle()
    served = [cloud.page(address) for address in re.findall(r'href="(/assets/media/[^"]+)"', body(cloud))]
    assert [f"bytes of {name}".encode() for name in names] == [response.body for response in served]
    assert ["application/pdf", "audio/mpeg", "image/svg+xml", "application/octet-stream"] == [
        response.headers["content-type"] for response in served
    ]
    assert [None, None, "attachment", "attachment"] == [
        response.headers.get("content-disposition") for response in served
    ]
    assert '<img src="/assets/media/' in body(cloud)


def test_a_copy_of_a_file_has_time_and_a_copy_of_a_picture_does_not_hang(cloud: LocalCloud) -> None:
    """S3 answers when it has copied all: half a gigabyte takes longer than other calls may."""
    cloud.upload(KEY, POST + "\n[a talk](talk.pdf)\n")
    cloud.upload(TREE, picture("red"))
    cloud.upload("posts/talk.pdf", b"%PDF-1.7")
    call_aws: Callable[..., Any] = vars(BaseClient)["_make_api_call"]  # through which every call passes
    copies: set[tuple[str, float]] = set()

    def call(client: Any, operation: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401  # as botocore's
        if operation == "CopyObject":
            kind = "file" if parameters["ContentType"] == "application/pdf" else "picture"
            copies.add((f"{kind} to {parameters['Bucket']}", client.meta.config.read_timeout))
        return call_aws(client, operation, parameters)

    with patch.object(BaseClient, "_make_api_call", call):
        cloud.settle()
    artifacts, site = (cloud.stack.ids[f"{name}Bucket"] for name in ("Artifact", "Site"))
    configs: tuple[Any, ...] = (PATIENT, COPYING)  # botocore sets their options at run time
    patient, copying = (config.read_timeout for config in configs)
    assert {(f"file to {artifacts}", copying), (f"file to {site}", copying), (f"picture to {site}", patient)} == copies


def test_a_drawing_comes_with_a_bitmap(cloud: LocalCloud) -> None:
    """The page, the preview of a link to it and feed readers that draw no SVG each have what they can show."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150"><rect width="300" height="90"/></svg>'
    cloud.upload("posts/plan.svg", svg)
    cloud.upload(KEY, POST.replace("![a tree](tree.jpg)", "![a plan](plan.svg)"))
    cloud.settle()
    (shown,) = re.findall(r'<picture><source type="image/svg\+xml" srcset="([^"]+)"><img src="([^"]+)"', body(cloud))
    drawing, bitmap = (cloud.page(address) for address in shown)
    assert svg.encode() == drawing.body
    assert (600, 300) == Image.open(BytesIO(bitmap.body)).size
    assert re.search(rf'<meta property="og:image" content="https://[^"/]+{shown[1]}">', body(cloud))


def test_a_picture_keeps_no_position(cloud: LocalCloud) -> None:
    """GPS, comment and profile of a photograph are in none of the objects that are served."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    exif[0x010F] = "A camera of mine"
    cloud.upload(TREE, picture("red", exif=exif.tobytes(), comment=b"at home"))
    cloud.upload(KEY, POST)
    cloud.settle()
    served = {key: what for key, (what, _) in cloud.site().items() if key.startswith("assets/media/")}
    assert len(served) == 3
    for what in served.values():
        assert not any(mark in what for mark in (b"Exif", b"camera of mine", b"at home"))
        with Image.open(BytesIO(what)) as image:
            assert {} == dict(image.getexif())
            assert {"exif", "comment", "icc_profile", "xmp"}.isdisjoint(image.info)


def test_a_page_is_shown_elsewhere_by_its_picture_or_by_a_card_with_its_title(cloud: LocalCloud) -> None:
    """With a full URL; a card that is needed no more is gone."""
    cloud.upload(KEY, POST)
    cloud.settle()
    (card,) = re.findall(r'<meta property="og:image" content="([^"]+)"', body(cloud))
    assert cloud.page(card.removeprefix(SITE)).body.startswith(b"\x89PNG")
    cloud.upload(KEY, POST.replace("A walk", "A long walk"))
    cloud.settle()
    (renamed,) = re.findall(r'<meta property="og:image" content="([^"]+)"', body(cloud))
    assert card != renamed
    assert 404 == cloud.page(card.removeprefix(SITE)).status
    cloud.upload(TREE, picture("red"))
    cloud.settle()
    (tree,) = re.findall(r'<meta property="og:image" content="([^"]+)"', body(cloud))
    assert tree.startswith(f"{SITE}{media_path('/walk/')}")
    assert tree.endswith("/tree-60.jpg")
    assert 404 == cloud.page(renamed.removeprefix(SITE)).status


def test_feeds_and_mails_show_pictures_by_full_urls() -> None:
    """The feed every size, the mail one that mail programs know, at most 560 pixels wide."""
    with LocalCloud(environment={"NEWS_SINCE": "2025-03-01", "GRACE_SECONDS": "0"}) as cloud:
        subscribe(cloud, "ada@example.org")
        cloud.upload("site.yaml", "title: The Quiet Hour\nnewsletter:\n  lateness_days: 9999\n")
        cloud.upload(TREE, picture("red", (1000, 500)))
        cloud.settle()
        cloud.upload(KEY, POST)
        cloud.settle()
        feed = cloud.page("/feed.xml").body.decode()
        mail = next(mail for mail in cloud.mails() if mail["Subject"] == "A walk")
    assert f"{SITE}{media_path('/walk/')}" in feed
    assert "picture-ground" not in feed
    assert '="/assets' not in feed.replace("&quot;", '"')
    html = mail.get_body(("html",))
    assert html
    (image,) = re.findall(r"<img [^>]*tree[^>]*>", html.get_content())
    assert 'width="560" height="280"' in image
    assert re.search(rf'src="{SITE}/assets/media/[^"]+/tree-800.jpg"', image)
    assert "<picture" not in html.get_content()


def test_files_whose_paths_the_record_of_the_page_cannot_take_are_left_out_with_a_warning(
    cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the line of the first; those before it are shown, and one that is not uploaded yet takes no room."""
    monkeypatch.setattr(shown_files, "MAXIMUM_BYTES", len("posts/a.pdf"))
    cloud.upload(KEY, f"{POST}\n[a](a.pdf), [a](A.pdf)\n\n[b](b.pdf)\n")
    for name in "ab":
        cloud.upload(f"posts/{name}.pdf", b"%PDF-1.7")
    cloud.settle()
    assert ["a.pdf"] == media(cloud)
    assert 2 == body(cloud).count("/a.pdf")
    warnings = (cloud.report(KEY) or {})["warnings"]
    (line,) = (item["line"] for item in warnings if "from this line on" in item["message"])
    assert 10 == line
    assert [] == cloud.event_loop.errors
