"""A Lambda function that is boto3 and its clients alone: the yardstick of `cold_start.py`."""

import time
from typing import Any

import boto3
from botocore.exceptions import ClientError

CHEAP = {
    "cloudfront": "list_distributions",
    "dynamodb": "list_tables",
    "s3": "list_buckets",
    "scheduler": "list_schedule_groups",
    "sesv2": "list_email_identities",
    "sqs": "list_queues",
}
"""A call of each service whose request and answer are short."""


def handler(event: dict[str, int], _context: object) -> dict[str, Any]:
    """Make a client of each service in EVENT, and so many cheap calls with it; return the seconds of all this."""
    started = time.process_time()
    for service, calls in event.items():
        client = boto3.client(service)  # type: ignore[call-overload]  # the services are known only at run time
        for _ in range(calls):
            try:
                getattr(client, CHEAP[service])()
            except ClientError:
                continue
    return {"seconds": time.process_time() - started}
