"""One file as each of the systems has it from which authors come, and what it is here, unchanged."""

from datetime import UTC

import pytest

from dropcap.document import Document
from support.documents import document


def facts(post: Document) -> tuple[object, ...]:
    """Return the common metadata: title, date, address, tags, authors, and the picture with its alt text."""
    labels = [tag.label for tag in post.tags]
    return post.title, f"{post.date:%F}", post.path, labels, list(post.authors), post.image, post.image_alt


def test_a_post_of_jekyll() -> None:
    """Dated by its name, with a category, a switch and the addresses of a plugin."""
    text = """---
layout: post
title:  "Why naps work"
date:   2025-03-14 09:30:00 +0100
categories: sleep habits
tags: [rest]
author: ada
excerpt: Twenty minutes are enough.
published: true
redirect_from:
  - /2025/naps.html
  - /naps-old/
---
A nap {% raw %}{{ helps }}{% endraw %}.
"""
    post = document(text, "_posts/2025-3-14-naps.md")
    assert ("Why naps work", "2025-03-14", "/naps/", ["rest", "sleep", "habits"], ["ada"], None, "") == facts(post)
    assert (("/2025/naps.html", "/naps-old/"), False) == (post.aliases, post.draft)
    assert "Twenty minutes are enough." == post.summary


def test_a_bundle_of_hugo() -> None:
    """TOML with an offset, taxonomies, a cover in a table, a future to appear in and one to expire in."""
    text = """+++
title = 'Why naps work'
date = 2025-03-14T09:30:00+01:00
publishDate = 2025-03-20T09:00:00+01:00
expiryDate = 2026-03-14
lastmod = 2025-04-01
draft = false
tags = ['rest', 'deep work']
categories = ['Sleep']
series = ['Habits']
aliases = ['/old/naps/']
url = '/sleep/naps/'
toc = true
[cover]
image = 'nap.jpg'
alt = 'A cat asleep'
relative = true
[params]
author = 'Ada'
math = true
+++
Lie down.
<!--more-->
Stay there.
"""
    post = document(text, "content/posts/naps/index.md")
    expected = ("Why naps work", "2025-03-14", "/sleep/naps/", ["rest", "deep work", "Sleep"], ["Ada"], "nap.jpg")
    assert (*expected, "A cat asleep") == facts(post)
    assert ("2025-03-20", True, True, "Lie down.") == (f"{post.appears:%F}", post.toc, post.math, post.summary)
    assert ("2026-03-14", "2025-04-01") == (f"{post.expires:%F}", f"{post.updated:%F}")
    assert ("Habits", {}, ("/old/naps/",)) == (post.series, post.extra, post.aliases)


def test_a_page_of_zola() -> None:
    """With a path instead of a date, taxonomies, and a table of its own."""
    text = """+++
title = "Why naps work"
description = "Twenty minutes are enough."
path = "2025/03/14/naps"
authors = ["Ada", "Bob"]
aliases = ["2025/03/14/naps.html"]
in_search_index = false
[taxonomies]
tags = ["rest"]
[extra]
team = "Sleepers"
+++
Lie down.
"""
    post = document(text, "content/naps.md")
    assert ("Why naps work", "2025-03-14", "/2025/03/14/naps/", ["rest"], ["Ada", "Bob"], None, "") == facts(post)
    assert (("/2025/03/14/naps.html",), False, {"team": "Sleepers"}) == (post.aliases, post.searchable, post.extra)


def test_a_post_of_eleventy() -> None:
    """JSON behind a fence, a permalink in a table, a word for a date."""
    text = """---json
{
  "title": "Why naps work",
  "date": "Last Modified",
  "tags": "rest",
  "permalink": {"build": "/sleep/naps/index.html"},
  "eleventyNavigation": {"key": "Naps", "order": 2}
}
---
Lie down.
"""
    post = document(text, "blog/naps.md")
    assert ("Why naps work", "2026-11-20", "/sleep/naps/", ["rest"], [], None, "") == facts(post)
    assert (False, {"eleventyNavigation": {"key": "Naps", "order": "2"}}) == (post.dated, post.extra)


def test_an_article_of_pelican() -> None:
    """Bare lines, with authors given by semicolons."""
    text = """Title: Why naps work
Date: 2025-03-14 09:30
Modified: 2025-04-01 10:00
Category: Sleep
Tags: rest, deep work
Slug: naps
Authors: Lovelace, Ada; Bob
Summary: Twenty minutes
    are enough.
Status: published

Lie down.
"""
    post = document(text, "content/sleep/anything.md")
    assert facts(post)[:4] == ("Why naps work", "2025-03-14", "/naps/", ["rest", "deep work", "Sleep"])
    assert ("Lovelace, Ada", "Bob") == post.authors
    assert ("Twenty minutes are enough.", "2025-04-01") == (post.summary, f"{post.updated:%F}")


def test_a_note_of_obsidian() -> None:
    """In any folder and script, with names for links, and links as values."""
    text = """---
aliases:
  - Siesta
  - My short sleep
tags:
  - rest/noon
created: 2025-03-14T09:30
author: "[[Ada Lovelace]]"
cssclasses: [wide]
publish: true
---
# Warum Schläfchen wirken

See [[Über mich|me]].
"""
    post = document(text, "Zettel kasten/2 Gesundheit/Schläfchen.md")
    expected = ("Warum Schläfchen wirken", "2025-03-14", "/schläfchen/", ["rest/noon"], ["Ada Lovelace"], None, "")
    assert expected == facts(post)
    assert {"siesta", "my-short-sleep", "schläfchen"} <= set(post.names)
    assert ((), True) == (post.aliases, "über-mich" in post.links)


def test_a_post_out_of_ghost() -> None:
    """With times in milliseconds, tables for tags and authors, and who may see it."""
    text = """---
title: Why naps work
slug: naps
published_at: 1741941000000
updated_at: 2025-04-01T08:00:00.000Z
status: published
visibility: public
feature_image: __GHOST_URL__/content/images/2025/03/nap.jpg
feature_image_alt: A cat asleep
custom_excerpt: Twenty minutes are enough.
meta_description: On naps.
tags:
  - {id: 1, name: Rest, slug: rest}
authors:
  - {id: 7, slug: ada, name: Ada}
---
Lie down.
"""
    post = document(text, "posts/naps.md")
    expected = ("Why naps work", "2025-03-14", "/naps/", ["Rest"], ["Ada"], "/content/images/2025/03/nap.jpg")
    assert (*expected, "A cat asleep") == facts(post)
    assert ("Twenty minutes are enough.", "On naps.") == (post.summary, post.description)
    assert document(text.replace("public\n", "members\n"), "posts/naps.md").draft


def test_a_plain_file() -> None:
    """A title in the text and a date in the name are enough."""
    post = document("# Why naps work\n\nLie down.\n", "2025-03-14 naps.md")
    assert ("Why naps work", "2025-03-14", "/naps/", [], [], None, "") == facts(post)
    assert "Lie down." == post.summary


@pytest.mark.parametrize("head", ["<!--\n{}-->\n\n", "<!-- \n{}\n-->\n", "{}\n", "\n<!-- {}.. -->\n", "<!--\n\n{}-->"])
def test_a_post_of_nikola(head: str) -> None:
    """Its head is a comment, or lines above the first empty one."""
    lines = (
        ".. title: A day\n.. slug: secret\n.. date: 2030-03-27 20:00:00 UTC+01:00\n.. tags: one, two words\n"
        ".. status: draft\n"
    )
    post = document(f"{head.format(lines)}Text.\n")
    assert ("A day", "/secret/", True) == (post.title, post.path, post.draft)
    assert "2030-03-27T19:00:00+00:00" == post.date.astimezone(UTC).isoformat()
    assert ["one", "two words"] == [tag.label for tag in post.tags]
    assert "<p>Text.</p>" == post.html.strip()


def test_a_comment_and_a_directive_of_restructured_text_are_no_front_matter() -> None:
    """Only lines of the form `.. key: value` are."""
    assert "a.md" not in document("<!-- a remark -->\n\nText.\n").title
    assert ".. image:: a.png" in document(".. image:: a.png\n\nText.\n").html


def test_a_date_table_of_material_for_mkdocs() -> None:
    """The date of creation is the post's date."""
    post = document("---\ntitle: Mk\ndate:\n  created: 2024-01-07\n  updated: 2024-01-08\n---\nText.\n")
    assert ("2024-01-07", "2024-01-08") == (str(post.date.date()), str(post.updated and post.updated.date()))


def test_a_post_of_astro() -> None:
    """Names in camel case."""
    post = document("---\ntitle: A\npubDate: Jul 08 2022\nupdatedDate: 2022-07-09\nheroImage: /a.jpg\n---\nText.\n")
    assert ("2022-07-08", "/a.jpg", ()) == (str(post.date.date()), post.image, post.warnings)
    assert post.updated


def test_a_post_of_astropaper() -> None:
    """A theme of Astro with moments instead of dates."""
    head = "title: A\npubDatetime: 2022-07-08T10:00:00Z\nmodDatetime: 2022-07-09T10:00:00Z\nogImage: ./a.jpg"
    post = document(f"---\n{head}\n---\nText.\n")
    assert ("2022-07-08", "./a.jpg", ()) == (str(post.date.date()), post.image, post.warnings)
    assert post.updated


def test_an_old_post_of_hexo() -> None:
    """Nothing opens its YAML, and a line of hyphens closes it."""
    post = document("title: Hello\ndate: 2013/7/13 20:46:25\ntags:\n- a b\n- c\n---\nText.\n")
    assert ("Hello", ["a b", "c"], "2013-07-13") == (
        post.title, [tag.label for tag in post.tags], str(post.date.date()),
    )  # fmt: skip
    assert "<p>Text.</p>" == post.html.strip()


def test_entities_in_an_export_of_wordpress() -> None:
    """Decoded once, in every text that readers see."""
    post = document(
        "---\ntitle: A\nauthor: Jo &amp; Al\ntags: [R&amp;D]\nimage: /a.jpg\nimage_alt: x &gt; y\n---\nText.\n"
    )
    assert (("Jo & Al",), ["R&D"], "x > y") == (post.authors, [tag.label for tag in post.tags], post.image_alt)


def test_a_tag_without_a_letter_is_left_out_with_a_warning() -> None:
    """It has no address."""
    post = document('---\ntitle: A\ntags: [one, "***"]\n---\nText.\n')
    assert (["one"], [3]) == ([tag.label for tag in post.tags], [warning.line for warning in post.warnings])
