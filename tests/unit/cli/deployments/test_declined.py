"""A person looks at the change set and declines it, which the SAM CLI does not call a failure."""

import pytest

from support.stack_by_sam import Deploy, StackBySam

DOMAIN = ("--domain", "journal.example.org")


def test_a_declined_first_deployment_is_none(
    stack: StackBySam, deploying: Deploy, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is no stack whose next steps could be printed."""
    stack.declines = True
    assert 1 == deploying(*DOMAIN, "--confirm")
    out, err = capsys.readouterr()
    assert "Nothing was deployed: the change set was declined." in err
    assert "Next steps" not in out


def test_a_declined_update_is_not_called_deployed(
    stack: StackBySam, deploying: Deploy, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor is a deployment without any change, which cannot be told from it."""
    deploying(*DOMAIN)
    stack.declines = True
    assert 0 == deploying("--domain", "other.example.org", "--confirm")
    out, err = capsys.readouterr()
    assert "or there was nothing to change" in err
    assert 1 == out.count("Deployed. Next steps")


def test_an_accepted_change_set_is_deployed(deploying: Deploy, capsys: pytest.CaptureFixture[str]) -> None:
    """The first one and the next."""
    for domain in ("journal.example.org", "other.example.org"):
        assert 0 == deploying("--domain", domain, "--confirm")
        assert "Deployed. Next steps" in capsys.readouterr().out
