"""A reader finds every post: by a few clicks from home, whatever the size of the site."""

import gzip
from collections import Counter

from support.generated_site import GeneratedSite


def site_of(posts: int, years: int) -> tuple[GeneratedSite, list[str]]:
    """Return a site of POSTS over so many YEARS, built, and their addresses."""
    site = GeneratedSite()
    days = (f"{2016 + n * years // posts}-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(posts))
    addresses = [site.add(f"Post number {number} of the journal", day) for number, day in enumerate(days)]
    site.build()
    return site, addresses


def test_of_507_posts_98_percent_are_within_two_clicks_of_home() -> None:
    """Home, the archive, the post; the others are one click more."""
    site, addresses = site_of(507, 10)
    clicks = site.clicks()
    counts = Counter(clicks[address] for address in addresses)
    assert 0.98 <= (counts[1] + counts[2]) / 507
    assert {1, 2, 3} >= counts.keys()


def test_of_a_large_site_each_post_is_within_four_clicks_of_home() -> None:
    """Home, the archive, a year, a month, the post. `benchmarks/finding.py` takes 10,000."""
    site, addresses = site_of(2_000, 2)
    clicks = site.clicks()
    assert {1, 2, 3, 4} == {clicks[address] for address in addresses}


def test_the_archive_of_a_large_site_weighs_at_most_25_kilobytes_compressed() -> None:
    """It has 500 titles, however many posts there are."""
    objects = site_of(1_000, 10)[0].build()
    assert 500 == objects["/archive/"].count(b"Post number")
    assert 25_000 >= len(gzip.compress(objects["/archive/"], 6))
