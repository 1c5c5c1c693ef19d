"""Signs as a printer would set them."""

import pytest

from support.documents import document, html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"*a* b" c', "“<em>a</em> b” c"),
        ('*"a"*', "<em>“a”</em>"),
        ('("a")', "(“a”)"),
        ('a "b." c', "a “b.” c"),
        ('"a 5" c', "“a 5” c"),
        ("a 5\" and 6' pipe", "a 5\" and 6' pipe"),
        ("rock 'n' roll", "rock ’n’ roll"),
        ("the authors' 'own' ones", "the authors’ ‘own’ ones"),
        ("`a`'s \"b\"", "<code>a</code>’s “b”"),
        ('a `"b" -- c...` d', 'a <code>"b" -- c...</code> d'),
        ("use --quiet or a--b", "use --quiet or a–b"),
        ("a ... b.... c", "a … b.... c"),
        ('<b title="a -- b">"c"</b>', '<b title="a -- b">“c”</b>'),
        ('\\"a\\" \\-\\- \\...', "&quot;a&quot; -- ..."),
        ('"![a](b.png) is" c', '“<img alt="a" src="dropcap-file:b.png"> is” c'),
    ],
)  # fmt: skip
def test_english_quotes_dashes_and_dots(text: str, expected: str) -> None:
    """By what stands around them, through inline elements; code and attributes stay as they are."""
    assert f"<p>{expected}</p>" == html(text)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-GB", "“a ‘b’ c”"),
        ("de", "„a ‚b‘ c“"),
        ("de-CH", "«a ‹b› c»"),
        ("fr", "«\u202fa “b” c\u202f»"),
        ("es", "«a “b” c»"),
        ("it", "«a “b” c»"),
        ("nl", "“a ‘b’ c”"),
        ("pl", "„a ‚b’ c”"),
        ("sv", "”a ’b’ c”"),
        ("da", "»a ›b‹ c«"),
        ("pt-BR", "“a ‘b’ c”"),
        ("ru", "«a „b“ c»"),
        ("xx", "“a ‘b’ c”"),
    ],
)
def test_quotes_follow_the_language(language: str, expected: str) -> None:
    """That of the document; English where it is not known."""
    assert f"<p>{expected}</p>" == document(f"---\nlang: {language}\n---\n\"a 'b' c\"").html.strip()


def test_a_formula_is_not_touched() -> None:
    """Its primes are primes."""
    assert "alttext=\"f'' -- x\"" in html("$f'' -- x$")


@pytest.mark.parametrize(
    ("language", "title", "summary"),
    [
        ("en", "“Join us”: it’s 5 – no, 6…", "She said “no” & left"),
        ("de", "„Join us“: it’s 5 – no, 6…", "She said „no“ & left"),
    ],
)
def test_title_and_summary_have_the_signs_of_the_text(language: str, title: str, summary: str) -> None:
    """In the language of the document."""
    lines = [f"lang: {language}", "title: '\"Join us\": it''s 5 -- no, 6...'", "summary: 'She *said* \"no\" & left'"]
    post = document("---\n" + "\n".join(lines) + "\n---\nText.\n")
    assert (title, summary) == (post.title, post.summary)


def test_code_in_a_title_and_a_summary_stays_as_typed() -> None:
    """In a heading that is the title, and in a summary with Markdown."""
    post = document('---\nsummary: \'Use `--quiet "x"` or "y"\'\n---\n# Use `a--b` "now"\n\nText.\n')
    assert ('Use a--b "now"', 'Use --quiet "x" or “y”') == (post.title, post.summary)


@pytest.mark.parametrize("quoted", ['"$x$ is large"', '"$x$"', '("$x$, or *more*")'])
def test_a_quote_before_a_formula_opens(quoted: str) -> None:
    """The formula is a word, although it has no text here."""
    text = html(quoted)
    assert ("“", "”") == tuple(sign for sign in text if sign in "“”")
    assert text.index("“") < text.index("<math") < text.index("”")


@pytest.mark.parametrize("address", ["https://example.org/wiki/Schrödinger's_cat", "https://example.org/a...b--c'd"])
@pytest.mark.parametrize("form", ["See {}.", "See <{}>.", "See [{}](/there/).", "('{}')"])
def test_the_signs_of_an_address_stay_as_they_are_typed(form: str, address: str) -> None:
    """Bare, in angle brackets, and as the text of a link; quotes around it are typographic."""
    text = html(form.format(address))
    assert f">{address}</a>" in text
    assert ("‘" in text) == ("'{" in form)
