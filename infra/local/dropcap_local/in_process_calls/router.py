"""The choice between an in-process call, for plain calls, and botocore's own."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, Final
from unittest.mock import patch

from botocore.client import BaseClient
from moto.cloudfront.models import cloudfront_backends
from moto.dynamodb.models import dynamodb_backends
from moto.s3.models import s3_backends
from moto.sqs.models import sqs_backends

from dropcap_local.clients import ACCOUNT
from dropcap_local.in_process_calls import cloudfront, dynamodb, s3, sqs
from dropcap_local.in_process_calls.call import InProcessCall
from dropcap_local.in_process_calls.dynamodb_items import light_items
from dropcap_local.in_process_calls.dynamodb_writes import light_writes
from dropcap_local.in_process_calls.s3_names import ordered_names
from dropcap_local.in_process_calls.validation import Fits, fitting

API_CALL: Final = "_make_api_call"
"""The method of botocore's clients through which every call passes."""

_SERVICES: Final[
    Mapping[str, tuple[frozenset[str], Callable[[InProcessCall], Mapping[str, Any]], Callable[[str], Any]]]
] = {
    "cloudfront": (cloudfront.OPERATIONS, cloudfront.ask_distribution, lambda _: cloudfront_backends[ACCOUNT]["aws"]),
    "dynamodb": (dynamodb.OPERATIONS, dynamodb.ask_table, lambda region: dynamodb_backends[ACCOUNT][region]),
    "s3": (s3.OPERATIONS, s3.ask_object, lambda _: s3_backends[ACCOUNT]["aws"]),
    "sqs": (sqs.OPERATIONS, sqs.ask_queue, lambda region: sqs_backends[ACCOUNT][region]),
}
_botocore_call: Callable[..., Any] = vars(BaseClient)[API_CALL]
_requests = count(1)
_forms: dict[tuple[str, str], "_Form"] = {}
_backends: dict[tuple[str, str], Any] = {}
"""moto's backends by service and region; finding one takes a lock and compares random names."""


@contextmanager
def in_process_calls() -> Iterator[None]:
    """Answer plain calls of every client in the process until the block ends. moto must be active."""
    _backends.clear()
    with (
        light_items(), light_writes(), ordered_names(), sqs.light_queues(), patch.object(BaseClient, API_CALL, _call)
    ):  # fmt: skip
        yield


def _call(client: BaseClient, operation: str, parameters: Mapping[str, Any]) -> Any:  # noqa: ANN401  # botocore's
    service = client.meta.service_model.service_name
    if service not in _SERVICES or operation not in _SERVICES[service][0]:
        return _botocore_call(client, operation, parameters)
    form = _form(client, service, operation)
    if not form.fits(parameters):
        return _botocore_call(client, operation, parameters)
    _, ask, backend = _SERVICES[service]
    region = client.meta.region_name
    try:
        answer = ask(InProcessCall(operation, parameters, region, _backend(service, region, backend)))
    except s3.ObjectNotFoundError as missing:
        kind: Any = client.exceptions.from_code(missing.code)
        raise kind(missing.answer, operation) from None
    except Exception:  # noqa: BLE001  # botocore raises it in its own words
        return _botocore_call(client, operation, parameters)
    return form.answered(answer)


def _backend(service: str, region: str, find: Callable[[str], Any]) -> Any:  # noqa: ANN401  # a class for each service
    backend = _backends.get((service, region))
    if backend is None:
        backend = _backends[service, region] = find(region)
    return backend


@dataclass(frozen=True, slots=True)
class _Form:
    """The form of an operation: the test of its parameters, and the members of its answer."""

    fits: Fits
    members: frozenset[str]

    def answered(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """Return ANSWER as botocore does: without fields that its model does not have."""
        parsed = {name: value for name, value in answer.items() if name in self.members}
        metadata = {
            "RequestId": f"LOCAL{next(_requests)}",
            "HTTPStatusCode": 200,
            "HTTPHeaders": {},
            "RetryAttempts": 0,
        }
        return {**parsed, "ResponseMetadata": metadata}


def _form(client: BaseClient, service: str, operation: str) -> _Form:
    """Return the form of OPERATION."""
    form = _forms.get((service, operation))
    if form is None:
        model = client.meta.service_model.operation_model(operation)
        members = frozenset(model.output_shape.members if model.output_shape else ())
        form = _forms[service, operation] = _Form(fitting(model), members)
    return form
