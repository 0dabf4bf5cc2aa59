# SPDX-License-Identifier: Apache-2.0
"""A server that passes on what it is asked, and tells before and after: so something can happen at a known moment."""
import http.client
import http.server
import threading
import urllib.parse


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Who asked may be gone."""


class Middleman:
    """Calls watch(method, path, is_done) before a request is passed on, and when it is done and not yet answered."""

    def __init__(self, url, watch):
        self.target, self.watch = urllib.parse.urlsplit(url).netloc, watch
        self.server = Server(("127.0.0.1", 0), self.handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def pass_on(self, method, path, headers, body):
        connection = http.client.HTTPConnection(self.target, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Content-Type"), answer.read()
        finally:
            connection.close()

    def handler(self):
        middleman = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                names = ("Content-Type", "X-ApiKeys", "X-Cookie")
                kept = {name: self.headers[name] for name in names if name in self.headers}
                middleman.watch(self.command, self.path, False)
                status, kind, text = middleman.pass_on(self.command, self.path, kept, body)
                middleman.watch(self.command, self.path, True)
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", kind or "application/json")
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)
                except OSError:
                    self.close_connection = True  # nobody is there any more

            do_GET = do_POST = do_PUT = do_DELETE = pass_on

        return Handler
