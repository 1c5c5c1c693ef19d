"""The words in shortcodes: all are shown, or named in a warning."""

import pytest

from support.documents import document, html, yaml


@pytest.mark.parametrize(
    ("written", "caption"),
    [
        ('title="Oak" caption="In May"', "<strong>Oak</strong> In May"),
        ('title="Oak" caption="Oak"', "Oak"),
        ('caption="In May" attr="Ada"', "In May Ada"),
        ('attr="Ada" attrlink="https://example.org/"', '<a href="https://example.org/">Ada</a>'),
        (r'caption="The \"old\" oak, in May"', "The “old” oak, in May"),
        ('caption=`The "old" oak`', "The “old” oak"),
        (r"caption='Ada\'s oak'", "Ada\N{RIGHT SINGLE QUOTATION MARK}s oak"),
        ('caption="C:\\"', "C:\\"),
    ],
)
def test_all_words_of_a_figure_are_its_caption(written: str, caption: str) -> None:
    """The title, the source and what stood behind an escaped quotation mark were left out without a word."""
    expected = f'<figure><img src="dropcap-file:a.png" alt=""><figcaption>{caption}</figcaption></figure>'
    assert expected == html(f'{{{{< figure src="a.png" {written} >}}}}')


@pytest.mark.parametrize(
    "body",
    [
        'Text.\n\n{% include video.html\n  id="a" %}\n\nText.',
        "Text.\n\n{{< video\n  id=a >}}\n\nText.",
        "Text.\n\n<div>{% include video.html\n  id=a %}</div>",
        "Text.\n\nA {{ page\n  | title }} b.",
    ],
)
def test_a_shortcode_of_several_lines_is_named_on_its_first(body: str) -> None:
    """It is shown as it was typed, as one on a single line is."""
    (warning,) = yaml("title: A day", body=body).warnings
    assert "Shortcode of another system, shown as it was typed" in warning.message
    assert warning.line == 6


def test_a_figure_of_several_lines_is_not_named() -> None:
    """It is understood."""
    assert () == document('{% include figure.html\n  src="a.png"\n  caption="In May" %}').warnings


@pytest.mark.parametrize(
    ("body", "sign"),
    [("Text.\n\nWrite for %%i in (*) do echo %%i", "%%i in (*) do echo %%"), ("Text.\n\n%%a\nb%%c", "%%a")],
)
def test_a_remark_of_obsidian_with_a_word_directly_behind_it_is_named(body: str, sign: str) -> None:
    """Percent signs are doubled in other places, too, and the text between them was left out without a word."""
    (warning,) = yaml("title: A day", body=body).warnings
    assert f"Text between two pairs of percent signs, left out as a comment of Obsidian: `{sign}`." == warning.message
    assert warning.line == 6


@pytest.mark.parametrize("body", ["A %%b%% c, %%d%%.", "%%\na\n%%\nb", r"\%%i and %%i", "`%%i` and `%%i`"])
def test_other_percent_signs_are_not_named(body: str) -> None:
    """A comment ends before a blank, a full stop or the line's end."""
    assert () == yaml("title: A day", body=body).warnings
