"""Every change that the local cloud makes to moto, by name. Each module says why, and a test compares it with moto.

Some make moto faster or smaller without changing an answer; the others make it behave as AWS does. The environment
variable DROPCAP_LOCAL_WITHOUT switches patches off, by name and separated by commas: for measurements, and for the
second run of `make test`, in which botocore makes every call.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Final

from dropcap_local.in_process_calls.router import in_process_calls
from dropcap_local.moto_patches.dynamodb_queries import ordered_partitions
from dropcap_local.moto_patches.dynamodb_streams import one_stream_record_per_change
from dropcap_local.moto_patches.dynamodb_transactions import cheap_transactions
from dropcap_local.moto_patches.instances import freed_instances
from dropcap_local.moto_patches.s3_bodies import bodies_in_a_file
from dropcap_local.moto_patches.s3_versions import s3_versions_as_aws
from dropcap_local.moto_patches.ses import SendingAccount, mail_service
from dropcap_local.moto_patches.sessions import one_session
from dropcap_local.moto_patches.sqs_storage import indexed_queues

WITHOUT: Final = "DROPCAP_LOCAL_WITHOUT"

Patch = Callable[[], AbstractContextManager[object]]

FASTER: Final[Mapping[str, Patch]] = {
    "transactions": cheap_transactions,
    "queries": ordered_partitions,
    "in_process_calls": in_process_calls,
}
"""Patches that change the time of a call and nothing else. `benchmarks/moto_patches.py` measures each."""

SMALLER: Final[Mapping[str, Patch]] = {"instances": freed_instances, "bodies": bodies_in_a_file, "session": one_session}
"""Patches that change what is kept in memory and nothing else."""

AS_AWS: Final[Mapping[str, Patch]] = {
    "stream_records": one_stream_record_per_change,
    "versions": s3_versions_as_aws,
    "queues": indexed_queues,
}
"""Patches that make moto answer as AWS does."""


@contextmanager
def moto_patched(account: SendingAccount | None = None) -> Iterator[SendingAccount]:
    """Patch moto until the block ends. Enter it before the stack is deployed; ACCOUNT holds the limits of SES."""
    with ExitStack() as stack:
        for patch in _chosen():
            stack.enter_context(patch())
        yield stack.enter_context(mail_service(account))


def _chosen() -> list[Patch]:
    """Return all patches but those that the environment switches off; raise ValueError for an unknown name."""
    patches = {**AS_AWS, **FASTER, **SMALLER}
    without = set(filter(None, os.environ.get(WITHOUT, "").split(",")))
    if unknown := without - patches.keys():
        message = f"{WITHOUT} names no patch of moto: {', '.join(sorted(unknown))}. There are {', '.join(patches)}."
        raise ValueError(message)
    return [patch for name, patch in patches.items() if name not in without]
