"""The texts that a container keeps."""

from dropcap.aws.text_cache import TextCache


def test_a_text_is_kept_until_the_limit_is_reached_and_the_one_used_longest_ago_goes_first() -> None:
    """Reading a text counts as using it."""
    cache = TextCache(6)
    cache.keep("a", "aaa")
    cache.keep("b", "bbb")
    assert "aaa" == cache.get("a")
    cache.keep("c", "c")
    assert ("aaa", None, "c") == (cache.get("a"), cache.get("b"), cache.get("c"))


def test_a_text_longer_than_the_limit_pushes_nothing_out() -> None:
    """It is simply not kept."""
    cache = TextCache(3)
    cache.keep("a", "aaa")
    cache.keep("b", "bbbb")
    assert ("aaa", None) == (cache.get("a"), cache.get("b"))


def test_keeping_a_text_twice_counts_it_once() -> None:
    """Otherwise a text that is put often would push out the others."""
    cache = TextCache(4)
    cache.keep("a", "aa")
    cache.keep("a", "aa")
    cache.keep("b", "bb")
    assert ("aa", "bb") == (cache.get("a"), cache.get("b"))
