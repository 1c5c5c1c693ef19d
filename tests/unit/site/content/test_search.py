"""Search documents: small, and without fields that a post does not have."""

import json
from dataclasses import replace

from dropcap.site.content.search import FOLDED, WORDS, index, shard, titles, words_of
from support.documents import document
from support.pages import CARD


def test_a_post_is_found_by_the_beginning_of_its_text() -> None:
    """A thousand characters, cut between two words."""
    words = words_of("<p>" + "night " * 1_000 + "</p>", "")
    assert WORDS - len("night ") <= len(words) <= WORDS
    assert words.endswith("night")
    assert WORDS == len(words_of("<p>" + "夜" * 2_000 + "</p>", ""))


def test_a_summary_that_begins_the_text_is_indexed_once() -> None:
    """It is beside the words in the same shard."""
    assert "is no defeat. Sleep." == words_of("<p>A nap is no defeat. Sleep.</p>", "A nap…")
    assert "A nap is no defeat." == words_of("<p>A nap is no defeat.</p>", "Rest.")
    assert "" == words_of("<p>A nap is no defeat.</p>", "A nap is no defeat.")
    assert "Sleep." == words_of("<p>A nap is no defeat.</p>\n<p>Sleep.</p>", "A nap is no defeat.")
    assert ".5 days. Sleep." == words_of("<p>It took 3.5 days. Sleep.</p>", "It took 3…")


def test_the_words_of_a_text_have_no_signs_of_its_footnotes() -> None:
    """Neither the numbers in it nor the arrows back to them; the notes themselves are searched."""
    source = "One[^a] two[^b].\n\n[^a]: A note.\n[^b]: B note.\n"
    post = document(source)
    assert "One two." == post.summary
    assert "A note. B note." == words_of(post.html, post.summary)


def test_a_shard_holds_what_is_shown_of_a_post() -> None:
    """Dates by the day; a page has none, and what is empty is left out."""
    page, french = replace(CARD, is_page=True, tags=(), summary=""), replace(CARD, language="fr")
    items = json.loads(shard([(CARD, "Lie down."), (page, ""), (french, "")]))
    assert {
        "url": "/schl%C3%A4fchen/",
        "title": CARD.title,
        "date": "2025-03-14",
        "tags": ["Sleep & rest"],
        "summary": CARD.summary,
        "words": "Lie down.",
    } == items[0]
    assert {"url": "/schl%C3%A4fchen/", "title": CARD.title} == items[1]
    assert "fr" == items[2]["lang"]


def test_the_newest_month_is_read_first_and_pages_last() -> None:
    """A reader sees the newest posts while the others are still on their way."""
    sums = [
        {"sk": "2023-01", "count": 4},
        {"sk": "2024", "count": 2, "folded": True},
        {"sk": "2024-11", "count": 2},
        {"sk": "2025", "count": FOLDED + 1, "folded": False},
        {"sk": "2025-03", "count": FOLDED + 1},
        {"sk": "pages", "count": 3},
    ]
    assert [
        ("2025-03", FOLDED + 1, "texts"),
        ("titles-2025", FOLDED + 1, "titles"),
        ("2024", 2, "all"),
        ("2023-01", 4, "all"),
        ("pages", 3, "all"),
    ] == [(item["name"], item["count"], item["kind"]) for item in json.loads(index(sums))]


def test_a_shard_of_titles_has_no_texts() -> None:
    """Title, address, day and tags: what makes an exact title the first result."""
    (post,) = json.loads(titles([CARD]))
    assert {"url", "title", "date", "tags"} == set(post)
