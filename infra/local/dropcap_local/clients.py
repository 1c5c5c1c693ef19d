"""boto3 clients for the local cloud, made once a process: reading a service's model takes longer than most tests."""

from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, overload

import boto3
import botocore.session

from dropcap.clients import ModelLoader

if TYPE_CHECKING:
    from mypy_boto3_cloudfront import CloudFrontClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_scheduler import EventBridgeSchedulerClient
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient

ACCOUNT = "123456789012"
"""moto's own."""
REGION: Final = "eu-central-1"

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
}
"""The AWS settings of a handler's process, independent of the user who runs it."""


@cache
def session() -> boto3.session.Session:
    """Return the process's one session, which keeps the models of the services that it has used."""
    return boto3.session.Session(
        ENVIRONMENT["AWS_ACCESS_KEY_ID"],
        ENVIRONMENT["AWS_SECRET_ACCESS_KEY"],
        region_name=REGION,
        botocore_session=botocore_session(),
    )


@cache
def botocore_session() -> botocore.session.Session:
    """Return what that session rests on, with which the functions make their clients."""
    made = botocore.session.get_session()
    made.register_component("data_loader", ModelLoader())
    return made


class Clients:
    """One client a service; request one only while moto is active and ENVIRONMENT is set."""

    @overload
    def client(self, service: Literal["s3"]) -> "S3Client": ...
    @overload
    def client(self, service: Literal["dynamodb"]) -> "DynamoDBClient": ...
    @overload
    def client(self, service: Literal["sqs"]) -> "SQSClient": ...
    @overload
    def client(self, service: Literal["sns"]) -> "SNSClient": ...
    @overload
    def client(self, service: Literal["sesv2"]) -> "SESV2Client": ...
    @overload
    def client(self, service: Literal["scheduler"]) -> "EventBridgeSchedulerClient": ...
    @overload
    def client(self, service: Literal["cloudfront"]) -> "CloudFrontClient": ...
    def client(self, service: str) -> Any:
        """Return the client of SERVICE."""
        return _client(service)


@cache
def _client(service: str) -> Any:  # noqa: ANN401  # `Clients` gives it its type
    return session().client(service)  # type: ignore[call-overload]  # SERVICE is a literal
