"""A Lambda function in a process of its own: AWS's runtime client, and the runtime API that it asks for events.

The process is measured by the nanoseconds that Linux counted for its threads.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, ClassVar, Self

from werkzeug.wrappers import Request, Response

from dropcap_local.clients import ENVIRONMENT
from dropcap_local.project import FUNCTIONS
from dropcap_local.server.main_thread import MainThreadQueue
from dropcap_local.server.serving import Server
from peak_memory import peak_mb

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ROOT = Path(__file__).parents[1]
RUNTIME_CLIENT = ROOT / "build" / "bench"
"""Where `make bench` puts `requirements.txt`."""
BARE = Path(__file__).parent / "bare"
AN_HOUR = 3_600_000
END = {"end": True}


class FailedError(RuntimeError):
    """A handler raised an error in its process."""


@dataclass
class Container:
    """A process with one handler, and its seconds of CPU: after its import, and after its first invocation."""

    process_type: ClassVar[type["subprocess.Popen[bytes]"]] = subprocess.Popen
    """What starts and ends the process; `cold_instructions.py` has another one."""

    handler: str
    environment: dict[str, str]
    aws: str
    import_s: float = 0.0
    first_s: float = 0.0
    invocations: int = 0
    failures: list[str] = field(default_factory=list)
    _events: "SimpleQueue[dict[str, Any]]" = field(default_factory=SimpleQueue)

    def __enter__(self) -> Self:
        """Start the process: it asks for the first event when the module is imported."""
        if not (RUNTIME_CLIENT / "awslambdaric").is_dir():
            message = f"AWS's runtime client is not in {RUNTIME_CLIENT}. Run `make bench` once: it puts it there."
            raise SystemExit(message)
        self._waits: Future[None] = Future()
        self._answer: Future[Any] = Future()
        self._server = Server(self._application)
        self._server.__enter__()
        path = os.pathsep.join(map(str, (FUNCTIONS, BARE, RUNTIME_CLIENT)))
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
            **ENVIRONMENT,
            **self.environment,
            "AWS_LAMBDA_RUNTIME_API": self._server.address.removeprefix("http://"),
            "AWS_ENDPOINT_URL": self.aws,
            "AWS_LAMBDA_FUNCTION_NAME": self.handler,
            "LAMBDA_TASK_ROOT": str(FUNCTIONS),
            "PYTHONPATH": path,
        }
        self._process = self.process_type(
            [sys.executable, "-m", "awslambdaric", self.handler],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=None,
        )
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._events.put(END)
        self._server.__exit__(None, None, None)

    def invoke(self, event: dict[str, Any], main_thread: MainThreadQueue) -> Any:  # noqa: ANN401  # a handler answers with any JSON
        """Send EVENT to the process, answer its AWS calls until it has answered, and return its answer."""
        self._wait(self._waits, main_thread)
        self.import_s = self.import_s or self.seconds()
        self._answer, self._waits = Future(), Future()
        self._events.put(event)
        self._wait(self._answer, main_thread)
        self._wait(self._waits, main_thread)
        self.invocations += 1
        self.first_s = self.first_s or self.seconds()
        return self._answer.result()

    def seconds(self) -> float:
        """Return the seconds of CPU that the process has used, whichever of its threads used them."""
        threads = Path(f"/proc/{self._process.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads) / 1e9

    def peak_mb(self) -> int:
        """Return the most memory that the process has had."""
        return int(peak_mb(self._process.pid))

    def _wait(self, future: "Future[Any]", main_thread: MainThreadQueue) -> None:
        while not future.done():
            main_thread.run(0.02)
            if self._process.poll() is not None:
                raise FailedError(self.handler)

    def _application(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer as the runtime API does: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html."""
        request = Request(environ)
        if request.path.endswith("/next"):
            self._waits.set_result(None)
            event = self._events.get()
            headers = {
                "Lambda-Runtime-Aws-Request-Id": "00000000-0000-4000-8000-000000000000",
                "Lambda-Runtime-Deadline-Ms": str(_now_ms() + AN_HOUR),
                "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-central-1:123456789012:function:f",
            }
            return Response(json.dumps(event), 200, headers, content_type="application/json")(environ, start_response)
        body = request.get_data()
        if request.path.endswith("/response"):
            self._answer.set_result(json.loads(body))
        else:
            self.failures.append(body.decode()[:300])
            self._answer.set_exception(FailedError(f"{self.handler}: {body.decode()[:300]}"))
        return Response("{}", 202)(environ, start_response)


def _now_ms() -> int:
    """Return the real time: that of this process stands still."""
    return int(subprocess.run(["/bin/date", "+%s%3N"], capture_output=True, check=True).stdout)
