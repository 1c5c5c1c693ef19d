"""An AWS account with answers set by a test, for services and calls that the local cloud does not have.

The clients are boto3's own: they check each request, and each answer is checked against the service's model.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.model import OperationModel
from botocore.validate import ParamValidator

Answer = Mapping[str, Any] | str | Callable[[Mapping[str, Any]], Mapping[str, Any] | str]
"""The answer of a call: its content, an error code, or a function of the request."""
Answers = dict[tuple[str, str], Answer]
"""Answers by service and operation: `("sesv2", "GetAccount")`."""


class _Body:
    """The body of an HTTP answer that was parsed already."""

    def stream(self, **_options: object) -> list[bytes]:
        """Return no bytes."""
        return [b""]


def answering_session(
    answers: Answers, region: str = "eu-central-1", otherwise: str | None = "AccessDenied"
) -> boto3.session.Session:
    """Return a session whose clients get ANSWERS; a call without one is refused with the code OTHERWISE.

    If that is None, such a call is passed to its service.
    """
    session = boto3.session.Session("test", "test", region_name=region)

    def answer(
        model: OperationModel, context: Mapping[str, Any], **_details: object
    ) -> tuple[AWSResponse, Mapping[str, Any]] | None:
        service = model.service_model.service_name
        content = answers.get((service, model.name), otherwise)
        if content is None:
            return None
        if callable(content):
            content = content(context["test_request"])
        if isinstance(content, str):
            error = {"Error": {"Code": content, "Message": f"the test refuses {model.name}"}}
            return _response(400), {**error, "ResponseMetadata": {"HTTPStatusCode": 400}}
        if model.output_shape:
            report = ParamValidator().validate(content, model.output_shape)
            assert not report.has_errors(), report.generate_report()
        return _response(200), deepcopy(content)  # botocore changes what it parses

    def remember(params: Mapping[str, Any], context: dict[str, Any], **_details: object) -> None:
        context["test_request"] = params

    session.events.register("provide-client-params", remember)
    session.events.register("before-call", answer)  # type: ignore[arg-type]  # the stubs do not know that it may answer
    return session


def _response(status: int) -> AWSResponse:
    return AWSResponse("https://aws.example", status, HTTPHeaders(), _Body())
