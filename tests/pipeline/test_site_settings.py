"""A change of `site.yaml` reaches pages that were published before it."""

from dropcap_local.cloud import LocalCloud

POST = "---\ntitle: Naps\ndate: 2025-03-14\nmood: calm\n---\nLie down.\n"


def test_a_new_pattern_moves_every_post_and_leaves_redirects() -> None:
    """Links from elsewhere still lead to it, and back again when the pattern goes."""
    with LocalCloud() as cloud:
        cloud.upload("posts/naps.md", POST)
        cloud.settle()
        assert 200 == cloud.page("/naps/").status
        cloud.upload("site.yaml", "title: T\npermalink: /:year/:month/:slug/\n")
        cloud.settle()
        assert (200, 301) == (cloud.page("/2025/03/naps/").status, cloud.page("/naps/").status)
        assert b'href="/2025/03/naps/"' in cloud.page("/").body
        cloud.upload("site.yaml", "title: T\n")
        cloud.settle()
        assert (301, 200) == (cloud.page("/2025/03/naps/").status, cloud.page("/naps/").status)


def test_a_folder_s_new_meaning_shows_and_hides_what_lies_in_it() -> None:
    """Posts become pages, drafts or nothing at all, and what was left alone is read."""
    with LocalCloud() as cloud:
        for key in ("diary/walk.md", "imprint/who.md", "_recipes/soup.md", "templates/day.md"):
            cloud.upload(key, POST)
        cloud.settle()
        assert [200, 200, 404, 200] == [cloud.page(path).status for path in ("/walk/", "/who/", "/soup/", "/day/")]
        folders = "folders: {diary: drafts, imprint: pages, _recipes: posts, templates: ignored}"
        cloud.upload("site.yaml", f"title: T\n{folders}\n")
        cloud.settle()
        assert [410, 200, 200, 410] == [cloud.page(path).status for path in ("/walk/", "/who/", "/soup/", "/day/")]
        feed = cloud.page("/feed.xml").body
        assert [False, True] == [path in feed for path in (b"/who/", b"/soup/")]
        outcomes = {key: (cloud.report(key) or {}).get("outcome") for key in ("diary/walk.md", "templates/day.md")}
        assert {"diary/walk.md": "draft", "templates/day.md": "ignored"} == outcomes


def test_the_report_on_settings_names_each_line_and_the_settings_before_stay() -> None:
    """Wrong values and unknown names alike, at once."""
    with LocalCloud() as cloud:
        cloud.upload("posts/naps.md", POST)
        cloud.upload("site.yaml", "title: The Quiet Hour\ntagnline: Slowly\n")
        cloud.settle()
        report = cloud.report("site.yaml") or {}
        assert ("published", [2]) == (report["outcome"], [warning["line"] for warning in report["warnings"]])
        cloud.upload("site.yaml", "title: Loud\nurl: nowhere\ntimezone: Nowhere\ntagnline: x\n")
        cloud.settle()
        report = cloud.report("site.yaml") or {}
        assert ("refused", [2, 3]) == (report["outcome"], [error["line"] for error in report["errors"]])
        assert "Did you mean `tagline`?" in [warning["remedy"] for warning in report["warnings"]]
        assert b"The Quiet Hour" in cloud.page("/").body
