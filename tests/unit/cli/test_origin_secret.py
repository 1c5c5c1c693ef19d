"""The secret between CloudFront and the API, over several deployments."""

from itertools import count, pairwise

import pytest

from dropcap_cli.deployment.origin_secret import OriginSecrets, first_secrets, next_secrets

NONE = OriginSecrets("", ())


def deployments(kinds: str, *, exists: bool) -> list[tuple[str, str]]:
    """Return what is sent and accepted after deployments of these KINDS: `-` is plain, `r` asks for a rotation."""
    numbers, secrets, results = count(1), NONE if exists else None, []
    for kind in kinds:

        def draw() -> str:
            return f"s{next(numbers)}"

        secrets = next_secrets(secrets, draw, rotate=kind == "r") if secrets else first_secrets(draw)
        results.append((secrets.sent, " ".join(secrets.accepted)))
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


@pytest.mark.parametrize("kinds", ["-rr--", "r-r-r-", "-r-rr-r--"])
def test_no_request_is_refused_while_a_deployment_runs(kinds: str) -> None:
    """In every order of deployments: what was sent is accepted after each, and what is sent was accepted before."""
    results = deployments(kinds, exists=True)
    for (sent, accepted), (then_sent, then_accepted) in pairwise(results):
        assert sent in then_accepted.split()
        assert not accepted or then_sent in accepted.split()


@pytest.mark.parametrize(
    ("live", "then"),
    [
        (OriginSecrets("", ("s1", "s2")), OriginSecrets("s2", ("s1", "s2"))),
        (OriginSecrets("s1", ("s2",)), OriginSecrets("s2", ("s1", "s2"))),
    ],
)
def test_a_stack_that_refuses_its_own_requests_is_repaired(live: OriginSecrets, then: OriginSecrets) -> None:
    """Someone has changed a secret by hand."""
    assert then == next_secrets(live, lambda: "s3", rotate=False)


def test_the_parameters_are_those_of_the_template() -> None:
    """The secrets that are accepted are separated by spaces, as the function reads them."""
    expected = {"OriginSecret": "s1", "OriginSecretsAccepted": "s1 s2"}
    assert expected == OriginSecrets("s1", ("s1", "s2")).parameters
