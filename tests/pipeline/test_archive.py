"""The archive leads from home to every post: years, months, and the newest titles."""

import re

from dropcap_local.cloud import LocalCloud


def post(day: str, title: str = "Naps") -> str:
    """Return the source of a post of DAY."""
    return f"---\ntitle: {title}\ndate: {day}\n---\nText.\n"


def links(cloud: LocalCloud, path: str) -> list[str]:
    """Return where the main part of the page at PATH leads, in order."""
    main = cloud.page(path).body.decode().partition("<main")[2].partition("</main>")[0]
    return re.findall(r'href="(/[^"]*)"', main)


def test_the_archive_lists_titles_by_year_and_a_year_by_month() -> None:
    """Home leads to the archive, the archive to each post and each year, a year to its months and posts."""
    with LocalCloud() as cloud:
        for name, day in {"a": "2023-12-31", "b": "2025-01-02", "c": "2025-03-04"}.items():
            cloud.upload(f"posts/{name}.md", post(day))
        cloud.settle()
        assert "/archive/" in links(cloud, "/")
        assert ["/2025/", "/2023/", "/2025/", "/c/", "/b/", "/2023/", "/a/"] == links(cloud, "/archive/")
        year = ["/archive/", "/2025/03/", "/2025/01/", "/2025/03/", "/c/", "/2025/01/", "/b/"]
        assert year == links(cloud, "/2025/")
        cloud.upload("posts/b.md", post("2025-01-02", "Longer naps"))
        cloud.settle()
        assert [b"Longer naps" in cloud.page(path).body for path in ("/archive/", "/2025/")] == [True, True]


def test_a_month_links_to_the_months_before_and_after_that_have_posts() -> None:
    """Also once a month between them has come, and once it has gone."""
    with LocalCloud() as cloud:
        cloud.upload("posts/a.md", post("2024-11-05"))
        cloud.upload("posts/c.md", post("2025-03-04"))
        cloud.settle()
        assert "/2025/03/" in links(cloud, "/2024/11/")
        assert "/2024/11/" in links(cloud, "/2025/03/")
        cloud.upload("posts/b.md", post("2025-01-02"))
        cloud.settle()
        assert ["/2024/11/", "/2025/03/"] == links(cloud, "/2025/01/")[-2:]
        assert "/2025/01/" == links(cloud, "/2024/11/")[-1] == links(cloud, "/2025/03/")[-1]
        cloud.delete("posts/b.md")
        cloud.settle()
        assert "/2025/03/" == links(cloud, "/2024/11/")[-1]
        assert "/2024/11/" == links(cloud, "/2025/03/")[-1]
