"""The template's roles, enforced: the local cloud refuses the calls that AWS would refuse."""

import os
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from dropcap_local.cloud import LocalCloud
from support.template import as_list, names_in, resources, statements_of

TRANSACTED = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
S3_ACTIONS = {"HeadObject": "GetObject", "ListObjectsV2": "ListBucket", "ListObjectVersions": "ListBucketVersions"}
SINGLE = frozenset({"PutItem", "UpdateItem", "DeleteItem"})
"""Calls of DynamoDB that may be allowed for some partition keys only."""
SERVICES = {"sesv2": "ses"}

DONE_BY_LAMBDA = {
    *("logs:CreateLogStream", "logs:PutLogEvents"),
    *("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
    *("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"),
}
"""Actions that Lambda takes in the function's name."""
NEVER_CALLED = {"s3:ListBucket"}
"""Actions that no call needs: with this one, S3 answers 404 instead of 403."""
RARE = {
    ("AnnounceFunction", "dynamodb:ConditionCheckItem"),  # an issue that is opened while another is
    ("AnnounceFunction", "dynamodb:UpdateItem"),  # completing the index of confirmed subscribers on an older stack
    ("AnnounceFunction", "dynamodb:DeleteItem"),  # an issue that was held, and is let go
    ("DeliverFunction", "ses:GetEmailIdentity"),  # SES rejected a mail
    ("PublishFunction", "dynamodb:UpdateItem"),  # a view that was given up
}
"""Actions for cases that do not happen here."""

Need = tuple[str, str, str]
"""An IAM action, the logical id it is done to (empty for none of ours), and the key of an object or an item."""


class Permissions:
    """Checks each call of a handler in CLOUD against its function's role; `used` has the needed actions by function."""

    def __init__(self, cloud: LocalCloud) -> None:
        self.used: set[tuple[str, str]] = set()
        self._ids = {ref: logical_id for logical_id, ref in cloud.stack.ids.items()}
        cloud.on_call.append(self.look)

    def look(self, service: str, operation: str, params: Mapping[str, Any], phase: str) -> None:
        """Refuse a call that the role of the running function does not allow."""
        if phase == "after":
            return
        function = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        for action, name, key in self.needs(service, operation, params):
            self.used.add((function, action))
            assert may(function, action, name, key), f"{function} may not {action} {name} {key}"

    def needs(self, service: str, operation: str, params: Mapping[str, Any]) -> Iterator[Need]:
        """Yield the actions that IAM requires for a call."""
        if service == "dynamodb" and operation in SINGLE:
            key = params.get("Item") or params["Key"]
            yield f"dynamodb:{operation}", self._ids[params["TableName"]], key["pk"]["S"]
        elif service == "dynamodb":
            yield from self._table_needs(operation, params)
        elif service == "s3":
            yield from self._object_needs(operation, params)
        elif service == "sqs":
            yield "sqs:SendMessage", self._ids[params["QueueUrl"]], ""
        elif service == "scheduler":
            yield f"scheduler:{operation}", self._ids[params["GroupName"]], ""
            if "Target" in params:
                role = params["Target"]["RoleArn"].rpartition("/")[2]
                yield "iam:PassRole", self._ids[role], ""
        elif operation == "SendEmail":
            yield from (("ses:SendEmail", "", ""), ("ses:SendRawEmail", "", ""))
        else:
            yield f"{SERVICES.get(service, service)}:{operation}", "", ""

    def _table_needs(self, operation: str, params: Mapping[str, Any]) -> Iterator[Need]:
        if operation == "TransactWriteItems":
            for action in params["TransactItems"]:
                ((kind, what),) = action.items()
                yield f"dynamodb:{TRANSACTED[kind]}", self._ids[what["TableName"]], ""
            return
        for table in params.get("RequestItems", [params.get("TableName")]):
            yield f"dynamodb:{operation}", self._ids[table], ""

    def _object_needs(self, operation: str, params: Mapping[str, Any]) -> Iterator[Need]:
        bucket, key = self._ids[params["Bucket"]], params.get("Key", "")
        if operation == "DeleteObjects":
            yield from (("s3:DeleteObjectVersion", bucket, item["Key"]) for item in params["Delete"]["Objects"])
            return
        if operation == "CopyObject":
            source = params["CopySource"]
            read = "s3:GetObjectVersion" if "VersionId" in source else "s3:GetObject"
            yield from ((read, self._ids[source["Bucket"]], source["Key"]), ("s3:PutObject", bucket, key))
            return
        version = "Version" if "VersionId" in params and operation != "ListObjectVersions" else ""
        yield f"s3:{S3_ACTIONS.get(operation, operation)}{version}", bucket, key
        if "IfMatch" in params:
            yield "s3:GetObject", bucket, key


def granted() -> set[tuple[str, str]]:
    """Return each function with each action that its role allows and that it calls itself."""
    return {
        (function, action)
        for function in resources("Lambda::Function")
        for statement in statements_of(function)
        for action in as_list(statement["Action"])
        if action not in DONE_BY_LAMBDA | NEVER_CALLED
    }


def may(function: str, action: str, name: str, key: str) -> bool:
    """Return whether FUNCTION's role allows ACTION on the logical id NAME, and on KEY within it."""
    statements = [statement for statement in statements_of(function) if action in as_list(statement["Action"])]
    if action.removeprefix("dynamodb:") in SINGLE:
        statements, key = [statement for statement in statements if _leads(statement, key)], ""
    resources = [resource for statement in statements for resource in as_list(statement["Resource"])]
    return any(_covers(resource, name, key) for resource in resources)


def _leads(statement: Mapping[str, Any], pk: str) -> bool:
    """Return whether STATEMENT is for items whose partition key is PK; empty where a transaction puts several."""
    like = statement.get("Condition", {}).get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys", ["*"])
    return any(fnmatchcase(pk, pattern) for pattern in like)


def _covers(resource: Any, name: str, key: str) -> bool:  # noqa: ANN401  # any JSON
    if not name:
        return True
    if name not in names_in(resource):
        return False
    text = resource.get("Fn::Sub", "")
    within = re.fullmatch(r"\$\{\w+\.Arn\}/(.+)", text)
    return fnmatchcase(key, within[1]) if within else not key
