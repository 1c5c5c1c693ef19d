"""Firefox through WebDriver BiDi, as far as tests need it: https://www.w3.org/TR/webdriver-bidi/ over RFC 6455."""

import base64
import json
import os
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SECONDS = 120
"""Longest wait for an answer: a busy machine is slow, not broken."""
WATCH = """() => {
  window.dropcapRefused = [];
  addEventListener('securitypolicyviolation', event => {
    dropcapRefused.push(event.violatedDirective + ' ' + event.blockedURI);
  });
}"""
_TEXT, _CLOSE, _PING, _FINAL, _MASKED = 1, 8, 9, 0x80, 0x80
_LENGTHS = {126: 2, 127: 8}
"""Bytes of a length that does not fit into a frame's first two bytes."""


class WebSocket:
    """The client's end of a WebSocket for JSON texts."""

    def __init__(self, host: str, port: int, path: str) -> None:
        self._socket = socket.create_connection((host, port), timeout=SECONDS)
        self._stream = self._socket.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        request = (
            f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        self._socket.sendall(request.encode())
        status, *_ = iter(self._stream.readline, b"\r\n")
        if b" 101 " not in status:
            raise ConnectionError(status.decode())

    def send(self, text: str) -> None:
        """Send TEXT in one frame. Firefox closes the connection if the mask is zero."""
        content = text.encode()
        size = len(content)
        marked = size if size < min(_LENGTHS) else 126 if size < 1 << 16 else 127
        length = size.to_bytes(_LENGTHS[marked], "big") if marked in _LENGTHS else b""
        head = bytes([_FINAL | _TEXT, _MASKED | marked]) + length
        mask = os.urandom(3) + b"\1"
        self._socket.sendall(head + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(content)))

    def receive(self) -> str:
        """Return the next text; raise ConnectionError once the other end has closed."""
        parts: list[bytes] = []
        while True:
            first, size = self._stream.read(2) or (_CLOSE, 0)
            if more := _LENGTHS.get(size):
                size = int.from_bytes(self._stream.read(more), "big")
            content = self._stream.read(size)
            if first & 0xF == _CLOSE:
                raise ConnectionError(content[2:].decode())
            if first & 0xF != _PING:
                parts.append(content)
                if first & _FINAL:
                    return b"".join(parts).decode()

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()
        self._socket.close()


class Firefox:
    """A tab of Firefox. COMPLAINTS are the errors and warnings in the console since it was opened."""

    def __init__(self, connection: WebSocket) -> None:
        self.complaints: list[str] = []
        self._connection, self._last = connection, 0
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded"])
        self.call("script.addPreloadScript", functionDeclaration=WATCH)
        self._tab = self.call("browsingContext.create", type="tab")["context"]

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Return the result of METHOD; raise RuntimeError if Firefox reports an error."""
        self._last += 1
        self._connection.send(json.dumps({"id": self._last, "method": method, "params": params}))
        while True:
            message = json.loads(self._connection.receive())
            if message.get("method") == "log.entryAdded" and message["params"]["level"] in {"error", "warn"}:
                self.complaints.append(str(message["params"]["text"]))
            if message.get("id") == self._last:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['message']}")
                result: dict[str, Any] = message["result"]
                return result

    def goto(self, url: str) -> None:
        """Open URL, and wait until everything is loaded."""
        self.call("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def resize(self, width: int, height: int = 900) -> None:
        """Show the page in a window of WIDTH and HEIGHT."""
        viewport = {"width": width, "height": height}
        self.call("browsingContext.setViewport", context=self._tab, viewport=viewport)

    def value(self, expression: str) -> Any:  # noqa: ANN401  # whatever the page has there
        """Return the value of EXPRESSION in the page, a promise's included; it must have a form in JSON."""
        call = f"Promise.resolve({expression}).then(JSON.stringify)"
        result = self.call("script.evaluate", expression=call, target={"context": self._tab}, awaitPromise=True)
        return json.loads(result["result"]["value"])


@contextmanager
def firefox(program: str, profile: Path) -> Iterator[Firefox]:
    """Start PROGRAM without a window and with a fresh PROFILE, and stop it afterwards."""
    command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as running:  # noqa: S603
        assert running.stderr
        lines = (re.search(r"BiDi listening on ws://([\d.]+):(\d+)", line) for line in running.stderr)
        address = next(filter(None, lines))
        connection = WebSocket(address[1], int(address[2]), "/session")
        try:
            yield Firefox(connection)
        finally:
            connection.close()
            running.terminate()
            running.stderr.read()
