# SPDX-License-Identifier: Apache-2.0
"""An HTTP/1.1 server on a free port of 127.0.0.1 whose answers are Python values."""
import socket
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

DEADLINE = 30  # seconds; nothing that a test waits for takes longer unless it is broken


@dataclass
class Request:
    """A request as it came: the target and the headers are not decoded."""

    method: str
    target: str
    headers: list  # of (name, value)
    body: bytes

    @property
    def path(self):
        return self.target.partition("?")[0]

    @property
    def query(self):
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def form(self):
        return dict(parse_qsl(self.body.decode("utf-8"), keep_blank_values=True))

    def header(self, name):
        """The first header of that name, or None."""
        return next((v for n, v in self.headers if n.lower() == name.lower()), None)

    def cookies(self):
        pairs = (self.header("cookie") or "").split(";")
        return dict(p.strip().split("=", 1) for p in pairs if "=" in p)


@dataclass
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    cookies: tuple = ()
    send: int | None = None  # send only so many bytes of the body, then hang up
    drop: bool = False  # hang up without a word
    gate: threading.Event | None = None  # hold the answer back until this is set


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request, client_address):
        pass  # a client that hangs up is the business of the test


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or every answer waits for the client's acknowledgement

    def log_message(self, *args):
        pass

    def _any(self):
        length = int(self.headers.get("Content-Length") or 0)
        request = Request(self.command, self.path, self.headers.items(), self.rfile.read(length))
        self._reply(self.server.answer(request))

    do_GET = do_PUT = do_POST = do_PATCH = do_HEAD = do_DELETE = _any

    def _reply(self, answer):
        if answer.gate is not None:
            answer.gate.wait(DEADLINE)
        if answer.drop:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        for cookie in answer.cookies:
            self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body if answer.send is None else answer.body[: answer.send])
        if answer.send is not None:
            self.close_connection = True


class Loopback:
    """Context manager; subclasses say what is answered in answer(request)."""

    def __init__(self):
        self.lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.answer = self.answer
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def answer(self, request):
        raise NotImplementedError

    @property
    def url(self):
        return "http://127.0.0.1:%d" % self._server.server_address[1]

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join(DEADLINE)
        self._server.server_close()
