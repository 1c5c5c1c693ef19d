"""Views that could not be built, one Catalog item for each source that caused them: its report names them.

TROUBLE#<source key>  TROUBLE  the names of views that could not be built (`unmade`)
"""

from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from dropcap.aws import catalog_keys as keys
from dropcap.aws.conditional import image_of
from dropcap.aws.failures import code_of, service_errors
from dropcap.aws.item_values import write_value
from dropcap.contracts import Cause

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MOST = 50
"""Most views that one item names; more would not help anybody."""


class FailedViews:
    """The failed views. All methods raise ServiceError, and may be repeated."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        """Store the CLIENT and the Catalog's TABLE."""
        self._client = client
        self._table = table

    def note(self, view: str, cause: Cause) -> None:
        """Record that VIEW could not be built, for the report on the source that is its CAUSE."""
        self._update(
            cause,
            "SET #cause = :cause ADD #unmade :view",
            "attribute_not_exists(#unmade) OR size(#unmade) < :most",
            {":cause": write_value(cause.to_item()), ":most": {"N": str(MOST)}},
            view,
        )

    def over(self, view: str, cause: Cause) -> None:
        """Record that VIEW was built after all."""
        self._update(cause, "DELETE #unmade :view", "attribute_exists(#unmade)", {}, view)

    def _update(self, cause: Cause, change: str, where: str, values: dict[str, Any], view: str) -> None:
        names = {name: name[1:] for name in ("#cause", "#unmade") if name in f"{change} {where}"}
        with service_errors("UpdateItem"):
            try:
                self._client.update_item(
                    TableName=self._table,
                    Key=image_of(keys.failed_views_key(cause.key)),
                    UpdateExpression=change,
                    ConditionExpression=where,
                    ExpressionAttributeNames=names,
                    ExpressionAttributeValues={**values, ":view": {"SS": [view]}},
                )
            except ClientError as error:
                if code_of(error) != "ConditionalCheckFailedException":
                    raise
