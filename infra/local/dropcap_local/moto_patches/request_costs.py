"""Costs of every call in botocore and moto, paid once: names are cached, request ids counted, the User-Agent is fixed.

Reason: for each call, moto converts names between spellings and draws 52 random characters for a request id, and
botocore describes the machine in a User-Agent header.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import count
from unittest.mock import patch

from botocore.useragent import UserAgentString
from moto.core import responses
from moto.core.utils import camelcase_to_underscores
from moto.sqs import models as sqs


@contextmanager
def calls_at_pace() -> Iterator[None]:
    """Make every call cheaper, with the same answers, until the block ends."""
    spelled = cache(camelcase_to_underscores)
    with ExitStack() as stack:
        for module in (responses, sqs):
            stack.enter_context(patch.object(module, "camelcase_to_underscores", spelled))
        stack.enter_context(patch.object(responses, "gen_amzn_requestid_long", _RequestIds()))
        stack.enter_context(patch.object(UserAgentString, "to_string", lambda _: "dropcap-local"))
        yield


class _RequestIds:
    """Numbers the requests instead of drawing 52 random characters for each."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self, headers: dict[str, str] | None = None) -> str:
        request = f"LOCAL{next(self._numbers):047}"
        if headers is not None:
            headers["x-amzn-requestid"] = request
        return request
