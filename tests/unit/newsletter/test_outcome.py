"""The meaning of SES's answers."""

import pytest

from dropcap.newsletter.outcome import UNKNOWN_ACCOUNT, Outcome, SesAccount, is_about_the_account, outcome_of
from support.newsletter_bench import PLENTY

SPENT = SesAccount(rate=14.0, per_day=200.0, sent_today=200.0, may_send=True)
SANDBOX = SesAccount(rate=1.0, per_day=200.0, sent_today=3.0, may_send=False)


@pytest.mark.parametrize(
    ("code", "status", "account", "outcome"),
    [
        ("TooManyRequestsException", 429, PLENTY, Outcome.NOT_NOW),
        ("TooManyRequestsException", 429, SPENT, Outcome.DAY_SPENT),
        ("ThrottlingException", 400, PLENTY, Outcome.NOT_NOW),
        ("LimitExceededException", 400, SPENT, Outcome.DAY_SPENT),
        ("SomethingNew", 429, PLENTY, Outcome.NOT_NOW),
        ("MessageRejected", 400, PLENTY, Outcome.REFUSED),
        ("BadRequestException", 400, PLENTY, Outcome.REFUSED),
        ("MessageRejected", 400, SANDBOX, Outcome.CLOSED),
        ("MessageRejected", 400, UNKNOWN_ACCOUNT, Outcome.NOT_NOW),
        ("SendingPausedException", 400, PLENTY, Outcome.CLOSED),
        ("AccountSuspendedException", 400, PLENTY, Outcome.CLOSED),
        ("MailFromDomainNotVerifiedException", 400, PLENTY, Outcome.CLOSED),
        ("AccessDeniedException", 403, PLENTY, Outcome.CLOSED),
        ("ExpiredTokenException", 403, PLENTY, Outcome.CLOSED),
        ("InternalServiceErrorException", 500, PLENTY, Outcome.UNKNOWN),
        ("ServiceUnavailable", 503, PLENTY, Outcome.UNKNOWN),
        ("TooManyRequestsException", 503, PLENTY, Outcome.UNKNOWN),
        ("RequestTimeout", 408, PLENTY, Outcome.UNKNOWN),
    ],
)
def test_an_answer_is_sorted_by_its_code(code: str, status: int, account: SesAccount, outcome: Outcome) -> None:
    """A refusal is only what SES itself says before it has taken a mail."""
    assert outcome == outcome_of(code, status, account)


def test_only_ambiguous_codes_need_the_account() -> None:
    """GetAccount may be called once a second, so it is asked only where its answer decides."""
    assert is_about_the_account("ThrottlingException", 400)
    assert is_about_the_account("MessageRejected", 400)
    assert not is_about_the_account("InternalServiceErrorException", 500)


def test_an_account_without_a_limit_never_spends_its_day() -> None:
    """SES writes -1 for unlimited."""
    assert not SesAccount(14.0, -1.0, 1_000_000.0, may_send=True).day_is_spent
    assert SPENT.day_is_spent
