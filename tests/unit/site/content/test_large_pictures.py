"""Pictures that open in full size."""

import pytest

from dropcap.site.content.large_pictures import with_large_pictures

SMALL = '<picture><img src="/a-800.jpg" srcset="/a-800.jpg 800w, /a-480.jpg 480w" alt="An oak" width="800"></picture>'
LARGE = '<picture><img src="/a-800.jpg" srcset="/a-1600.jpg 1600w, /a-800.jpg 800w" alt="{}"></picture>'
GROUND = f'<span class="picture"><img class="picture-ground" src="data:" alt="">{LARGE}</span>'


@pytest.mark.parametrize("picture", [LARGE, GROUND])
@pytest.mark.parametrize(("alt", "name"), [("An &quot;oak&quot;", "Open it: An &quot;oak&quot;"), ("", "Open it")])
def test_a_picture_wider_than_the_column_is_a_link_to_its_largest(picture: str, alt: str, name: str) -> None:
    """With a name, whether or not it has an alternative text."""
    shown = picture.format(alt)
    expected = f'<p><a class="enlarge" href="/a-1600.jpg" aria-label="{name}">{shown}</a></p>'
    assert expected == with_large_pictures(f"<p>{shown}</p>", "Open it")


def test_a_portrait_that_is_shown_narrow_is_a_link_too() -> None:
    """It is smaller than its column, and much smaller than it is."""
    portrait = '<picture><img src="/a-480.jpg" srcset="/a-900.jpg 900w, /a-480.jpg 480w" alt="" width="295"></picture>'
    assert with_large_pictures(portrait, "Open it").startswith('<a class="enlarge" href="/a-900.jpg"')


@pytest.mark.parametrize(
    "html", [f"<p>{SMALL}</p>", f'<a href="/x/"><em>b</em>{LARGE}</a>', '<p><img src="/a.svg"></p>']
)
def test_other_pictures_stay_as_they_are(html: str) -> None:
    """Those that are shown in full, and those that lead elsewhere already."""
    assert html == with_large_pictures(html, "Open it")
