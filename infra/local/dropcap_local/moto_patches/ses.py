"""SES with an account's quota and with events for each mail.

Reason: moto stores sent mails, but has no GetAccount and no suppression list, and publishes no events. Its server does
not know the path of an address on that list either: it takes the pattern for all other paths literally. Here the events
of a mail that was sent through a configuration set go to the set's SNS topic, in SES's form
(`dropcap_local.moto_patches.ses_events`).
"""

import base64
import email
import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.policy import SMTP
from email.utils import parseaddr
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import unquote, urlsplit

from moto.core.exceptions import JsonRESTError
from moto.ses.exceptions import NotFoundException
from moto.sesv2 import urls
from moto.sesv2.responses import SESV2Response
from moto.sns.models import sns_backends

from dropcap_local.clients import ACCOUNT
from dropcap_local.moto_patches import ses_events
from dropcap_local.moto_patches.ses_events import SentMail, events_of

_DAY: Final = 24 * 60 * 60
_moto_send_email = SESV2Response.send_email
_SUPPRESSED = {"{0}/v2/email/suppression/addresses/(?P<EmailAddress>[^/]+)$": SESV2Response.dispatch}


@dataclass(slots=True)
class SendingAccount:
    """The limits of SES: mails in 24 hours, mails in a second. `sent_at` has the times of the day's accepted mails."""

    per_day: int = 50_000
    per_second: float = 14.0
    sent_at: list[float] = field(default_factory=list)
    suppressed: set[str] = field(default_factory=set)
    """The suppression list: addresses that bounced or complained, in small letters."""

    def sent_today(self) -> int:
        """Count the mails of the last 24 hours."""
        self.sent_at = [moment for moment in self.sent_at if moment > time.time() - _DAY]
        return len(self.sent_at)

    def check(self) -> None:
        """Raise SES's throttling error for a mail beyond the day's quota, as SES does beyond the rate, too."""
        if self.sent_today() >= self.per_day:
            raise _QuotaSpentError


class _QuotaSpentError(JsonRESTError):
    code = 429

    def __init__(self) -> None:
        super().__init__("ThrottlingException", "Daily message quota exceeded.")


@contextmanager
def mail_service(account: SendingAccount | None = None) -> Iterator[SendingAccount]:
    """Add GetAccount, the day's quota and events to moto's SES, until the block ends."""
    sender = account or SendingAccount()

    def send_email(response: SESV2Response) -> str:
        sender.check()
        return _send_email(response, sender)

    def get_account(_: SESV2Response) -> str:
        return json.dumps(_account(sender))

    def delete_suppressed_destination(response: SESV2Response) -> str:
        sender.suppressed.remove(_listed(response, sender))
        return json.dumps({})

    with (
        patch.multiple(
            SESV2Response,
            send_email=send_email,
            get_account=get_account,
            delete_suppressed_destination=delete_suppressed_destination,
            create=True,
        ),
        patch.dict(urls.url_paths, _SUPPRESSED),
    ):
        yield sender


def _listed(response: SESV2Response, sender: SendingAccount) -> str:
    """Return the address in the path of the request; raise SES's error if it is not on the list."""
    address = unquote(urlsplit(response.uri).path.rpartition("/")[2]).lower()
    if address not in sender.suppressed:
        message = f"Email address {address} does not exist on your suppression list."
        raise NotFoundException(message)
    return address


def _account(sender: SendingAccount) -> dict[str, Any]:
    quota = {
        "Max24HourSend": float(sender.per_day),
        "MaxSendRate": sender.per_second,
        "SentLast24Hours": float(sender.sent_today()),
    }
    return {
        "EnforcementStatus": "HEALTHY",
        "ProductionAccessEnabled": True,
        "SendingEnabled": True,
        "SendQuota": quota,
        "SuppressionAttributes": {"SuppressedReasons": ["BOUNCE", "COMPLAINT"]},
    }


def _send_email(response: SESV2Response, sender: SendingAccount) -> str:
    request = json.loads(response.body)
    backend = response.sesv2_backend.core_backend
    configuration_set = request.get("ConfigurationSetName")
    if configuration_set and configuration_set not in backend.config_sets:
        message = f"Configuration set <{configuration_set}> does not exist."
        raise NotFoundException(message)
    answer = _moto_send_email(response)
    sender.sent_at.append(time.time())
    if destination := backend.config_set_event_destination.get(configuration_set):
        mail = _sent(request, backend.sent_messages[-1], response.region, sender)
        if mail.is_suppressed:
            backend.sent_messages.pop()
        _publish(destination, mail)
        if ses_events.fate_of(mail.recipients):
            sender.suppressed |= _addresses(mail.recipients)
    return answer


def _addresses(recipients: Iterable[str]) -> set[str]:
    return {parseaddr(recipient)[1].lower() for recipient in recipients}


def _sent(
    request: dict[str, Any],
    message: Any,  # noqa: ANN401 - one of moto's message types
    region: str,
    sender: SendingAccount,
) -> SentMail:
    tags = {tag["Name"]: tag["Value"] for tag in request.get("EmailTags", [])}
    raw = base64.b64decode(request["Content"].get("Raw", {}).get("Data", ""))
    return SentMail(
        message_id=message.id,
        recipients=tuple(message.destinations),
        headers=email.message_from_bytes(raw, policy=SMTP),
        tags=tags,
        configuration_set=request["ConfigurationSetName"],
        region=region,
        is_suppressed=not sender.suppressed.isdisjoint(_addresses(message.destinations)),
    )


def _publish(destination: dict[str, Any], mail: SentMail) -> None:
    wanted = set(destination["MatchingEventTypes"])
    topic: str = destination["SNSDestination"]["TopicARN"]
    for kind, event in events_of(mail):
        if kind in wanted and destination["Enabled"]:
            sns_backends[ACCOUNT][mail.region].publish(json.dumps(event), arn=topic)
