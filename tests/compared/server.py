"""A server on the loopback that answers what it is asked for: ``/?b=BODY&ct=CONTENT-TYPE&enc=ENCODING&code=CODE&X-…=…``."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


class _Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        asked = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        body = asked.get("b", "").encode(asked.get("enc", "utf-8"))
        self.send_response_only(int(asked.get("code", "200")))
        if asked.get("ct"):
            self.send_header("Content-Type", asked["ct"])
        for name, value in asked.items():
            if name.startswith("X-"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server that lives as long as the context."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
