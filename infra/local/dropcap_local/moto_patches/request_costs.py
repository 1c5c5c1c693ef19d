"""What each call costs botocore and moto whatever it does: looked up once instead of at every call.

A fifth of a pipeline test's time went into spelling names, drawing request ids and describing the machine in a
User-Agent header.
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
    """Make every call cheaper, and none different, until the block ends."""
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
