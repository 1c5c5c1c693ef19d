"""The theme's assets are in the bucket before any page names them, at the cost of one call."""

from dropcap.aws.site_bucket import FOR_EVER, SiteObject
from dropcap.steps.publish.context import publish_assets
from dropcap.steps.publish.dispatch import publish_view
from support.publish_bench import PublishBench


def test_a_new_container_writes_the_missing_assets_and_looks_at_no_other() -> None:
    """Their names are hashes of their bytes. A picture of a page is in a folder of its own."""
    bench = PublishBench.with_items()
    publish_assets(bench.context.tools)
    assets = dict(bench.bucket.objects)
    assert assets.keys() == bench.theme.asset_files().keys()
    assert {FOR_EVER} == {asset.caching for asset in assets.values()}
    missing = sorted(assets)[:2]
    for path in missing:
        del bench.bucket.objects[path]
    bench.bucket.objects["/assets/media/p/card.png"] = SiteObject(b"", "image/png")
    bench.bucket.looked.clear()
    publish_assets(bench.context.tools)
    assert missing == sorted(bench.bucket.looked)
    assert assets.items() <= bench.bucket.objects.items()


def test_a_release_writes_assets_with_new_headers_again() -> None:
    """It builds every view of which there is one, that of the icon among them."""
    bench = PublishBench.with_items()
    publish_assets(bench.context.tools)
    path, asset = min(bench.bucket.objects.items())
    bench.bucket.objects[path] = SiteObject(asset.body, "application/octet-stream", caching="no-store")
    publish_assets(bench.context.tools)
    assert asset != bench.bucket.objects[path]
    publish_view(bench.context, "icon")
    assert asset == bench.bucket.objects[path]
