"""Changes of a local cloud to its process, undone at its end: time, environment, boto3, moto, import path."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import boto3
from moto import mock_aws
from moto.moto_api._internal import mock_random

from dropcap import clients
from dropcap_local.clients import ENVIRONMENT, botocore_session, session
from dropcap_local.clock import Clock, VirtualClock
from dropcap_local.events.calls import Calls
from dropcap_local.events.invocation import forget_caches
from dropcap_local.garbage import rare_collections
from dropcap_local.moto_patches.patches import moto_patched
from dropcap_local.moto_patches.ses import SendingAccount
from dropcap_local.project import FUNCTIONS

REMEMBERING = (
    *("dropcap.aws", "dropcap.steps", "dropcap.clients", "dropcap.settings", "dropcap.wiring"),
    "dropcap.newsletter_settings",
)
"""Modules with caches that may hold values of a stack."""


@contextmanager
def aws_in_process(clock: Clock, calls: Calls, account: SendingAccount) -> Iterator[None]:
    """Provide an empty AWS within this process until the block ends; then remove it, caches included.

    ACCOUNT has the limits of SES.
    """
    with ExitStack() as stack:
        if isinstance(clock, VirtualClock):
            stack.enter_context(clock)
        stack.enter_context(_environment())
        stack.enter_context(rare_collections())
        stack.enter_context(mock_aws())
        stack.enter_context(patch.object(boto3, "DEFAULT_SESSION", session()))
        stack.enter_context(patch.object(clients, "aws_session", botocore_session))
        stack.enter_context(moto_patched(account))
        stack.enter_context(calls.in_place())
        stack.callback(forget_caches, REMEMBERING)
        mock_random.seed(0)  # message ids and the like are the same in every run
        if str(FUNCTIONS) not in sys.path:
            sys.path.insert(0, str(FUNCTIONS))
        yield


@contextmanager
def _environment() -> Iterator[None]:
    with patch.dict(os.environ):
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            del os.environ[name]
        os.environ.update(ENVIRONMENT)
        yield
