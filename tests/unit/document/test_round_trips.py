"""The same front matter in YAML, TOML, JSON or bare lines gives the same document; addresses are always safe."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document import Conventions, Document
from dropcap.document.front_matter.field_names import KNOWN
from dropcap.document.paths.permalinks import TOKENS, UNIQUE_TOKENS, pattern_problem
from dropcap.document.paths.url_paths import is_own, written_path
from support.documents import BERLIN, document, read_or_refused

Given = Mapping[str, str | list[str] | bool]

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]), min_size=1, max_size=30)
TITLE: dict[str, st.SearchStrategy[Any]] = {"title": WORDS.map(lambda text: f"A {text}")}
ENTRIES = st.fixed_dictionaries(
    TITLE,
    optional={
        "date": st.dates().filter(lambda day: 1000 <= day.year < 9999).map(str),
        "Last-Mod": st.datetimes().filter(lambda day: 1000 < day.year < 9998).map(str),
        "tags": st.lists(WORDS, max_size=4) | WORDS,
        "categories": st.lists(st.sampled_from(["Deep Work", "no", "1:30", "~"]), max_size=2),
        "draft": st.booleans(),
        "slug": WORDS,
        "aliases": st.lists(WORDS | WORDS.map(lambda text: f"/{text}/"), max_size=3),
        "Summary": WORDS,
        "cover": WORDS,
        "author": WORDS,
        "id": WORDS,
        "newsletter": st.booleans(),
        "mood": WORDS | st.lists(WORDS, max_size=2),
    },
)


def as_yaml(entries: Given) -> str:
    """Write ENTRIES as PyYAML does, which quotes what it must."""
    return f"---\n{yaml.safe_dump(dict(entries), allow_unicode=True, sort_keys=False)}---\nText.\n"


def as_toml(entries: Given) -> str:
    """Write ENTRIES as TOML, whose strings are JSON's."""
    lines = (f"{json.dumps(name)} = {json.dumps(value, ensure_ascii=False)}" for name, value in entries.items())
    return "+++\n" + "\n".join(lines) + "\n+++\nText.\n"


def as_json(entries: Given) -> str:
    """Write ENTRIES as an object at the top of the file."""
    return f"{json.dumps(entries, indent=1)}\n\nText.\n"


def read(text: str) -> Document | None:
    """Return the document without line numbers, or None if it is refused."""
    post = read_or_refused(lambda: document(text, "notes/a.md"))
    files = tuple(file._replace(line=None) for file in post.files) if post else ()
    return replace(post, warnings=(), files=files) if post else None


@given(ENTRIES)
def test_every_notation_gives_the_same_document(entries: Given) -> None:
    """Text stays text, with any characters."""
    expected = read(as_yaml(entries))
    assert expected == read(as_toml(entries))
    assert expected == read(as_json(entries))


@given(
    st.dictionaries(
        st.sampled_from(["Mood", "Weather", "Place"]), st.from_regex(r"[a-zé]+( [a-zé]+){0,3}", fullmatch=True)
    )
)
def test_bare_lines_give_the_same_document(others: Mapping[str, str]) -> None:
    """For what can be written in one line."""
    entries = {"Title": "A day", "Tags": "a, b", "Date": "2024-05-01 10:20", **others}
    bare = "".join(f"{name}: {value}\n" for name, value in entries.items())
    assert read(as_yaml(entries)) == read(f"{bare}\nText.\n")


@pytest.mark.parametrize("name", sorted(KNOWN))
@pytest.mark.parametrize("value", ["[]", "{}", "~", "[[], {a: [~]}]", "{a: {b: c}}", "'\\0'", "7", "no"])
def test_a_field_with_a_value_of_another_kind_harms_no_other_field(name: str, value: str) -> None:
    """A list where a text is meant, and the other way round: read or refused, and nothing else."""
    assert read_or_refused(lambda: document(f"---\n{name}: {value}\n---\nText.")) is not None or value != "~"


PIECES = st.sampled_from(
    ["a", "Ä", "-", ".", "..", "/", "//", " ", "%2e", "%", "日", "#", "?", "\\", "tags", "2024", "+"]
)
NAMES = st.lists(PIECES, min_size=1, max_size=6).map("".join)
PATTERNS = st.lists(st.sampled_from([f":{token}" for token in TOKENS] + ["/", "-", "x"]), max_size=5).map("".join)


@given(NAMES, NAMES, st.sampled_from(["slug", "url", "permalink", "path"]), PATTERNS)
def test_an_address_is_safe_and_stays_the_same(name: str, written: str, entry: str, pattern: str) -> None:
    """No document gets an address that leads out of the site, to a list, or to another one when it is read again."""
    site = Conventions("Europe/Berlin", permalink=pattern) if pattern and not pattern_problem(pattern) else BERLIN
    text = f"---\ntitle: A day\n{entry}: {json.dumps(written)}\n---\nText."
    post = read_or_refused(lambda: document(text, f"posts/{name}.md", site))
    if post:
        assert post == document(text, f"posts/{name}.md", site)
        assert post.path.startswith("/")
        assert post.path.endswith("/")
        assert not {"..", ".", ""}.intersection(post.path.strip("/").split("/"))
        assert not any(mark in post.path for mark in "\\?#%<>\"'`\n ")
        assert not is_own(post.path)
        assert post.path == written_path(quote(post.path))


def test_tokens_that_distinguish_posts_are_tokens_of_patterns() -> None:
    """Else no pattern could be right."""
    assert set(TOKENS) >= UNIQUE_TOKENS
