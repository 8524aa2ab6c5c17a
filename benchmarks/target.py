"""A quick keep-alive target for benchmarks: every request gets the same JSON. ``python target.py PORT [CERT KEY]``.

With ``PORT`` 0 it takes a free one and prints it.
"""

from __future__ import annotations

import asyncio
import ssl
import sys

import httptools

BODY = b'{"success":true,"data":{"token":"abcdefghijklmnopqrstuvwxyz012345","id":7,"name":"workflow"}}'
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
    + str(len(BODY)).encode()
    + b"\r\n\r\n"
    + BODY
)


class Answering(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.parser = httptools.HttpRequestParser(self)

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_message_complete(self) -> None:
        self.transport.write(ANSWER)


async def serve(port: int, context: ssl.SSLContext | None) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Answering, "127.0.0.1", port, ssl=context, backlog=4096)
    if not port:
        print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main() -> None:
    port, *files = sys.argv[1:]
    context = None
    if files:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
    asyncio.run(serve(int(port), context))


if __name__ == "__main__":
    main()
