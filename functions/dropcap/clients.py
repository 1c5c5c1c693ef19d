"""AWS clients, made on first use and kept for the container's life, and the sources of time and randomness."""

import time
from datetime import UTC, datetime
from functools import cache
from secrets import token_hex, token_urlsafe
from typing import Any

import boto3
from botocore.config import Config

PATIENT = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})
"""Bounded well within a function's timeout: a call that hangs must not take the whole batch with it.

For everything but SES, whose calls must not be repeated.
"""


@cache
def client(service: str, config: Config = PATIENT) -> Any:  # noqa: ANN401  # boto3 makes its clients' types at run time
    """Return the one client of SERVICE with CONFIG."""
    return boto3.client(service, config=config)  # type: ignore[call-overload]  # SERVICE is a literal at each caller


def token() -> str:
    """Return a random name for a commit or a lease; with 128 bits, no two are equal."""
    return token_hex(16)


def secret() -> str:
    """Return 32 random bytes, as text for a URL."""
    return token_urlsafe(32)


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def pause(seconds: float) -> None:
    """Wait for SECONDS. `sleep` is looked up on each call, since the local cloud replaces it to advance its clock."""
    time.sleep(seconds)
