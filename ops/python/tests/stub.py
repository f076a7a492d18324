"""A scorer that says what it is told to, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Dict, List, NamedTuple, Tuple, Type, Union


class Asked(NamedTuple):
    method: str
    path: str
    headers: Dict[str, str]
    body: Any


class Reply(NamedTuple):
    status: int = 200
    body: Any = None
    headers: Tuple[Tuple[str, str], ...] = ()
    hang_up: str = ""
    """``before``: close without an answer; ``after``: close after the answer without saying so."""


Script = Union[List[Reply], Callable[[Asked], Reply]]


class Stub:
    """Listens on a free port of loopback."""

    def __init__(self, script: Script) -> None:
        self.asked: List[Asked] = []
        self.connections = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(script))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "Stub":
        self._thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self, script: Script) -> Type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # head and body are two writes

            def setup(self) -> None:
                super().setup()
                with stub._lock:
                    stub.connections += 1

            def _answer(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                content = self.rfile.read(length)
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, json.loads(content) if content else None)
                with stub._lock:
                    stub.asked.append(asked)
                    reply = script(asked) if callable(script) else script[min(len(stub.asked), len(script)) - 1]
                if reply.hang_up == "before":
                    self.close_connection = True
                    return
                data = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
                try:
                    self.send_response(reply.status)
                    for name, value in reply.headers:
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except ConnectionError:  # the client did not wait
                    self.close_connection = True
                if reply.hang_up == "after":
                    self.close_connection = True

            do_GET = do_POST = _answer

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler
