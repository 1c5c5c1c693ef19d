"""Front matter in other notations than YAML and TOML between fences, and texts that only look like it."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document.front_matter.split import source_parts
from support.documents import document, read_or_refused, refusal

JSON = '{"title": "A day", "date": "2024-05-01", "tags": ["a b", "c"], "draft": false, "n": 1.50, "x": null}'


@pytest.mark.parametrize(
    "text",
    [
        f"{JSON}\nText.",
        f"\n{JSON}\n\nText.",
        "{\n" + JSON[1:-1].replace(", ", ",\n") + "\n}\nText.",
        f"---json\n{JSON}\n---\nText.",
        f";;;\n{JSON}\n;;;\nText.",
        f";;;\n{JSON[1:-1]}\n;;;\nText.",
        f"{JSON[1:-1]},\n;;;\nText.",
    ],
)
def test_json_is_read_with_or_without_fences(text: str) -> None:
    """As Hugo and gray-matter have it; numbers stay as they are typed."""
    post = document(text)
    assert ("A day", "Text.", False) == (post.title, post.summary, post.draft)
    assert (["a b", "c"], {"n": "1.50", "x": None}) == ([tag.label for tag in post.tags], post.extra)


def test_spaces_before_the_first_fence_are_ignored_if_a_field_follows() -> None:
    """A draft must not become public by a slip; an indented line across at the top stays one."""
    assert [("A", True)] * 2 == [
        (post.title, post.draft)
        for post in map(
            document, (" ---\ntitle: A\ndraft: true\n ---\nText.", "\n   ---\ntitle: A\ndraft: true\n---\n")
        )
    ]
    assert " ---\nText.\n\n---\n" == source_parts(" ---\nText.\n\n---\n").body
    assert "t: |\n  ---\n" not in source_parts("---\nt: |\n  ---\n  x\n---\nText.").body


def test_a_word_after_the_fence_names_the_notation() -> None:
    """Eleventy's gray-matter reads it so."""
    assert ["A day", "B"] == [
        document(text).title for text in ("---toml\ntitle = 'A day'\n---\nText.", "---yaml\ntitle: B\n---\nText.")
    ]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"title": "A day",}\nText.', 1, None),
        ('\n{\n"title": A day\n}\nText.', 3, 10),
        (';;;\n"title": "A day"\n"date": 1\n;;;\n', 3, 1),
        (";;;\n{} []\n;;;\n", 2, None),
        ('{"a": "' + "x" * 70_000 + '"}', 1, None),
    ],
)
def test_json_that_cannot_be_read_is_refused_with_its_line(text: str, line: int, column: int | None) -> None:
    """Lines are lines of the file."""
    finding = refusal(text)
    assert line == finding.line
    assert column in {None, finding.column}


@pytest.mark.parametrize("text", ["{: .lead}\nText.", "{% include x %}\nText.", "{{< x >}}\nText.", "{ curly }\n", "{"])
def test_a_brace_alone_begins_no_json(text: str) -> None:
    """Attribute lists, Liquid and shortcodes begin with one too."""
    assert text == source_parts(text).body


def test_bare_lines_are_read_up_to_the_first_empty_one() -> None:
    """Pelican's and Blot's metadata: known and unknown names, lists, and a text that goes on in indented lines."""
    parts = source_parts(
        "Title: My day: a walk\nDate: 2024-05-01 10:20\nAuthor: Ada\nAuthor: Bob\nTags: [a, 'b c']\nMood: calm\n"
        "Summary: It was\n    long.\n\nNote: this is text.\n"
    )
    assert "Note: this is text.\n" == parts.body
    assert {
        "title": "My day: a walk",
        "date": "2024-05-01 10:20",
        "author": ["Ada", "Bob"],
        "tags": ["a", "b c"],
        "mood": "calm",
        "summary": "It was long.",
    } == {name: field.value for name, field in parts.front.fields.items()}
    assert (3, 10) == (parts.front.fields["author"].line, parts.line)


@pytest.mark.parametrize(
    "block",
    [
        "Title: A day",
        "title: A day",
        "Tags: a, b",
        "Date: 1 May 2024",
        "Draft: yes",
        "Status: hidden",
        "Slug: a-day",
        "Permalink: /a/",
        "Summary: It was long\nImage: a.png",
        "tags:\n  - a\n  - b",
    ],
)
def test_unmistakable_lines_are_metadata(block: str) -> None:
    """One is enough where its value is of the kind that its name asks for."""
    assert "Text." == source_parts(f"{block}\n\nText.").body


@pytest.mark.parametrize(
    "block",
    [
        "Note: this is a long day.",
        "Summary: we walked.",
        "Date: somewhere in May, we met.",
        "Status: I am tired.",
        "Image: a view over the valley.",
        "Note: read this\nTitle: of the book",
        "Title: A day\nI went out.",
        "https://example.com: a site",
        "Search: and you will find.",
        "A sentence. Title: x",
        "> Title: A day",
        "Draft: a beer, please.",
    ],
)
def test_a_text_that_begins_with_a_colon_stays_text(block: str) -> None:
    """Swallowing an author's first paragraph would be worse than showing metadata."""
    text = f"{block}\n\nText."
    assert text == source_parts(text).body


def test_a_fence_below_bare_lines_ends_them() -> None:
    """Somebody forgot the one above, or never needed it."""
    parts = source_parts("title: A day\ntags: a, b\n---\nText.\n")
    assert ("A day", "Text.\n", 4) == (parts.front.text("title"), parts.body, parts.line)


def test_a_heading_underlined_by_a_rule_stays_one() -> None:
    """Two hyphens more and two lines more make no metadata of it."""
    for text in ("A day: of rest\n---\nText.", "Note: this\n---\nText."):
        assert text == source_parts(text).body


def test_a_file_may_be_metadata_alone() -> None:
    """A title and nothing else is a post, too."""
    assert ("A day", "") == (document("Title: A day").title, document("Title: A day").summary)


@given(st.text(st.sampled_from('ab{}[]":,0.e-\\ntrue\n;'), max_size=60))
def test_any_json_is_read_or_refused(block: str) -> None:
    """No other exception comes out, and a refusal says what to do."""
    for text in (f"{{{block}}}\nText.", f";;;\n{block}\n;;;\n"):
        parts = read_or_refused(lambda text=text: source_parts(text))  # type: ignore[misc]  # a default binds the loop's
        assert parts is None or parts.front.text("a").isprintable()


@given(st.text(st.sampled_from("Titledae:- \n\t\u2028\x0c[]'\"#.é"), max_size=60))
def test_any_text_begins_with_metadata_or_does_not(block: str) -> None:
    """Nothing is lost: the body is the end of the text."""
    parts = read_or_refused(lambda: source_parts(block))
    assert parts is None or block.endswith(parts.body)
    assert f"Title: {block}".endswith(source_parts(f"Title: {block}").body)


def test_a_line_from_the_yaml_reader_comes_first() -> None:
    """Not that of a like name within another entry."""
    text = "---\ncover:\n  title: x\ntitle: y\n---\n"
    assert 4 == source_parts(text).front.fields["title"].line


def test_finding_the_lines_of_fields_is_no_slower_than_reading_them() -> None:
    """A line of spaces is no reason to look at it again from each of them."""
    begin = process_time()
    source_parts("+++\n# a" + " " * 60_000 + "\nb" + " " * 50 + "= 1\n+++\n")
    document('{"a": "\\n", "x' + " " * 60_000 + '": 1}\n\nText.')
    assert process_time() - begin < 1


def test_unknown_fields_are_kept_without_invisible_characters() -> None:
    """For themes; with what stands in Hugo's and Zola's tables, also where a link post leads to."""
    post = document('+++\nmood = "ca\\u0001lm"\n[extra]\nurl = "/elsewhere/"\nteam = ["a"]\nlang = "de"\n+++\nText.')
    assert {"mood": "calm", "url": "/elsewhere/", "team": ["a"]} == post.extra


def test_too_many_unknown_fields_are_dropped_with_a_warning() -> None:
    """An item of the Catalog has 400 KB, and aliases of YAML multiply."""
    post = document(f"---\na: &a {'x' * 9000}\nb: [*a, *a]\n---\nText.")
    assert ({}, 1) == (post.extra, len(post.warnings))
