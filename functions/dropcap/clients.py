"""AWS clients, made on first use and kept for the container's life, and the sources of time and randomness."""

import time
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from secrets import token_hex, token_urlsafe
from typing import Any, Final

import botocore
import botocore.session
from botocore.config import Config
from botocore.loaders import Loader

PATIENT = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})
"""Bounded well within a function's timeout: a call that hangs must not take the whole batch with it.

For everything but SES, whose calls must not be repeated.
"""
COPYING = Config(connect_timeout=2, read_timeout=20, retries={"mode": "standard", "total_max_attempts": 2})
"""For S3's copies of files: no byte of the answer comes before all is copied, and 500 MB take more than six seconds."""
EVERY_CLIENT = Config(
    user_agent=f"dropcap botocore/{botocore.__version__}",
    s3={"us_east_1_regional_endpoint": "regional"},
)
"""The same user agent for every request: botocore composes its own anew for each, a seventh of a call's CPU. And in
us-east-1 S3's endpoint of that region, as in all others: the global one is only in the list of endpoints."""

AS_IT_IS: Final = {"type": "structure", "members": {}, "document": True}
"""The shape of a value that is any JSON: https://smithy.io/2.0/spec/simple-types.html#document."""


class ModelLoader(Loader):
    """botocore's loader of models, without its search for all services.

    For each kind of file of a client, botocore looks into the folders of all 400 services to name those that have one:
    a tenth of a cold start. A service or file that does not exist is an error here, too, when it is loaded.
    """

    def list_available_services(self, type_name: str) -> list[str]:  # noqa: ARG002  # as botocore's
        """Return the names of all folders in the search paths."""
        return self._names

    @cached_property
    def _names(self) -> list[str]:
        """Return these names, which are asked for with each file of each client."""
        places = [place for place in map(Path, self.search_paths) if place.is_dir()]
        return sorted({folder.name for place in places for folder in place.iterdir()})


class RulesOnly(ModelLoader):
    """A loader without botocore's list of the endpoints of all services: 1.3 MB, and another tenth of a cold start.

    botocore needs it for services that have no set of rules for their endpoints. Those that functions call have one
    each, which decides alone; `tests/unit/aws/test_endpoints.py` compares the requests.

    Values of DynamoDB are documents here: botocore passes them on as the JSON that they are in its protocol, where it
    would copy each by its type, an eighth of a publication's CPU. Bytes, which no item has, are refused. If botocore
    learns another protocol for DynamoDB, its own model stays.
    """

    def load_data_with_path(self, name: str) -> tuple[Any, str]:
        """Return the data file NAME, and its path; the list of endpoints is empty."""
        if name == "endpoints":
            return {"version": 3, "partitions": []}, self.BUILTIN_DATA_PATH
        loaded: tuple[Any, str] = super().load_data_with_path(name)
        model = loaded[0]
        if name.startswith("dynamodb/") and model.get("metadata", {}).get("protocols") == ["json"]:
            model["shapes"]["AttributeValue"] = AS_IT_IS
        return loaded


@cache
def aws_session() -> botocore.session.Session:
    """Return the session of all clients: botocore's own, since boto3 adds resources and transfers that nobody uses."""
    session = botocore.session.get_session()
    session.register_component("data_loader", RulesOnly())
    return session


@cache
def client(service: str, config: Config = PATIENT) -> Any:  # noqa: ANN401  # boto3 makes its clients' types at run time
    """Return the one client of SERVICE with CONFIG."""
    return aws_session().create_client(service, config=config.merge(EVERY_CLIENT))


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
