"""Faults of HTTP, and every fault's name and message as JMeter records it.

A sample without an answer has the code ``Non HTTP response code: <Java class>`` and the message ``Non HTTP response
message: <text>``; the classes are those that HttpClient 4.5 throws (recorded from JMeter 5.5).
"""

from __future__ import annotations

from silhouette_plan.protocols.transport.faults import (
    ConnectFault,
    TlsFault,
    TransportFault,
    UnknownHost,
    WireLost,
    WireTimeout,
)

_HTTP = "org.apache.http."


class HttpFault(Exception):
    """A fault that knows its Java class: ``java`` and ``text`` (``null`` where Java's exception has no message).

    ``url`` is the URL as JMeter shows it, where the fault kept the request from being made.
    """

    def __init__(self, java: str, text: str = "null", url: str | None = None) -> None:
        super().__init__(f"{java}: {text}")
        self.java = java
        self.text = text
        self.url = url


class ProtocolFault(HttpFault):
    """What came is no HTTP response."""

    def __init__(self) -> None:
        super().__init__(f"{_HTTP}client.ClientProtocolException")


class NoAnswer(HttpFault):
    """The peer closed before the first byte of an answer."""

    def __init__(self, authority: str) -> None:
        super().__init__(f"{_HTTP}NoHttpResponseException", f"{authority} failed to respond")


class TooLarge(HttpFault):
    """A head or body beyond what the generator is willing to hold."""


def head_too_large(limit: int) -> TooLarge:
    """A head that does not end."""
    return TooLarge(f"{_HTTP}MessageConstraintException", f"Maximum header length limit exceeded ({limit} bytes)")


def body_too_large(limit: int) -> TooLarge:
    """A body, decoded, that is larger than what is kept."""
    return TooLarge("java.io.IOException", f"Response body exceeds {limit} bytes")


def cut_short(expected: int, received: int) -> HttpFault:
    """The connection ended before the announced length (bytes)."""
    text = f"Premature end of Content-Length delimited message body (expected: {expected:,}; received: {received:,})"
    return HttpFault(f"{_HTTP}ConnectionClosedException", text)


def cut_between_chunks() -> HttpFault:
    """The connection ended where a chunk should have begun."""
    text = "Premature end of chunk coded message body: closing chunk expected"
    return HttpFault(f"{_HTTP}ConnectionClosedException", text)


def cut_in_chunk(received: int) -> HttpFault:
    """The connection ended within a chunk, after ``received`` bytes of it."""
    return HttpFault(f"{_HTTP}TruncatedChunkException", f"Truncated chunk (actual size: {received:,})")


def bad_chunk(reason: str) -> HttpFault:
    """A chunk header that is none."""
    return HttpFault(f"{_HTTP}MalformedChunkCodingException", f"Bad chunk header: {reason}")


def named(fault: HttpFault | TransportFault) -> tuple[str, str]:
    """The Java class and the message for ``fault``."""
    match fault:
        case HttpFault():
            return fault.java, fault.text
        case UnknownHost():
            return "java.net.UnknownHostException", f"{fault.host}: {fault.reason}"
        case ConnectFault():
            kind = "ConnectTimeoutException" if fault.timed_out else "HttpHostConnectException"
            where = ", ".join(_java_address(fault.host, address) for address in fault.addresses)
            text = f"Connect to {fault.host}:{fault.port} [{where}] failed: {fault.reason}"
            return f"{_HTTP}conn.{kind}", text
        case WireTimeout():
            return "java.net.SocketTimeoutException", "Read timed out"
        case WireLost():
            return "java.net.SocketException", fault.reason.replace(" by peer", "")
        case TlsFault():
            kind = "SSLHandshakeException" if fault.handshake else "SSLException"
            return f"javax.net.ssl.{kind}", fault.reason
        case _:
            return "java.io.IOException", str(fault)


def _java_address(host: str, address: str) -> str:
    shown = ":".join(f"{int(part or '0', 16):x}" for part in _expanded(address)) if ":" in address else address
    return f"/{shown}" if host.strip("[]") == address else f"{host}/{shown}"


def _expanded(address: str) -> list[str]:
    left, gap, right = address.partition("::")
    head, tail = left.split(":") if left else [], right.split(":") if right else []
    return [*head, *["0"] * (8 - len(head) - len(tail)), *tail] if gap else head
