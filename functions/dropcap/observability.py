"""Names of log fields, log messages and metrics, and the correlation id that joins the logs of all functions.

Alarms, the dashboard, `dropcap trace` and `dropcap cost` read these names, so they never change. Every line of a log
is a JSON object with `timestamp`, `level`, `message` and `service` (the stack's name); the log group names the
function. No line holds personal data: a subscriber is a hash.

| message | function | further fields |
|---|---|---|
| `rendered` | render | `outcome` |
| `passed on` | render | a picture or another file, sent to images |
| `walked` | index | `walk`: the message of a walk, of which one page was processed |
| `indexed` | index | `views`: how many views it requested |
| `published` | publish | `view`, `cleared`: cache tags that changed, empty for equal bytes |
| `live` | publish | `view`, `seconds` from the upload (or the date of a scheduled post) to the page |
| `made` | images | `outcome` |
| `cleared` | refresh | `paths`: how many paths the invalidation has |
| `announced` | announce | `issue`, `state`, `reason`, `recipients` |
| `delivered` | deliver | `issue`, `page`, `became`: mails by outcome |
| `recorded` | feedback | `issue`, `subscriber`, `state`, `detail` |
| `asked` | deliver | `subscriber`, `outcome` of a confirmation mail |
| `given up` | render, images, publish, announce | every try failed |
| `failed`, `parked` | all | `exception`; the message is tried again |
"""

from hashlib import sha256
from typing import Any

from dropcap.message import Cause, json_object, object_field

LOCATION = "%(module)s.%(funcName)s:%(lineno)d"
"""The form of `location` in each line: the module is the function's, but for `failed`, which has `message_batch`."""
CORRELATION_ID = "correlation_id"
"""The same for everything that one upload causes, from its rendering to its last mail."""
SOURCE, ETAG, UPLOADED = "source", "etag", "uploaded"
"""The source key, the version's ETag, and the time of the upload in ISO 8601."""
VIEW, ISSUE, SUBSCRIBER, OUTCOME, SECONDS = "view", "issue", "subscriber", "outcome", "seconds"

METRICS_NAMESPACE = "Dropcap"
"""Its one dimension is `service`, the stack's name."""
PUBLISHED, REFUSED, SECONDS_TO_LIVE = "Published", "Refused", "SecondsToLive"
MAILS_SENT, MAILS_DELIVERED, MAILS_BOUNCED = "MailsSent", "MailsDelivered", "MailsBounced"
MAILS_COMPLAINED, MAILS_REFUSED, QUOTA_USED = "MailsComplained", "MailsRefused", "MailQuotaUsed"
RECONCILED = "Reconciled"
CONFIRMATION_BUDGET_SPENT = "ConfirmationBudgetSpent"
"""A confirmation mail was not sent because the day's budget is used up; an alarm reads it."""


def correlation_id(cause: Cause) -> str:
    """Return the id of everything that the upload CAUSE causes: 16 hexadecimal digits of its key and time.

    The ETag is not part of it: `render` may read a newer version than the one that the event names.
    """
    return sha256(f"{cause.key}\n{cause.time}".encode()).hexdigest()[:16]


def log_keys(cause: Cause) -> dict[str, Any]:
    """Return the fields that join a log line with the upload CAUSE."""
    return {CORRELATION_ID: correlation_id(cause), SOURCE: cause.key, ETAG: cause.etag, UPLOADED: cause.time}


def cause_of(body: str) -> Cause:
    """Return the cause of the message in BODY, whatever its kind; raise ContractError if it has none."""
    return Cause.of(object_field(json_object(body), "cause"))
