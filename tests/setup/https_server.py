"""A mail provider's HTTPS server on loopback, with faults to order. What it answers is that of the server which is made of it."""

import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, unquote, urlsplit

from tests.setup.real_mail import HOST
from tests.setup.token_server import USER, Quiet


class Fault(Exception):  # noqa: N818 -- the word of the scripted servers
    """What a request is answered instead."""

    def __init__(self, status, code, **headers):
        self.status, self.code, self.headers = status, code, headers


class HttpsServer:
    """Give `with`; `host` and `port` are where it listens."""

    def __init__(self, tokens, user=USER):
        self.tokens, self.user = tokens, user
        self.lock = threading.RLock()
        self.heard = []  # (verb, path) of each request
        self.faults = []  # [(verb, words of the path, what)]
        self.stop = threading.Event()
        self._https = Quiet((HOST, 0), self._handler())
        self._https.socket = tokens.certificates.server_context().wrap_socket(
            self._https.socket, server_side=True, do_handshake_on_connect=False
        )
        self.host, self.port = HOST, self._https.server_port
        self.url = f"https://{HOST}:{self.port}"

    # -- what a test says ----------------------------------------------------------------------------------------

    def fail(self, verb, words, *faults):
        """The next requests of this verb with these words in the path end so, one each.

        A Fault; "lose" (done, no answer); "keep" (the same, and the line stays open); "drop" (not done, no answer); "hang";
        None (as usual).
        """
        self.faults += [(verb, words, fault) for fault in faults]

    def asked(self, verb, words):
        return [path for heard, path in self.heard if heard == verb and words in path]

    # -- HTTP ----------------------------------------------------------------------------------------------------

    def _handler(self):
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def _do(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                server.answer(self, body)

        for verb in ("GET", "POST", "PATCH", "PUT", "DELETE"):
            setattr(Handler, f"do_{verb}", Handler._do)
        return Handler

    def answer(self, handler, body):
        split = urlsplit(handler.path)
        path = split.path
        self.heard.append((handler.command, unquote(path)))
        fault = self._fault(handler.command, path)
        if fault == "hang":
            self.stop.wait(10)
        if fault in ("hang", "drop"):
            handler.close_connection = True
            return
        try:
            if isinstance(fault, Fault):
                raise fault
            query = parse_qs(split.query)
            with self.lock:
                status, found, headers = self.done(handler, path, query, body)
        except Fault as refused:
            status, headers = refused.status, refused.headers
            found = self.refused(refused)
        if fault == "keep":
            self.stop.wait(10)
        if fault in ("lose", "keep"):
            handler.close_connection = True
            return
        with suppress(OSError):
            _say(handler, status, found, headers)

    def _fault(self, verb, path):
        for at, (wanted, words, fault) in enumerate(self.faults):
            if wanted == verb and words in path:
                del self.faults[at]
                return fault
        return None

    def done(self, handler, path, query, body):
        """Status, answer (bytes, or what is said as JSON) and headers of a request. Raises Fault."""
        raise NotImplementedError

    def refused(self, fault):
        """How the provider says it."""
        raise NotImplementedError

    # -- life ----------------------------------------------------------------------------------------------------

    def __enter__(self):
        threading.Thread(target=self._https.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self._https.shutdown()
        self._https.server_close()


def _say(handler, status, found, headers):
    body = found if isinstance(found, bytes) else json.dumps(found).encode()
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)
