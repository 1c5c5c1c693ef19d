"""A whole file, read."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document import Document, Mention, Tag
from support.documents import document, read_or_refused, refusal

SOURCE = """\
---
title: First light
date: 2024-05-01 06:30
tags: [Morning, deep work]
author: Ada
lang: en
image: /tree.jpg
id: light-1
weird: {deep: [1, no]}
---
The sun came up over [[Norway]].

It went on.
"""


def test_a_document_has_every_field() -> None:
    """One file, every field."""
    expected = Document(
        title="First light",
        date=datetime(2024, 5, 1, 6, 30, tzinfo=ZoneInfo("Europe/Berlin")),
        dated=True,
        appears=datetime(2024, 5, 1, 6, 30, tzinfo=ZoneInfo("Europe/Berlin")),
        updated=None,
        expires=None,
        draft=False,
        is_page=False,
        slug="first-light",
        path="/first-light/",
        aliases=(),
        summary="The sun came up over Norway.",
        description="",
        tags=(Tag("Morning", "morning"), Tag("deep work", "deep-work")),
        html='<p>The sun came up over <dropcap-link names="posts/norway|norway" line="11">Norway</dropcap-link>.</p>\n'
        "<p>It went on.</p>",
        fingerprint="",
        names=("first-light", "posts/first-light"),
        links=("posts/norway", "norway"),
        files=(Mention("/tree.jpg", ("tree.jpg",), 7),),
        authors=("Ada",),
        language="en",
        image="/tree.jpg",
        image_alt="",
        identity="light-1",
        newsletter=None,
        toc=None,
        math=None,
        searchable=True,
        disclaimer=None,
        extra={"weird": {"deep": ["1", "no"]}},
        warnings=(),
    )
    assert expected == document(SOURCE)


def test_reading_twice_gives_the_same() -> None:
    """Nothing depends on what was read before."""
    first = document(SOURCE)
    document("# Another\n\n[[a]]\n\n[Norway]: /x\n")
    assert first == document(SOURCE)


@pytest.mark.parametrize("mark", ["> ", "- ", "*a **b "])
def test_text_nested_without_end_is_refused_or_read(mark: str) -> None:
    """It is the author's to repair, not ours to crash from."""
    post = read_or_refused(lambda: document(mark * 1_500 + "x"))
    assert post is None or "x" in post.html


def test_recursion_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """From any part of the code."""

    def endless(*_arguments: object) -> str:
        raise RecursionError

    monkeypatch.setattr("dropcap.document.body_text.markdown_fragment", endless)
    assert "nested too deeply" in refusal("Text.").message


def test_other_exceptions_pass_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """A time limit is the caller's, and so is a fault of ours."""

    class LateError(BaseException):
        pass

    def late(*_arguments: object) -> str:
        raise LateError

    monkeypatch.setattr("dropcap.document.body_text.markdown_fragment", late)
    with pytest.raises(LateError):
        document("Text.")


LINES = st.lists(
    st.sampled_from(
        [
            "---",
            "+++",
            "title: a",
            "title = 'a'",
            "date: 2024-05-01",
            "date: x",
            "tags: [a, b]",
            "tags: {a: b}",
            "aliases: 7",
            "draft: [no]",
            "image: {}",
            "slug: ''",
            "# A",
            "> b",
            "- [ ] c",
            "```",
            "[[d]]",
            "{% e %}",
            "<div>",
            "</div>",
            "",
            "    f",
            "[^1]: g",
            "| h | i |",
            "|---|---|",
            "\x01\u2028",
            "&#0;",
            "author: [[x]]",
        ]
    ),
    max_size=12,
)


@given(LINES)
def test_any_file_is_read_or_refused(lines: list[str]) -> None:
    """A bad file hurts only itself, and says why."""
    post = read_or_refused(lambda: document("\n".join(lines)))
    if post:
        assert post.title
        assert "Europe/Berlin" == str(post.date.tzinfo)
        assert "\x01" not in post.html
