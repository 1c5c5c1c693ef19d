"""A deployment creates the SES identity of the sender, or uses one that is there, over the life of a stack."""

from pathlib import Path

import pytest

from dropcap_cli.deployment.answers import save_answers
from support.stack_by_sam import SENDER, Deploy, StackBySam


def identity_of(stack: StackBySam) -> str:
    """Return the parameter MailIdentity."""
    assert stack.parameters is not None
    return stack.parameters["MailIdentity"]


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_sender_that_comes_back_uses_the_identity_that_stayed(
    stack: StackBySam, deploying: Deploy, *, elsewhere: bool
) -> None:
    """CloudFormation has left it in SES, and would fail to create it again; later deployments use it, too."""
    assert 0 == deploying(*SENDER)
    assert 0 == deploying("--sender", "", elsewhere=elsewhere)
    assert 0 == deploying(*SENDER, elsewhere=elsewhere)
    assert "existing" == identity_of(stack)
    assert 0 == deploying(elsewhere=elsewhere)
    assert "existing" == identity_of(stack)


def test_a_first_sender_uses_the_identity_that_ses_has(stack: StackBySam, deploying: Deploy) -> None:
    """It is added to a stack that has been deployed without a newsletter."""
    stack.mail_domains.add("example.org")
    assert 0 == deploying()
    assert 0 == deploying(*SENDER)
    assert "existing" == identity_of(stack)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_stack_goes_on_to_own_the_identity_that_it_created(
    stack: StackBySam, deploying: Deploy, answers: Path, *, elsewhere: bool
) -> None:
    """With `existing`, CloudFormation would let go of it; a saved `existing` of earlier times does not count."""
    deploying(*SENDER)
    assert 0 == deploying(elsewhere=elsewhere)
    save_answers("dropcap", {"MailFrom": "news@example.org", "MailIdentity": "existing"}, answers)
    assert 0 == deploying()
    assert "example.org" == stack.own_domain


@pytest.mark.parametrize(("known", "expected"), [(True, "existing"), (False, "create")])
def test_a_sender_of_another_domain_asks_ses_again(
    stack: StackBySam, deploying: Deploy, *, known: bool, expected: str
) -> None:
    """The stack owns an identity, or uses one, but of the domain before."""
    stack.mail_domains |= {"example.org"} | ({"example.net"} if known else set())
    assert 0 == deploying(*SENDER)
    assert 0 == deploying("--sender", "news@example.net")
    assert expected == identity_of(stack)
    stack.mail_domains.add("example.com")
    assert 0 == deploying("--sender", "news@example.com")
    assert "existing" == identity_of(stack)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_an_identity_of_a_parent_domain_stays_in_use(stack: StackBySam, deploying: Deploy, *, elsewhere: bool) -> None:
    """SES does not find it under the sender's domain; the operator has said that there is one."""
    assert 0 == deploying("--sender", "news@mail.example.org", *SENDER[2:], "--set", "MailIdentity=existing")
    assert 0 == deploying(elsewhere=elsewhere)
    assert "existing" == identity_of(stack)


def test_an_identity_that_was_let_go_is_not_taken_for_the_stack_s_own(stack: StackBySam, deploying: Deploy) -> None:
    """CloudFormation still lists it in the nested stack, as skipped."""
    deploying(*SENDER)
    assert 0 == deploying("--set", "MailIdentity=existing")
    assert "" == stack.own_domain
    assert 0 == deploying(elsewhere=True)
    assert "existing" == identity_of(stack)
