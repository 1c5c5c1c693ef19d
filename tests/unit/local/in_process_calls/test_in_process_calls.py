"""In-process calls answer as botocore's own calls do: each call both ways, each time on a new moto."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ParamValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from moto import mock_aws
from moto.cloudfront.models import cloudfront_backends
from moto.moto_api._internal import mock_random

from dropcap_local.clients import ENVIRONMENT
from dropcap_local.in_process_calls import dynamodb, router
from dropcap_local.in_process_calls.router import in_process_calls
from dropcap_local.moto_patches.patches import moto_patched
from support.bare_aws import bare_aws, make_table

JSON = dict[str, Any]
Call = tuple[str, str, JSON]

SETTING: list[Call] = [
    ("s3", "create_bucket", {"Bucket": "kept", "CreateBucketConfiguration": {"LocationConstraint": "eu-central-1"}}),
    ("s3", "put_bucket_versioning", {"Bucket": "kept", "VersioningConfiguration": {"Status": "Enabled"}}),
    ("s3", "create_bucket", {"Bucket": "site", "CreateBucketConfiguration": {"LocationConstraint": "eu-central-1"}}),
    (
        "s3",
        "put_bucket_encryption",
        {
            "Bucket": "site",
            "ServerSideEncryptionConfiguration": {
                "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
            },
        },
    ),
    (
        "dynamodb",
        "create_table",
        {
            "TableName": "t",
            "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
        },
    ),
    ("sqs", "create_queue", {"QueueName": "plain"}),
    ("sqs", "create_queue", {"QueueName": "views.fifo", "Attributes": {"FifoQueue": "true"}}),
]
URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/"


def key(sk: str, pk: str = "p") -> JSON:
    """Return an item's key."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def item(sk: str, **more: JSON) -> JSON:
    """Return an item with an attribute of each kind that the Catalog has."""
    kinds = {
        "text": {"S": "Ärger"},
        "number": {"N": "12.5"},
        "yes": {"BOOL": True},
        "nothing": {"NULL": True},
        "list": {"L": [{"S": "a"}, {"L": []}, {"M": {}}]},
        "map": {"M": {"é": {"M": {"b": {"N": "1"}}}}},
        "set": {"SS": ["x", "y"]},
    }
    return {**key(sk), **kinds, **more}


def page(sk: str, **more: object) -> JSON:
    """Return a query of what comes after SK."""
    return {
        "TableName": "t",
        "KeyConditionExpression": "pk = :pk AND sk > :sk",
        "ExpressionAttributeValues": {":pk": {"S": "p"}, ":sk": {"S": sk}},
        "ConsistentRead": True,
        **more,
    }


def only_if_new(sk: str) -> JSON:
    """Return a put that fails where there is an item at SK."""
    condition = {"ConditionExpression": "attribute_not_exists(#p)", "ExpressionAttributeNames": {"#p": "pk"}}
    return {"Put": {"TableName": "t", "Item": item(sk), **condition}}


def plain(sk: str, **more: JSON) -> JSON:
    """Return an item of the types that nearly all values have."""
    kinds = {"text": {"S": "Ärger"}, "number": {"N": "12"}, "yes": {"BOOL": True}, "nothing": {"NULL": True}}
    nested = {"list": {"L": [{"S": "a"}, {"L": []}, {"M": {}}]}, "map": {"M": {"é": {"M": {"b": {"N": "1"}}}}}}
    return {**key(sk), **kinds, **nested, **more}


def checked(kind: str, sk: str, expected: str, **more: JSON) -> JSON:
    """Return an action of KIND on the item at SK, on the condition that its token is EXPECTED."""
    condition = {
        "ConditionExpression": "#token = :token",
        "ExpressionAttributeNames": {"#token": "token"},
        "ExpressionAttributeValues": {":token": {"S": expected}},
    }
    thing = {"Item": plain(sk, **more)} if kind == "Put" else {"Key": key(sk)}
    return {kind: {"TableName": "t", **thing, **condition}}


def transaction(*actions: JSON) -> Call:
    """Return the transaction of ACTIONS."""
    return "dynamodb", "transact_write_items", {"TransactItems": [*actions]}


def put_if(sk: str, where: str, value: str = "1", **more: object) -> Call:
    """Return a put of an item at SK where the condition WHERE, with `#rank` and the number `:rank`, holds."""
    names: JSON = {"ExpressionAttributeNames": {"#rank": "rank"}} if "#rank" in where else {}
    values: JSON = {"ExpressionAttributeValues": {":rank": {"N": value}}} if ":rank" in where else {}
    whole = {"TableName": "t", "Item": {**key(sk), "rank": {"N": value}}, "ConditionExpression": where}
    return "dynamodb", "put_item", {**whole, **names, **values, **more}


OBJECTS: list[Call] = [
    ("s3", "head_object", {"Bucket": "kept", "Key": "a"}),
    ("s3", "get_object", {"Bucket": "kept", "Key": "a"}),
    ("s3", "put_object", {"Bucket": "kept", "Key": "a", "Body": b"one"}),
    ("s3", "put_object", {"Bucket": "kept", "Key": "a", "Body": b"two", "IfNoneMatch": "*"}),
    ("s3", "put_object", {"Bucket": "kept", "Key": "b", "Body": b"", "IfNoneMatch": "*", "ContentType": "text/plain"}),
    ("s3", "put_object", {"Bucket": "kept", "Key": "b", "Body": b"x", "IfMatch": '"d41d8cd98f00b204e9800998ecf8427e"'}),
    ("s3", "put_object", {"Bucket": "kept", "Key": "b", "Body": b"y", "IfMatch": '"d41d8cd98f00b204e9800998ecf8427e"'}),
    ("s3", "put_object", {"Bucket": "kept", "Key": "c", "Body": b"y", "IfMatch": '"d41d8cd98f00b204e9800998ecf8427e"'}),
    (
        "s3",
        "put_object",
        {
            "Bucket": "site",
            "Key": "ü b+c%.html",
            "Body": b"<p>",
            "ContentType": "text/html; charset=utf-8",
            "CacheControl": "max-age=0",
            "Metadata": {"cache-tag": "a,b", "digest": "d"},
        },
    ),
    ("s3", "put_object", {"Bucket": "site", "Key": "m", "Body": b"", "Metadata": {"location": "/ü/"}}),
    ("s3", "put_object", {"Bucket": "nowhere", "Key": "a", "Body": b""}),
    ("s3", "put_object", {"Bucket": "site", "Key": "", "Body": b""}),
    ("s3", "put_object", {"Bucket": "site", "Body": b""}),
    ("s3", "put_object", {"Bucket": "site", "Key": "text", "Body": "text"}),
    ("s3", "head_object", {"Bucket": "site", "Key": "ü b+c%.html"}),
    ("s3", "get_object", {"Bucket": "site", "Key": "ü b+c%.html"}),
    ("s3", "get_object", {"Bucket": "site", "Key": "ü b+c%.html", "Range": "bytes=0-1"}),
    ("s3", "head_object", {"Bucket": "kept", "Key": "b"}),
    ("s3", "get_object", {"Bucket": "kept", "Key": "b"}),
    ("s3", "get_object", {"Bucket": "kept", "Key": "b", "VersionId": "no-such"}),
    ("s3", "delete_object", {"Bucket": "kept", "Key": "b"}),
    ("s3", "head_object", {"Bucket": "kept", "Key": "b"}),
    ("s3", "get_object", {"Bucket": "kept", "Key": "b"}),
    ("s3", "put_object", {"Bucket": "kept", "Key": "b", "Body": b"back", "IfNoneMatch": "*"}),
    ("s3", "delete_object", {"Bucket": "site", "Key": "ü b+c%.html"}),
    ("s3", "delete_object", {"Bucket": "site", "Key": "never"}),
]
LISTS: list[Call] = [
    ("s3", "list_objects_v2", {"Bucket": "site"}),
    ("s3", "put_object", {"Bucket": "site", "Key": "a/é +%.txt", "Body": b"1"}),
    ("s3", "put_object", {"Bucket": "site", "Key": "a/b", "Body": b"2"}),
    ("s3", "put_object", {"Bucket": "site", "Key": "b", "Body": b"3"}),
    ("s3", "list_objects_v2", {"Bucket": "site"}),
    ("s3", "list_objects_v2", {"Bucket": "site", "Prefix": "a/"}),
    ("s3", "list_objects_v2", {"Bucket": "site", "Prefix": "a/é "}),
    ("s3", "list_objects_v2", {"Bucket": "site", "MaxKeys": 1}),
    ("s3", "list_objects_v2", {"Bucket": "site", "MaxKeys": 3}),
    ("s3", "list_objects_v2", {"Bucket": "site", "Prefix": "a/", "MaxKeys": 200}),
    ("s3", "list_objects_v2", {"Bucket": "site", "MaxKeys": 0}),
    ("s3", "list_objects_v2", {"Bucket": "site", "MaxKeys": 2_000}),
    ("s3", "list_objects_v2", {"Bucket": "site", "MaxKeys": 200, "StartAfter": "a/b"}),
    ("s3", "list_objects_v2", {"Bucket": "site", "StartAfter": "a/c"}),
    ("s3", "list_objects_v2", {"Bucket": "site", "Prefix": "b", "StartAfter": "a/é"}),
    ("s3", "list_objects_v2", {"Bucket": "site", "StartAfter": ""}),
    ("s3", "list_objects_v2", {"Bucket": "site", "Delimiter": "/"}),
    ("s3", "list_objects_v2", {"Bucket": "site", "Delimiter": "/", "Prefix": "a/"}),
    ("s3", "list_objects_v2", {"Bucket": "site", "Delimiter": "/", "Prefix": "c"}),
    ("s3", "list_objects_v2", {"Bucket": "site", "Delimiter": "/", "MaxKeys": 1}),
    ("s3", "list_objects_v2", {"Bucket": "site", "Delimiter": "/", "StartAfter": "a/b"}),
    ("s3", "list_objects_v2", {"Bucket": "nowhere", "Prefix": "a/"}),
    ("s3", "delete_object", {"Bucket": "site", "Key": "a/b"}),
    ("s3", "list_objects_v2", {"Bucket": "site", "Prefix": "a/"}),
    ("s3", "put_object", {"Bucket": "kept", "Key": "a", "Body": b"4"}),
    ("s3", "delete_object", {"Bucket": "kept", "Key": "a"}),
    ("s3", "list_objects_v2", {"Bucket": "kept", "Prefix": "a"}),
]
TABLES: list[Call] = [
    ("dynamodb", "get_item", {"TableName": "t", "Key": key("1")}),
    ("dynamodb", "put_item", {"TableName": "t", "Item": item("1")}),
    ("dynamodb", "get_item", {"TableName": "t", "Key": key("1"), "ConsistentRead": True}),
    ("dynamodb", "get_item", {"TableName": "t", "Key": key("1"), "ProjectionExpression": "sk"}),
    ("dynamodb", "get_item", {"TableName": "nowhere", "Key": key("1")}),
    ("dynamodb", "get_item", {"TableName": "t", "Key": key("")}),
    ("dynamodb", "get_item", {"TableName": "t", "Key": {"pk": {"S": "p"}}}),
    ("dynamodb", "get_item", {"TableName": "t", "Key": {"pk": {"S": 1}, "sk": {"S": "1"}}}),
    ("dynamodb", "get_item", {"TableName": "t", "Key": key("1"), "Unheard": "of"}),
    ("dynamodb", "put_item", {"TableName": "t", "Item": {**key("2"), "bytes": {"B": b"\x00"}}}),
    ("dynamodb", "get_item", {"TableName": "t", "Key": key("2")}),
    ("dynamodb", "put_item", {"TableName": "t", "Item": {**key("3"), "large": {"S": "x" * 500_000}}}),
    ("dynamodb", "put_item", {"TableName": "t", "Item": {**key("3"), "large": {"S": "x" * 300_000}}}),
    ("dynamodb", "transact_write_items", {"TransactItems": [only_if_new("4"), only_if_new("5")]}),
    ("dynamodb", "transact_write_items", {"TransactItems": [only_if_new("6"), only_if_new("5")]}),
    ("dynamodb", "transact_write_items", {"TransactItems": []}),
    put_if("p", "attribute_not_exists(pk)"),
    put_if("p", "attribute_not_exists(pk)"),
    put_if("p", "attribute_not_exists(pk) OR #rank <= :rank", "2"),
    put_if("p", "attribute_not_exists(pk) OR #rank <= :rank", "1"),
    put_if("p", "attribute_not_exists(pk) OR #rank <= :rank", "2"),
    put_if("p", "attribute_not_exists(#rank) OR #rank <> :rank", "3"),
    put_if("p", "attribute_not_exists(#rank) OR #rank <> :rank", "3"),
    put_if("p", "attribute_not_exists(pk)", ExpressionAttributeNames={"#unused": "rank"}),
    put_if("p", "attribute_not_exists(pk)", ExpressionAttributeNames={"#unused": "rank"}),
    ("dynamodb", "query", page("0")),
    ("dynamodb", "query", page("1", Limit=2)),
    ("dynamodb", "query", page("1", Limit=2, ScanIndexForward=False)),
    ("dynamodb", "query", page("1", FilterExpression="number = :sk")),
    ("dynamodb", "query", page("9")),
    ("dynamodb", "query", page("1", Limit=0)),
    ("dynamodb", "query", page("1", Limit=1, ExclusiveStartKey=key("2"))),
    ("dynamodb", "query", page("1", Limit=1, ExclusiveStartKey=key("4"), ScanIndexForward=False)),
    ("dynamodb", "query", page("1", Limit=100)),
    ("dynamodb", "query", {**page("1"), "KeyConditionExpression": "pk = :pk AND sk <= :sk"}),
    ("dynamodb", "query", {**page("1"), "KeyConditionExpression": "pk = :pk AND sk < :sk"}),
    ("dynamodb", "query", {**page("1"), "KeyConditionExpression": "pk = :pk AND begins_with(sk, :sk)"}),
    ("dynamodb", "query", {**page("1"), "KeyConditionExpression": "pk = :pk"}),
    ("dynamodb", "query", {**page("1"), "KeyConditionExpression": "sk = :pk AND pk > :sk"}),
    ("dynamodb", "query", {**page("1"), "TableName": "nowhere"}),
    ("dynamodb", "batch_get_item", {"RequestItems": {"nowhere": {"Keys": [key("1")]}}}),
    ("dynamodb", "batch_get_item", {"RequestItems": {"t": {"Keys": [key("")]}}}),
    ("dynamodb", "batch_get_item", {"RequestItems": {"t": {"Keys": [key("1"), key("9")], "ConsistentRead": True}}}),
    ("dynamodb", "batch_get_item", {"RequestItems": {"t": {"Keys": [key("1"), key("4"), key("0")]}}}),
    ("dynamodb", "batch_get_item", {"RequestItems": {"t": {"Keys": [key("1"), key("1")]}}}),
    (
        "dynamodb",
        "batch_write_item",
        {"RequestItems": {"t": [{"PutRequest": {"Item": item("7")}}, {"DeleteRequest": {"Key": key("4")}}]}},
    ),
    (
        "dynamodb",
        "update_item",
        {
            "TableName": "t",
            "Key": key("7"),
            "UpdateExpression": "SET #text = :new REMOVE yes",
            "ExpressionAttributeNames": {"#text": "text"},
            "ExpressionAttributeValues": {":new": {"S": "new"}},
            "ReturnValues": "ALL_NEW",
        },
    ),
    ("dynamodb", "delete_item", {"TableName": "t", "Key": key("5"), "ReturnValues": "ALL_OLD"}),
    ("dynamodb", "query", page("0")),
]
PLAIN_WRITES: list[Call] = [
    ("dynamodb", "put_item", {"TableName": "t", "Item": plain("1", token={"S": "a"})}),
    ("dynamodb", "batch_write_item", {"RequestItems": {"t": [{"PutRequest": {"Item": plain(sk)}} for sk in "23"]}}),
    ("dynamodb", "batch_write_item", {"RequestItems": {"t": [{"PutRequest": {"Item": plain("2")}}] * 2}}),
    transaction(checked("Put", "1", "a", token={"S": "b"}), {"Delete": {"TableName": "t", "Key": key("2")}}),
    transaction(checked("Put", "1", "a"), {"Delete": {"TableName": "t", "Key": key("3")}}),
    transaction(checked("ConditionCheck", "1", "b"), {"Put": {"TableName": "t", "Item": plain("4")}}),
    transaction(checked("ConditionCheck", "9", "b"), {"Put": {"TableName": "t", "Item": plain("5")}}),
    transaction({"Put": {"TableName": "t", "Item": plain("6")}}, {"Delete": {"TableName": "t", "Key": key("6")}}),
    transaction({"Delete": {"TableName": "t", "Key": key("9")}}, {"Delete": {"TableName": "nowhere", "Key": key("9")}}),
    transaction({"Delete": {"TableName": "t", "Key": key("9")}}),
    transaction(checked("Delete", "1", "b")),
    put_if("p", "attribute_not_exists(pk)", "7"),
    put_if("p", "attribute_not_exists(pk) OR #rank <= :rank", "10"),
    put_if("p", "attribute_not_exists(pk) OR #rank <= :rank", "9"),
    put_if("p", "attribute_not_exists(#rank) OR #rank <> :rank", "10"),
    put_if("p", "attribute_not_exists(rank)", "11"),
    put_if("p", "#rank = :rank AND #rank = :rank", "10"),
    put_if("q", "#rank = :rank"),
    put_if("q", "attribute_not_exists(pk)", ExpressionAttributeValues={}),
    put_if("q", "attribute_not_exists(pk)", ExpressionAttributeValues={":rank": {"N": "1"}}),
    put_if("q", "attribute_not_exists(pk)", ReturnValues="ALL_OLD"),
    ("dynamodb", "put_item", {"TableName": "t", "Item": {"pk": {"S": "p"}, "sk": {"N": "1"}}}),
    ("dynamodb", "put_item", {"TableName": "t", "Item": {"pk": {"S": "p"}, "sk": {"S": ""}}}),
    ("dynamodb", "put_item", {"TableName": "t", "Item": {"pk": {"S": "p" * 2049}, "sk": {"S": "1"}}}),
    ("dynamodb", "put_item", {"TableName": "t", "Item": plain("8", number={"N": "1e3"})}),
    ("dynamodb", "put_item", {"TableName": "t", "Item": plain("8", number={"N": "one"})}),
    ("dynamodb", "put_item", {"TableName": "t", "Item": plain("8", number={"S": "x", "N": "1"})}),
    (
        "dynamodb",
        "update_item",
        {
            "TableName": "t",
            "Key": key("3"),
            "UpdateExpression": "SET #list = :new",
            "ExpressionAttributeNames": {"#list": "list"},
            "ExpressionAttributeValues": {":new": {"S": "new"}},
        },
    ),
    ("dynamodb", "query", page("0")),
    ("dynamodb", "scan", {"TableName": "t"}),
]
QUEUES: list[Call] = [
    ("sqs", "send_message", {"QueueUrl": URL + "plain", "MessageBody": "ü"}),
    ("sqs", "send_message", {"QueueUrl": URL + "plain", "MessageBody": "later", "DelaySeconds": 7}),
    ("sqs", "send_message", {"QueueUrl": URL + "plain", "MessageBody": "x" * 2_000_000}),
    ("sqs", "send_message", {"QueueUrl": URL + "nowhere", "MessageBody": "x"}),
    ("sqs", "send_message", {"QueueUrl": URL + "views.fifo", "MessageBody": "x"}),
    (
        "sqs",
        "send_message",
        {"QueueUrl": URL + "views.fifo", "MessageBody": "x", "MessageGroupId": "g", "MessageDeduplicationId": "d"},
    ),
    (
        "sqs",
        "send_message_batch",
        {"QueueUrl": URL + "plain", "Entries": [{"Id": "1", "MessageBody": "a"}, {"Id": "2", "MessageBody": "b"}]},
    ),
    ("sqs", "send_message_batch", {"QueueUrl": URL + "plain", "Entries": []}),
    ("sqs", "receive_message", {"QueueUrl": URL + "plain", "MaxNumberOfMessages": 10}),
    ("sqs", "receive_message", {"QueueUrl": URL + "views.fifo", "AttributeNames": ["All"]}),
]
INVALIDATION: JSON = {"Paths": {"Quantity": 2, "Items": ["/", "/naps/"]}, "CallerReference": "r"}
DISTRIBUTION: JSON = {
    "CallerReference": "d",
    "Comment": "",
    "Enabled": True,
    "Origins": {"Quantity": 1, "Items": [{"Id": "site", "DomainName": "site.example.org"}]},
    "DefaultCacheBehavior": {"TargetOriginId": "site", "ViewerProtocolPolicy": "https-only"},
}  # fmt: skip
CDN: list[Call] = [
    ("cloudfront", "create_invalidation", {"DistributionId": "E1", "InvalidationBatch": INVALIDATION}),
    ("cloudfront", "create_invalidation", {"DistributionId": "E2", "InvalidationBatch": INVALIDATION}),
    ("cloudfront", "create_invalidation", {"DistributionId": "E1", "InvalidationBatch": {"CallerReference": "s"}}),
    ("cloudfront", "list_invalidations", {"DistributionId": "E1"}),
]


@contextmanager
def aws(monkeypatch: pytest.MonkeyPatch, *, in_process: bool) -> Iterator[Callable[[Call], object]]:
    """Set up an AWS; yield a function that makes a call there and returns its outcome."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with ExitStack() as stack:
        stack.enter_context(mock_aws())
        stack.enter_context(moto_patched())
        if in_process:
            stack.enter_context(in_process_calls())
        mock_random.seed(0)
        session = boto3.session.Session()
        clients: dict[str, Any] = {name: session.client(name) for name in ("s3", "dynamodb", "sqs", "cloudfront")}
        for service, operation, parameters in SETTING:
            getattr(clients[service], operation)(**parameters)
        cdn = cloudfront_backends["123456789012"]["aws"]
        cdn.distributions["E1"], _, _ = cdn.create_distribution(deepcopy(DISTRIBUTION), [])
        yield lambda call: outcome(getattr(clients[call[0]], call[1]), call[2])


def outcome(operation: Callable[..., JSON], parameters: JSON) -> object:
    """Return the outcome of a call: its answer without values that differ from call to call, or its error."""
    try:
        answer = operation(**parameters)
    except ParamValidationError as error:
        return str(error)
    except ClientError as error:
        refusal: JSON = {name: value for name, value in error.response.items() if name != "ResponseMetadata"}
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        refusal["Error"].pop("RequestID", None)
        return type(error).__name__, str(error), status, refusal, error.operation_name
    status = answer.pop("ResponseMetadata")["HTTPStatusCode"]
    if "Body" in answer:
        answer["Body"] = answer["Body"].read()
    return without_varying_fields(answer)


def without_varying_fields(answer: object) -> object:
    """Return ANSWER without what is random or the time of day: messages' ids and versions."""
    if isinstance(answer, dict):
        varying = {"VersionId", "MessageId", "ReceiptHandle", "LastModified", "SequenceNumber", "CreateTime"}
        fields = {name: without_varying_fields(value) for name, value in answer.items() if name not in varying}
        times = {name: "a time" for name in fields if name.endswith("Timestamp")}
        zones = {
            f"zone of {name}": answer[name].utcoffset() for name in ("LastModified", "CreateTime") if name in answer
        }
        return {**fields, **times, **zones, "named": sorted(answer)}
    return [without_varying_fields(element) for element in answer] if isinstance(answer, list) else answer


NAMES = ["objects", "lists", "tables", "plain writes", "queues", "invalidations"]


@pytest.mark.parametrize("calls", [OBJECTS, LISTS, TABLES, PLAIN_WRITES, QUEUES, CDN], ids=NAMES)
def test_an_in_process_call_answers_as_botocore_does(monkeypatch: pytest.MonkeyPatch, calls: list[Call]) -> None:
    """Answers, errors and what is there afterwards are the same, call by call."""
    with aws(monkeypatch, in_process=False) as botocore_call:
        expected = [botocore_call(call) for call in calls]
    with aws(monkeypatch, in_process=True) as in_process_call:
        actual = [in_process_call(call) for call in calls]
    for call, before, after in zip(calls, expected, actual, strict=True):
        assert before == after, call


def test_plain_calls_are_answered_in_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the comparison above would compare botocore with itself."""
    with aws(monkeypatch, in_process=True) as call:
        monkeypatch.setattr(router, "_botocore_call", lambda *_: pytest.fail("botocore's own call"))
        call(("s3", "put_object", {"Bucket": "kept", "Key": "a", "Body": b"one", "IfNoneMatch": "*"}))
        call(("s3", "get_object", {"Bucket": "kept", "Key": "a"}))
        call(("s3", "head_object", {"Bucket": "kept", "Key": "b"}))
        call(("s3", "list_objects_v2", {"Bucket": "kept", "Prefix": "a"}))
        call(("s3", "list_objects_v2", {"Bucket": "kept", "Prefix": "a", "Delimiter": "/"}))
        call(("dynamodb", "get_item", {"TableName": "t", "Key": key("1")}))
        call(("dynamodb", "transact_write_items", {"TransactItems": [only_if_new("1")]}))
        call(("dynamodb", "query", page("0")))
        call(("dynamodb", "batch_get_item", {"RequestItems": {"t": {"Keys": [key("1")]}}}))
        call(("sqs", "send_message", {"QueueUrl": URL + "plain", "MessageBody": "x"}))
        call(CDN[0])


def test_plain_writes_pass_by_moto_s_parsers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the comparison above would compare moto with itself."""
    with aws(monkeypatch, in_process=True) as call:
        monkeypatch.setattr(dynamodb, "InProcessDynamoHandler", lambda: pytest.fail("moto's own handler"))
        for plain_call in PLAIN_WRITES[:2]:
            call(plain_call)
        call(transaction(checked("Put", "1", "a", token={"S": "b"}), {"Delete": {"TableName": "t", "Key": key("2")}}))
        call(put_if("p", "attribute_not_exists(pk)"))
        call(put_if("p", "attribute_not_exists(pk) OR #rank <= :rank", "2"))
        call(put_if("p", "attribute_not_exists(#rank) OR #rank <> :rank", "3"))


def test_plain_reads_pass_by_moto_s_parsers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the comparison above would compare moto with itself."""
    with aws(monkeypatch, in_process=True) as call:
        monkeypatch.setattr(dynamodb, "InProcessDynamoHandler", lambda: pytest.fail("moto's own handler"))
        monkeypatch.setattr(router, "_botocore_call", lambda *_: pytest.fail("botocore's own call"))
        call(("dynamodb", "get_item", {"TableName": "t", "Key": key("1")}))
        call(("dynamodb", "query", page("0", Limit=1)))
        call(("dynamodb", "batch_get_item", {"RequestItems": {"t": {"Keys": [key("1"), key("2")]}}}))


def test_a_changed_answer_does_not_change_the_stored_item(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table shares no value with the parameters or the answer of a call."""
    with aws(monkeypatch, in_process=True):
        table: Any = boto3.client("dynamodb")
        sent = item("1")
        table.put_item(TableName="t", Item=sent)
        sent["list"]["L"][1]["L"].append({"S": "later"})
        answer = table.get_item(TableName="t", Key=key("1"))["Item"]
        answer["map"]["M"]["é"]["M"]["b"]["N"] = "2"
        answer["set"]["SS"].append("z")
        assert item("1") == table.get_item(TableName="t", Key=key("1"))["Item"]


def test_a_changed_answer_does_not_change_a_packed_item(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither do the parameters of the call that wrote it."""
    with aws(monkeypatch, in_process=True):
        table: Any = boto3.client("dynamodb")
        sent = plain("1")
        table.put_item(TableName="t", Item=sent)
        sent["list"]["L"][1]["L"].append({"S": "later"})
        table.get_item(TableName="t", Key=key("1"))["Item"]["map"]["M"].clear()
        assert plain("1") == table.get_item(TableName="t", Key=key("1"))["Item"]


texts = st.text(max_size=5)
values: st.SearchStrategy[dict[str, Any]] = st.recursive(
    st.one_of(
        texts.map(lambda text: {"S": text}),
        st.integers(-(10**9), 10**9).map(lambda number: {"N": str(number)}),
        st.binary(max_size=4).map(lambda raw: {"B": raw}),
        st.booleans().map(lambda truth: {"BOOL": truth}),
        st.just({"NULL": True}),
        st.sets(texts, min_size=1, max_size=3).map(lambda many: {"SS": sorted(many)}),
        st.sets(st.integers(0, 9), min_size=1, max_size=3).map(
            lambda many: {"NS": [str(number) for number in sorted(many)]}
        ),
        st.sets(st.binary(max_size=3), min_size=1, max_size=3).map(lambda many: {"BS": sorted(many)}),
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda many: {"L": many})
        | st.dictionaries(st.text(min_size=1, max_size=3), inner, max_size=3).map(lambda many: {"M": many})
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["a", "b", "value"]), values, max_size=3))
@settings(max_examples=50, deadline=None)
def test_every_type_of_value_is_answered_as_by_moto(attributes: dict[str, Any]) -> None:
    """An item has the same values, whatever their types."""
    item: dict[str, Any] = {"pk": {"S": "a"}, "sk": {"S": "1"}, **attributes}
    with bare_aws() as clients:
        make_table(clients, "catalog")
        dynamodb = clients.client("dynamodb")
        dynamodb.put_item(TableName="catalog", Item=item)
        moto_says = dynamodb.get_item(TableName="catalog", Key=key("1", "a"))["Item"]
        with in_process_calls():
            assert moto_says == dynamodb.get_item(TableName="catalog", Key=key("1", "a"))["Item"]
