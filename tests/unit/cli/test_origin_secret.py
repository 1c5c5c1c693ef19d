"""The secret between CloudFront and the API, over several deployments."""

from itertools import count, pairwise

import pytest

from dropcap_cli.deployment.origin_secret import ACCEPTED, SENT, with_origin_secret

WITH_NEWSLETTER = {"MailFrom": "news@example.org"}


def deployments(kinds: str, *, exists: bool) -> list[tuple[str, str]]:
    """Return what is sent and accepted after deployments of these KINDS: `-` is plain, `r` asks for a rotation."""
    numbers, values, results = count(1), dict(WITH_NEWSLETTER), []
    for kind in kinds:
        values = with_origin_secret(values, lambda: f"s{next(numbers)}", exists=exists, rotate=kind == "r")
        results.append((values[SENT], values[ACCEPTED]))
        exists = True
    return results


def test_a_new_stack_demands_its_secret_at_once() -> None:
    """Nobody has used it yet."""
    assert [("s1", "s1"), ("s1", "s1")] == deployments("--", exists=False)


def test_a_stack_that_exists_sends_the_secret_before_it_demands_it() -> None:
    """CloudFront takes minutes to send it everywhere."""
    assert [("s1", ""), ("s1", "s1")] == deployments("--", exists=True)


def test_a_rotation_accepts_the_next_secret_before_it_is_sent() -> None:
    """And the former one for as long again."""
    expected = [("s1", "s1"), ("s1", "s1 s2"), ("s2", "s1 s2"), ("s2", "s2")]
    assert expected == deployments("-r--", exists=False)


@pytest.mark.parametrize("kinds", ["-rr--", "r-r-r-"])
def test_what_was_sent_before_is_accepted_after_each_deployment(kinds: str) -> None:
    """In every order of deployments, no request is refused."""
    results = deployments(kinds, exists=True)
    for (before, _), (_, accepted) in pairwise(results):
        assert before in accepted.split()


def test_a_stack_without_a_newsletter_has_no_secret() -> None:
    """It has no API."""
    assert {} == with_origin_secret({}, lambda: "s", exists=False, rotate=False)
