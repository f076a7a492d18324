"""HTTP with connections that stay open, and patience where it helps."""

from __future__ import annotations

import email.utils
import http.client
import json
import os
import random
import socket
import ssl
import threading
import time
import urllib.parse
from typing import Any, Dict, List, Mapping, Optional, Tuple

from .errors import AssayError

_IDLE_CONNECTIONS = 8
_LONGEST_DETAIL = 500
# The server, or one between, was not there or went away. Timeouts are OSErrors too, and are told apart before.
_BROKEN = (http.client.HTTPException, OSError)


class Transport:
    """Sends requests that change nothing, so that any may be sent again. For any number of threads."""

    def __init__(
        self,
        url: str,
        token: Optional[str],
        timeout: float,
        retries: int,
        longest_wait: float,
        tls: Optional[ssl.SSLContext],
    ) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"url must be http://HOST[:PORT] or https://HOST[:PORT], was {url!r}")
        if parts.username is not None or parts.query or parts.fragment:
            raise ValueError("url must have no user, query or fragment; a token goes into token")
        if not timeout > 0:
            raise ValueError(f"timeout must be above 0 seconds, was {timeout}")
        if retries < 0:
            raise ValueError(f"retries must be 0 or more, was {retries}")
        if not longest_wait >= 0:
            raise ValueError(f"longest_wait must be 0 seconds or more, was {longest_wait}")
        self._host = parts.hostname
        self._port = parts.port
        self._path = parts.path.rstrip("/")
        self._where = f"{parts.scheme}://{parts.netloc}"
        self._secure = parts.scheme == "https"
        self._tls = tls
        self._timeout = timeout
        self._retries = retries
        self._longest_wait = longest_wait
        self._headers = {"Accept": "application/json, application/problem+json", "User-Agent": "assay-python/0.1.0"}
        if token is not None:
            self._headers["Authorization"] = "Bearer " + token
        self._lock = threading.Lock()
        self._idle: List[http.client.HTTPConnection] = []
        self._process = os.getpid()
        self._jitter = random.Random()

    def ask(self, method: str, path: str, body: Optional[Mapping[str, Any]] = None) -> Any:
        """Ask, again where that may help, and return the JSON of a 2xx answer; all else is an AssayError."""
        data = None if body is None else json.dumps(body, allow_nan=False).encode()
        for attempt in range(self._retries + 1):
            last = attempt == self._retries
            try:
                status, headers, content = self._once(method, path, data)
            except socket.timeout as timeout:
                # Not again: a server too slow for one request does not get faster by a second one.
                raise AssayError(None, f"{self._where} did not answer within {self._timeout:g} s") from timeout
            except _BROKEN as broken:
                if last or isinstance(broken, ssl.SSLError):
                    raise AssayError(None, f"{self._where} cannot be reached: {broken or type(broken).__name__}") from broken
                self._wait(min(0.1 * 2.0**attempt, 5.0) * (0.5 + self._jitter.random() / 2))
                continue
            if 200 <= status < 300:
                return _json(status, content)
            wait = _retry_after(headers.get("retry-after")) if status in (429, 503) else None
            if last or wait is None or wait > self._longest_wait:
                raise _refusal(status, content)
            self._wait(wait)
        raise AssertionError("the last attempt returns or raises")

    def once(self, method: str, path: str) -> Tuple[int, Any]:
        """Ask a single time and return status and JSON, whatever the status."""
        try:
            status, _, content = self._once(method, path, None)
        except socket.timeout as timeout:
            raise AssayError(None, f"{self._where} did not answer within {self._timeout:g} s") from timeout
        except _BROKEN as broken:
            raise AssayError(None, f"{self._where} cannot be reached: {broken or type(broken).__name__}") from broken
        try:
            return status, json.loads(content)
        except ValueError:
            return status, None

    def _wait(self, seconds: float) -> None:
        time.sleep(seconds)

    def _once(self, method: str, path: str, data: Optional[bytes]) -> Tuple[int, Dict[str, str], bytes]:
        headers = dict(self._headers)
        if data is not None:
            headers["Content-Type"] = "application/json"
        connection = self._take()
        kept = connection is not None
        while True:
            if connection is None:
                connection = self._connect()
            try:
                connection.request(method, self._path + path, body=data, headers=headers)
                answer = connection.getresponse()
                content = answer.read()
            except socket.timeout:
                connection.close()
                raise
            except _BROKEN:
                connection.close()
                if not kept:
                    raise
                # The server may close what lay idle at any moment: that says nothing of whether it is there.
                connection, kept = None, False
                continue
            except BaseException:
                connection.close()  # Half an answer may be on its way.
                raise
            if answer.will_close:
                connection.close()
            else:
                self._give_back(connection)
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content

    def _connect(self) -> http.client.HTTPConnection:
        connection: http.client.HTTPConnection
        if self._secure:
            connection = http.client.HTTPSConnection(self._host, self._port, timeout=self._timeout, context=self._tls)
        else:
            connection = http.client.HTTPConnection(self._host, self._port, timeout=self._timeout)
        try:
            connection.connect()
        except socket.timeout as timeout:
            raise ConnectionError(f"no connection within {self._timeout:g} s") from timeout
        if connection.sock is not None:
            # Headers and body go out in two writes, which must not wait for each other.
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def _take(self) -> Optional[http.client.HTTPConnection]:
        with self._lock:
            if self._process != os.getpid():
                # A fork shares its parent's sockets: two processes must not talk on one. Closed here, they stay open there.
                for connection in self._idle:
                    connection.close()
                self._idle.clear()
                self._process = os.getpid()
            return self._idle.pop() if self._idle else None

    def _give_back(self, connection: http.client.HTTPConnection) -> None:
        with self._lock:
            if len(self._idle) < _IDLE_CONNECTIONS and self._process == os.getpid():
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Close connections that lie idle; later requests open new ones."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


def _json(status: int, content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError as error:
        raise AssayError(status, f"the answer is no JSON: {_shown(content)}") from error


def _refusal(status: int, content: bytes) -> AssayError:
    try:
        problem = json.loads(content)
    except ValueError:
        problem = None
    if isinstance(problem, dict) and isinstance(problem.get("detail"), str):
        return AssayError(status, problem["detail"], problem)
    reason = http.client.responses.get(status, "")
    return AssayError(status, f"{reason}: {_shown(content)}" if content else reason or "no reason given")


def _shown(content: bytes) -> str:
    return content.decode("utf-8", "replace")[:_LONGEST_DETAIL].strip()


def _retry_after(header: Optional[str]) -> Optional[float]:
    """Seconds to wait, of a number of seconds or a date; None where there is neither."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(0.0, moment.timestamp() - time.time())
