"""DynamoDB's values reach it, and come from it, as with botocore's own model of them."""

import json
from typing import Any

import botocore.session
import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ClientError, ParamValidationError

from dropcap import clients

ITEM = {
    "pk": {"S": "LIST#tag"}, "sk": {"S": "été"}, "count": {"N": "12.5"}, "live": {"BOOL": False},
    "tags": {"SS": ["a", "b"]}, "gone": {"NULL": True}, "sizes": {"NS": ["1", "2"]},
    "empty": {"M": {}}, "none": {"L": []},
    "card": {"M": {"title": {"S": ""}, "parts": {"L": [{"M": {"N": {"S": "a name like a type"}}}, {"N": "1"}]}}},
}  # fmt: skip
"""An item with a value of each type but bytes."""
KEY = {"pk": ITEM["pk"], "sk": ITEM["sk"]}
WHERE = {"ExpressionAttributeNames": {"#a": "a"}, "ExpressionAttributeValues": {":a": {"N": "1"}}}
CALLS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "get_item": ({"TableName": "t", "Key": KEY, "ConsistentRead": True}, {"Item": ITEM}),
    "query": (
        {"TableName": "t", "KeyConditionExpression": "#a = :a", **WHERE, "ExclusiveStartKey": KEY},
        {"Items": [ITEM, KEY], "Count": 2, "LastEvaluatedKey": KEY},
    ),
    "batch_get_item": (
        {"RequestItems": {"t": {"Keys": [KEY]}}},
        {"Responses": {"t": [ITEM]}, "UnprocessedKeys": {"t": {"Keys": [KEY]}}},
    ),
    "batch_write_item": (
        {"RequestItems": {"t": [{"PutRequest": {"Item": ITEM}}, {"DeleteRequest": {"Key": KEY}}]}},
        {"UnprocessedItems": {"t": [{"PutRequest": {"Item": ITEM}}]}},
    ),
    "put_item": ({"TableName": "t", "Item": ITEM, "ConditionExpression": "#a = :a", **WHERE}, {}),
    "update_item": (
        {"TableName": "t", "Key": KEY, "UpdateExpression": "SET #a = :a", **WHERE, "ReturnValues": "ALL_NEW"},
        {"Attributes": ITEM},
    ),
    "transact_write_items": (
        {
            "ClientRequestToken": "1",
            "TransactItems": [{"Put": {"TableName": "t", "Item": ITEM}}, {"Delete": {"TableName": "t", "Key": KEY}}],
        },
        {},
    ),
}
"""Arguments and an answer of each call on items."""
CONFLICT = {
    "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
    "Message": "Transaction cancelled",
    "CancellationReasons": [{"Code": "ConditionalCheckFailed", "Item": ITEM}, {"Code": "None"}],
}


class _Raw:
    """The body of an answer."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: object) -> "list[bytes]":
        """Return all parts of the body."""
        return [self._body]


def _sent_and_read(
    session: botocore.session.Session, call: str, arguments: dict[str, Any], answer: dict[str, Any], status: int = 200
) -> tuple[Any, dict[str, Any]]:
    """Return the body of the request for CALL, and what is read from ANSWER, without the metadata."""
    client = session.create_client("dynamodb", region_name="eu-central-1", config=clients.PATIENT)
    sent: list[Any] = []

    def instead(request: Any, **_: object) -> AWSResponse:  # noqa: ANN401  # botocore's
        sent.append(json.loads(request.body))
        return AWSResponse(request.url, status, HTTPHeaders(), _Raw(json.dumps(answer).encode()))

    client.meta.events.register("before-send", instead)  # type: ignore[arg-type]  # an answer is used instead of sending
    try:
        read: dict[str, Any] = getattr(client, call)(**arguments)
    except ClientError as error:
        read = dict(error.response)
    return sent[0], {name: value for name, value in read.items() if name != "ResponseMetadata"}


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")


@pytest.mark.parametrize("call", sorted(CALLS))
def test_requests_and_answers_are_the_same(call: str) -> None:
    """For each call on items, and each type of value that an item here may have."""
    usual, ours = botocore.session.get_session(), clients.aws_session.__wrapped__()
    arguments, answer = CALLS[call]
    expected = _sent_and_read(usual, call, arguments, answer)
    assert expected == _sent_and_read(ours, call, arguments, answer)
    assert expected[1] == answer


def test_a_conflict_is_the_same() -> None:
    """With its reasons, and the items that stood in the way."""
    usual, ours = botocore.session.get_session(), clients.aws_session.__wrapped__()
    arguments, _ = CALLS["transact_write_items"]
    expected = _sent_and_read(usual, "transact_write_items", arguments, CONFLICT, 400)
    assert expected == _sent_and_read(ours, "transact_write_items", arguments, CONFLICT, 400)
    assert expected[1]["Error"]["Code"] == "TransactionCanceledException"


def test_bytes_are_refused() -> None:
    """They would need the encoding that the model prescribes for them."""
    arguments = {"TableName": "t", "Item": {**KEY, "b": {"B": b"bytes"}}}
    with pytest.raises(ParamValidationError, match="document"):
        _sent_and_read(clients.aws_session.__wrapped__(), "put_item", arguments, {})


def test_another_protocol_keeps_its_own_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Values are JSON in the protocol `json` alone; the runtime of Lambda brings its own botocore."""
    name = "dynamodb/2012-08-10/service-2"
    assert clients.RulesOnly().load_data_with_path(name)[0]["shapes"]["AttributeValue"] == clients.AS_IT_IS
    model = {"metadata": {"protocols": ["smithy-rpc-v2-cbor", "json"]}, "shapes": {"AttributeValue": {"type": "union"}}}
    monkeypatch.setattr(clients.ModelLoader, "load_data_with_path", lambda *_: (model, ""))
    assert clients.RulesOnly().load_data_with_path(name)[0]["shapes"] == {"AttributeValue": {"type": "union"}}
