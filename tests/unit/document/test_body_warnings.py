"""Warnings about what will not come out as expected."""

import pytest

from support.documents import document, yaml


def warned(body: str) -> list[int | None]:
    """Return the lines of the warnings about a file with one line of front matter and BODY; BODY begins on line 4."""
    return [finding.line for finding in yaml("title: A day", body=body).warnings]


@pytest.mark.parametrize(
    "line",
    [
        "{% include x %}",
        "a {{ b }}",
        "{{< youtube x >}}",
        "<iframe src=x></iframe>",
        "a <SCRIPT>",
        "<svg/>",
        "![a](data:image/png;base64,AAAA)",
        '<picture><source srcset="d.png" media="(prefers-color-scheme: dark)"><img src="l.png" alt="x"></picture>',
        '<img src="a.png" alt="x" srcset="b.png 2x" sizes="9px">',
        '<source src="f.mp4">',
        'a <video src="f.mp4"></video> b <source src="f.mp4">',
        'a <track src="s.vtt">',
        '<map name="m"><area href="/x/" alt="y"></map>',
        '<video src="f.mp4" autoplay></video>',
        "<p hidden>a</p>",
        '<a href="/x/" aria-label="Next">→</a>',
    ],
)
def test_a_line_that_comes_out_differently_is_named(line: str) -> None:
    """By its number in the file."""
    assert [6] == warned(f"Text.\n\n{line}\n\nText.")


@pytest.mark.parametrize(
    "body",
    [
        "`{{ a }}` and `<script>`",
        "```\n{% a %}\n<form>\n```",
        "    {% a %}",
        "~~~ {.x}\n{{ a }}\n~~~",
        "a <b>c</b> {d}",
        '<video controls>\n<source src="f.mp4">\n<track src="s.vtt" kind="captions">\n</video>',
        'a <audio controls><source src="a.mp3"></audio>',
        '<video controls src="f.mp4" aria-label="A film"></video>',
        '<a href="data.csv" download target="_blank">a</a>',
    ],
)
def test_code_is_not_warned_of(body: str) -> None:
    """It is meant to be read."""
    assert [] == warned(body)


def test_five_lines_are_named_and_the_rest_is_counted() -> None:
    """An imported post has hundreds."""
    post = document("{{ a }}\n" * 40)
    assert [1, 2, 3, 4, 5, 6] == [finding.line for finding in post.warnings]
    assert "35 more" in post.warnings[-1].message


def test_a_warning_quotes_the_shortcode() -> None:
    """And says what to do."""
    (finding,) = document("Text {% include a.html %}.").warnings
    assert "`{% include a.html %}`" in finding.message
    assert "Markdown" in finding.remedy


@pytest.mark.parametrize(
    ("form", "most", "message"),
    [
        ("[[n{}]]", 300, "This text links to more than 300 others; the last 2 links are shown as text."),
        ("![[n{}]]", 20, "This text shows more than 20 others; the last 2 are links."),
    ],
)
def test_links_and_posts_beyond_the_limits_of_a_page_are_counted(form: str, most: int, message: str) -> None:
    """With the line of the first one, and no warning at the limit."""
    places = [form.format(number) for number in range(most + 2)]
    (finding,) = document("\n\n".join(places)).warnings
    assert (message, 2 * most + 1) == (finding.message, finding.line)
    assert () == document("\n\n".join(places[:most])).warnings
