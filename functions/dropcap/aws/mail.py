"""Mail through SES: a mail was accepted, was definitely not accepted, or its outcome is unknown.

The client has botocore's retries switched off, because a retry after a read timeout could send a second mail.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    ProxyConnectionError,
)
from botocore.exceptions import ConnectionError as NoConnectionError
from botocore.parsers import ResponseParserError

from dropcap.aws.failures import code_of
from dropcap.newsletter.outcome import (
    MESSAGE_CODES,
    UNKNOWN_ACCOUNT,
    Outcome,
    SendResult,
    SesAccount,
    is_about_the_account,
    may_pass,
    outcome_of,
)

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

ONE_ATTEMPT = Config(connect_timeout=3, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 1})
"""For the client: one attempt, and thirteen seconds at most for it."""

NEVER_CONNECTED = (EndpointConnectionError, ConnectTimeoutError, ProxyConnectionError)


class Mail:
    """Sends raw messages. Raises no error of SES: every answer, and a missing answer, is classified as an Outcome."""

    def __init__(self, client: "SESV2Client", configuration_set: str, sender: str) -> None:
        """Store a CLIENT made with ONE_ATTEMPT, the CONFIGURATION_SET for events, and the SENDER's address."""
        self._client = client
        self._sender = sender
        self._configuration_set = configuration_set

    def start(self) -> None:
        """Drop connections of an earlier invocation.

        While Lambda freezes a container between two events, the server closes them. The first mail written to such a
        connection would be `unknown` for ever, although SES never received it.
        """
        self._client.close()

    def send(self, message: bytes, tags: Mapping[str, str]) -> SendResult:
        """Send MESSAGE to the address in its To, and no other, with TAGS for the events; return the result."""
        try:
            taken = self._client.send_email(
                Content={"Raw": {"Data": message}},
                ConfigurationSetName=self._configuration_set,
                EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
            )
        except ClientError as error:
            return self._refusal(error)
        except NEVER_CONNECTED as error:
            return SendResult(Outcome.NOT_NOW, code=type(error).__name__)
        except (HTTPClientError, NoConnectionError, ResponseParserError) as error:
            return SendResult(Outcome.UNKNOWN, code=type(error).__name__)
        except BotoCoreError as error:  # before anything went over the wire: no credentials, a parameter that is none
            return SendResult(Outcome.CLOSED, code=type(error).__name__)
        return SendResult(Outcome.TAKEN, message_id=taken["MessageId"])

    def account(self) -> SesAccount:
        """Return what SES says of the account now, or a cautious assumption if it does not answer."""
        try:
            answer = self._client.get_account()
        except (ClientError, BotoCoreError, ResponseParserError) as error:
            return replace(UNKNOWN_ACCOUNT, may_send=None if _passes(error) else True)
        quota = answer.get("SendQuota", {})
        return SesAccount(
            rate=float(quota.get("MaxSendRate", UNKNOWN_ACCOUNT.rate)),
            per_day=float(quota.get("Max24HourSend", UNKNOWN_ACCOUNT.per_day)),
            sent_today=float(quota.get("SentLast24Hours", UNKNOWN_ACCOUNT.sent_today)),
            may_send=bool(answer.get("SendingEnabled", True)) and bool(answer.get("ProductionAccessEnabled", True)),
        )

    def _refusal(self, error: ClientError) -> SendResult:
        code, status = code_of(error), _status(error)
        account = self.account() if is_about_the_account(code, status) else UNKNOWN_ACCOUNT
        if code in MESSAGE_CODES and account.may_send:
            account = replace(account, may_send=self._may_send_from())
        return SendResult(outcome_of(code, status, account), code=code)

    def _may_send_from(self) -> bool | None:
        """Return whether SES has verified the sender; None if that is not known now.

        Without a verified sender, SES answers MessageRejected to every mail, as it does for one that it does not like.
        """
        for identity in _identities(self._sender):
            try:
                if self._client.get_email_identity(EmailIdentity=identity).get("VerifiedForSendingStatus", True):
                    return True
            except (ClientError, BotoCoreError, ResponseParserError) as error:
                if isinstance(error, ClientError) and code_of(error) == "NotFoundException":
                    continue
                return None if _passes(error) else True
        return False


def _identities(sender: str) -> Iterator[str]:
    """Yield the identities that allow mail from the address SENDER: itself, its domain, and the domains above."""
    yield sender
    domain = sender.rpartition("@")[2]
    while "." in domain:
        yield domain
        domain = domain.partition(".")[2]


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _passes(error: Exception) -> bool:
    """Return whether ERROR may pass by itself; one that denies the question does not, and the mail goes on without."""
    return may_pass(code_of(error), _status(error)) if isinstance(error, ClientError) else True
