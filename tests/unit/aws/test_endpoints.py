"""Functions ask the same endpoints as botocore with its list of all of them, and sign for the same regions."""

import ast
import re
from typing import Any

import botocore.session
import pytest

from dropcap import clients
from support.template import ROOT

CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "cloudfront": ("create_invalidation", {"DistributionId": "E1", "InvalidationBatch": {
        "Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": "1"}}),
    "dynamodb": ("get_item", {"TableName": "catalog", "Key": {"pk": {"S": "a"}}}),
    "s3": ("get_object", {"Bucket": "my-site-bucket", "Key": "index.html"}),
    "scheduler": ("get_schedule", {"Name": "post"}),
    "sesv2": ("get_account", {}),
    "sqs": ("send_message", {"QueueUrl": "https://sqs.eu-central-1.amazonaws.com/123456789012/q", "MessageBody": "m"}),
}  # fmt: skip
"""A call of each service that functions call."""
REGIONS = (
    "us-east-1", "us-east-2", "us-west-2", "eu-central-1", "eu-south-2", "ap-southeast-5", "ca-west-1", "me-south-1",
    "cn-north-1", "cn-northwest-1", "us-gov-west-1", "us-iso-east-1",
)  # fmt: skip
"""Of each kind: the oldest, common ones, newer ones, and those of other partitions."""


class _SentError(Exception):
    """Raised instead of sending a request."""


def _sent(session: botocore.session.Session, service: str, region: str, **options: Any) -> tuple[str, str]:  # noqa: ANN401  # botocore's
    """Return the URL of the request to SERVICE in REGION, and the scope for which it is signed."""
    client = session.create_client(service, region_name=region, **options)
    sent: list[tuple[str, str]] = []

    def instead(request: Any, **_: object) -> None:  # noqa: ANN401  # botocore's
        signature = request.headers["Authorization"]
        written = signature.decode() if isinstance(signature, bytes) else signature
        scope = re.search(r"Credential=a/\d+/([^,]+)", written)
        assert scope
        sent.append((request.url, scope[1]))
        raise _SentError

    client.meta.events.register("before-send", instead)
    operation, arguments = CALLS[service]
    with pytest.raises(_SentError):
        getattr(client, operation)(**arguments)
    return sent[0]


@pytest.mark.parametrize("service", sorted(CALLS))
def test_a_request_goes_to_the_endpoint_that_botocore_would_ask(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In every region; only in us-east-1 S3 is asked by the name of the region, as in all others."""
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    usual, ours = botocore.session.get_session(), clients.aws_session.__wrapped__()
    for region in REGIONS:
        expected = _sent(usual, service, region)
        if (service, region) == ("s3", "us-east-1"):
            expected = (expected[0].replace(".s3.", ".s3.us-east-1."), expected[1])
        assert expected == _sent(ours, service, region, config=clients.EVERY_CLIENT), region


def test_every_service_that_functions_call_is_compared() -> None:
    """A client of another one needs a call here: it may have no rules for its endpoints."""
    called = {
        node.args[0].value
        for path in (ROOT / "functions" / "dropcap").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "client"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert set(CALLS) == called
