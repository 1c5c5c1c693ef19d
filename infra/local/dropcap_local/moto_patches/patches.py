"""All that the local cloud changes in moto's tables, buckets and mail. Each part says in its own module why."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from dropcap_local.moto_patches.dispatch_cache import ways_remembered
from dropcap_local.moto_patches.dynamodb_queries import ordered_partitions
from dropcap_local.moto_patches.dynamodb_serializer import plain_attribute_values
from dropcap_local.moto_patches.dynamodb_streams import one_record_a_change
from dropcap_local.moto_patches.dynamodb_transactions import touched_items_kept
from dropcap_local.moto_patches.s3_versions import versions_told
from dropcap_local.moto_patches.ses import SendingAccount, mail_service

_PARTS = (
    touched_items_kept,
    one_record_a_change,
    ordered_partitions,
    plain_attribute_values,
    versions_told,
    ways_remembered,
)


@contextmanager
def aws_like(account: SendingAccount | None = None) -> Iterator[SendingAccount]:
    """Make moto faster where it is slow, and stricter where AWS is, until the block ends.

    To be entered before the stack is deployed; `account` is what SES allows.
    """
    with ExitStack() as stack:
        for part in _PARTS:
            stack.enter_context(part())
        yield stack.enter_context(mail_service(account))
