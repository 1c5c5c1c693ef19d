"""An empty AWS in this process, without a local cloud around it: for tests of the parts of the local cloud."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from moto import mock_aws

from dropcap_local.clients import ENVIRONMENT, Clients

_CLIENTS: list[Clients] = []


@contextmanager
def bare_aws() -> Iterator[Clients]:
    """Return clients of an empty, unpatched moto."""
    with patch.dict(os.environ, ENVIRONMENT), mock_aws():
        if not _CLIENTS:  # making one takes longer than a test
            _CLIENTS.append(Clients())
        yield _CLIENTS[0]


def make_table(clients: Clients, name: str) -> None:
    """Make a table like the template's: pk, sk, and a stream with both images."""
    clients.client("dynamodb").create_table(
        TableName=name,
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
        ],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
