"""Asking a web service politely: who asks, pauses, patience that ends, and no answer but the right one."""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from msgspec import Struct, field

_MAX_BYTES = 20_000_000
_TRIES = 4
_LONGEST_WAIT = 30.0


class Unreachable(Exception):
    """A service gave no answer; `reason` says why in one line."""

    def __init__(self, service: str, reason: str) -> None:
        super().__init__(f"{service} could not be queried: {reason}")
        self.service, self.reason = service, reason


class NotFound(Exception):
    """The service answers that it does not know the work."""


class Client(Struct):
    """Asks one service. `pause` is the least time between questions, `patience` that for one answer, in seconds."""

    service: str
    agent: str
    pause: float = 0.34
    patience: float = 20.0
    _asked: float = field(default=-1e9)

    def get(self, url: str, accept: str) -> bytes:
        """Return the body of an answer of the content type `accept`.

        Tries again, ever later, when the service is busy, broken or silent. Raises Unreachable, or NotFound for 404.
        """
        reason = ""
        for attempt in range(_TRIES):
            self._wait(attempt)
            try:
                return self._once(url, accept)
            except _Again as again:
                reason = again.reason
                time.sleep(min(again.after, _LONGEST_WAIT))
        raise Unreachable(self.service, f"{reason} ({_TRIES} tries)")

    def _wait(self, attempt: int) -> None:
        pause = self.pause * (4**attempt if attempt else 1)
        time.sleep(max(0.0, self._asked + min(pause, _LONGEST_WAIT) - time.monotonic()))
        self._asked = time.monotonic()

    def _once(self, url: str, accept: str) -> bytes:
        if _scheme(url) not in ("http", "https"):
            raise Unreachable(self.service, "its address is not a web address")
        request = urllib.request.Request(url, headers={"User-Agent": self.agent, "Accept": accept})  # noqa: S310
        with _Deadline(self.patience) as deadline:
            try:
                with deadline.opener.open(request, timeout=self.patience) as answer:
                    kind = answer.headers.get_content_type()
                    body: bytes = answer.read(_MAX_BYTES + 1)
            except urllib.error.HTTPError as error:
                error.close()
                raise self._refusal(error) from None
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise self._failure(error, late=deadline.passed) from None
            if deadline.passed:
                raise _Again("no answer in time")
        if len(body) > _MAX_BYTES:
            raise Unreachable(self.service, "its answer is larger than 20 MB")
        if accept.rpartition("/")[2] not in kind:
            why = f"it answered with {kind}, not with {accept}; does the network require a login?"
            raise Unreachable(self.service, why)
        return body

    def _failure(self, error: Exception, *, late: bool) -> Exception:
        cause = getattr(error, "reason", error)
        if late or isinstance(cause, TimeoutError):
            return _Again("no answer in time")
        if isinstance(error, http.client.IncompleteRead):
            return _Again("its answer was cut short")
        why = getattr(cause, "strerror", None) or str(cause)
        return Unreachable(self.service, f"no connection ({' '.join(why.split())})")

    def _refusal(self, error: urllib.error.HTTPError) -> Exception:
        if error.code == 404:
            return NotFound()
        if error.code == 429 or error.code >= 500:
            after = error.headers.get("Retry-After", "")
            return _Again(f"it answered {error.code}", float(after) if re.fullmatch(r"[0-9]{1,6}", after) else 0.0)
        return Unreachable(self.service, f"it answered {error.code} {' '.join(str(error.reason).split())}")


def _scheme(url: str) -> str:
    try:
        return urllib.parse.urlsplit(url).scheme
    except ValueError:
        return ""


class _Deadline:
    """Ends all connections that an opener has made when time is up: an answer may also come drop by drop."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self.opener = urllib.request.build_opener(_SameService, _Http(self._sockets), _Https(self._sockets))

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.passed = True
        for connection in self._sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _noting(kind: type[http.client.HTTPConnection], sockets: list[socket.socket]) -> Any:
    """Return a kind of connection that notes its socket once it is open."""

    class Noting(kind):  # type: ignore[valid-type, misc]
        def connect(self) -> None:
            super().connect()
            sockets.append(self.sock)

    return Noting


class _Http(urllib.request.HTTPHandler):
    def __init__(self, sockets: list[socket.socket]) -> None:
        super().__init__()
        self._connection = _noting(http.client.HTTPConnection, sockets)

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._connection, req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, sockets: list[socket.socket]) -> None:
        super().__init__()
        self._connection = _noting(http.client.HTTPSConnection, sockets)

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._connection, req)


class _Again(Exception):
    """Worth another try, after some seconds."""

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.reason, self.after = reason, after


class _SameService(urllib.request.HTTPRedirectHandler):
    """Follows a redirect to the same host alone: what we ask tells which works an author reads."""

    max_redirections = 3

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        """Refuse a redirect that leads elsewhere."""
        here, there = urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)
        if here.hostname != there.hostname or there.scheme not in (here.scheme, "https"):
            raise urllib.error.HTTPError(req.full_url, code, f"redirect to {there.hostname}", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
