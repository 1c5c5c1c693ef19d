"""One call, and the attributes that moto's handlers need besides its parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.core.responses import BaseResponse

from dropcap_local.clients import ACCOUNT


@dataclass(frozen=True, slots=True)
class InProcessCall:
    """A call of OPERATION with PARAMETERS, by a client of REGION, on moto's BACKEND."""

    operation: str
    parameters: Mapping[str, Any]
    region: str
    backend: Any


def prepare(handler: BaseResponse, call: InProcessCall) -> None:
    """Set the parameters of HANDLER, which answers one call only."""
    handler.params = copied(call.parameters)
    handler.region = call.region
    handler.current_account = ACCOUNT
    handler.partition = "aws"
    handler.headers = {}
    handler.querystring = {}
    handler.uri_match = {}
    handler.path = "/"


def copied(value: Any) -> Any:  # noqa: ANN401  # JSON of any depth
    """Copy VALUE, so that moto and the caller share no object that either may change."""
    if type(value) is dict:
        return {name: copied(inner) for name, inner in value.items()}
    return [copied(inner) for inner in value] if type(value) is list else value
