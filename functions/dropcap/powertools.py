"""The names of Powertools for AWS Lambda that the functions use, imported without 60 modules that they do not use.

Powertools imports asyncio for functions that are coroutines, and none here is. It also imports its classes for the
events of forty services, since that for SQS asks their package for one more. Both are a twentieth of a cold start.
"""

import logging
import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

_PACKAGE = ("__all__", "__path__")
"""Python reads them when all names of a package, or a module within it, are imported."""


class _LazyPackage(ModuleType):
    """A package whose code runs when it is first asked for a name that it does not have.

    One of `importlib.util.LazyLoader` runs as soon as another module imports it.
    """

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the package has
        """Run the code, and return what it calls NAME."""
        spec = self.__spec__
        if (name.startswith("__") and name not in _PACKAGE) or spec is None or spec.loader is None:
            raise AttributeError(name)
        self.__class__ = ModuleType  # type: ignore[assignment]  # from now on a package like any other
        self.__path__ = spec.submodule_search_locations or []
        spec.loader.exec_module(self)
        return getattr(self, name)


def _import_lazily(name: str, *, with_modules: bool = True) -> None:
    """Import the package NAME so that its code runs when it is first used; do nothing if it is imported already.

    WITH_MODULES, it also runs when a module within it is imported.
    """
    spec = None if name in sys.modules else find_spec(name)
    if spec:
        sys.modules[name] = package = module_from_spec(spec)
        if with_modules:
            del package.__path__
        package.__class__ = _LazyPackage


_import_lazily("asyncio")
_import_lazily("aws_lambda_powertools.utilities.data_classes", with_modules=False)
vars(logging)["logAsyncioTasks"] = False  # Python 3.12 and later would run asyncio to name its task in each log line

from aws_lambda_powertools import Logger  # noqa: E402  # after asyncio
from aws_lambda_powertools.utilities import data_classes  # noqa: E402  # as above
from aws_lambda_powertools.utilities.data_classes.s3_event import S3Event  # noqa: E402  # as above

vars(data_classes)["S3Event"] = S3Event  # the class for SQS asks the package for it

from aws_lambda_powertools.utilities.batch import (  # noqa: E402  # as above
    BatchProcessor,
    EventType,
    SqsFifoPartialProcessor,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord  # noqa: E402  # as above
from aws_lambda_powertools.utilities.typing import LambdaContext  # noqa: E402  # as above

__all__ = [
    "BatchProcessor",
    "EventType",
    "LambdaContext",
    "Logger",
    "SQSRecord",
    "SqsFifoPartialProcessor",
    "process_partial_response",
]
