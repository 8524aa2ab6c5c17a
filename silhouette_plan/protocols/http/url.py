"""URLs as ``java.net.URL`` reads them and ``java.net.URI`` checks them, with their words for what is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import quote, unquote_to_bytes

from silhouette_plan.protocols.http.faults import HttpFault

KNOWN = {"http", "https", "ftp", "file", "jar", "jrt", "mailto"}
"""Schemes that Java has a handler for."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PORTS = {"http": 80, "https": 443}
_LEGAL = r"A-Za-z0-9\-_.!~*'();:@&=+$,/%"
_NOWHERE = r"\x00-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_ILLEGAL = {
    "authority": re.compile(r"[^A-Za-z0-9\-_.!~*'();:@&=+$,%\[\]](?<=[\x00-\x7f])"),
    "path": re.compile(rf"[^{_LEGAL}](?<=[{_NOWHERE}])"),
    "query": re.compile(rf"[^{_LEGAL}?\[\]](?<=[{_NOWHERE}])"),
    "fragment": re.compile(rf"[^{_LEGAL}?\[\]](?<=[{_NOWHERE}])"),
}
"""What must not stand there. Letters beyond Latin-1's controls may, spaces may not; a class that named the letters would
be slow to compile."""
_SAFE = "!#$%&'()*+,/:;=?@[]~"
_SEGMENT = "_-!.~'()*;:@&=+$,"
_AUTHORITY = re.compile(r"(\[[^\]]*\]|[^:]*)(?::(-?\d*))?")
_SLASHES = re.compile("/{2,}")
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Malformed(HttpFault):
    """``java.net.MalformedURLException``: no URL at all, so the sample has neither label nor URL."""

    def __init__(self, text: str) -> None:
        super().__init__("java.net.MalformedURLException", text)


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """Where a connection goes; ``port`` is the real one, ``authority`` host and port as a Host field and messages show them.

    There is one object for each origin (``origin_of``), so that looking up its connections costs no hashing of texts.
    """

    scheme: str
    host: str
    port: int
    authority: str


@cache
def origin_of(scheme: str, host: str, port: int, authority: str) -> Origin:
    """The origin; the same object for the same texts."""
    return Origin(scheme, host, port, authority)


@dataclass(frozen=True, slots=True)
class Url:
    """An absolute URL. ``text`` is how JMeter shows it, ``target`` the request line's path and query, in ASCII;
    ``path`` is without query."""

    text: str
    scheme: str
    host: str
    port: int | None
    path: str
    target: str
    origin: Origin

    @property
    def sent(self) -> str:
        """Where HttpClient says that it has been: no user, no fragment, the path as it went out."""
        port = "" if self.port is None else f":{self.port}"
        _, mark, query = self.text.partition("#")[0].partition("?")
        path = self.target.partition("?")[0] if "//" in self.path else self.path or "/"
        return f"{self.scheme}://{self.host.lower()}{port}{path}{mark}{query}"

    def __str__(self) -> str:
        return self.text


def parse(text: str) -> Url:
    """``new URL(text)``, then ``toURI()``, then what HttpClient demands. Raises ``Malformed`` and ``HttpFault``."""
    match = _SCHEME.match(text.strip())
    if match is None:
        raise Malformed(f"no protocol: {text}")
    scheme = match[1].lower()
    if scheme not in KNOWN:
        raise Malformed(f"unknown protocol: {scheme}")
    return _parsed(text.strip(), scheme, match.end())


@lru_cache(1024)
def _parsed(text: str, scheme: str, start: int) -> Url:
    rest, hash_sign, fragment = text[start:].partition("#")
    authority = ""
    if rest.startswith("//"):
        cut = re.compile(r"[/?]").search(rest, 2)
        end = cut.start() if cut else len(rest)
        authority, rest = rest[2:end], rest[end:]
    check_port(authority)
    path, mark, query = rest.partition("?")
    slashes = "//" if authority else ""
    shown = f"{scheme}:{slashes}{authority}{path}{mark}{query}{hash_sign}{fragment}"
    # what is wrong is told when the sample is taken, which then has a label and this URL
    _check(shown, authority, path, query if mark else None, fragment if hash_sign else None)
    return _built(shown, scheme, authority, path, mark + query)


def _built(shown: str, scheme: str, authority: str, path: str, query: str) -> Url:
    host, port = _host_and_port(authority.rpartition("@")[2])
    if not host:
        kind = "org.apache.http.client.ClientProtocolException"
        raise HttpFault(kind, f"URI does not specify a valid host name: {shown}", shown)
    target = quote(_path(path) + query, safe=_SAFE)
    effective = _PORTS.get(scheme, -1) if port is None else port
    where = host if port is None or port == _PORTS.get(scheme) else f"{host}:{port}"
    return Url(shown, scheme, host, port, path, target, origin_of(scheme, host, effective, where))


def _path(path: str) -> str:
    """The path as HttpClient sends it: where it holds empty segments, without them and escaped anew."""
    if "//" not in path:
        return path or "/"
    return "/".join(map(respelled, _SLASHES.sub("/", path).split("/")))


def respelled(segment: str) -> str:
    """A segment of a path, decoded and encoded as HttpClient does it: what need not be escaped is not."""
    return quote(unquote_to_bytes(segment), safe=_SEGMENT)


def check_port(authority: str) -> None:
    """Raises ``Malformed`` where what stands for a port is none, or an IPv6 address is not closed."""
    host = authority.rpartition("@")[2]
    if host.startswith("[") and host.find("]") <= 2:
        raise Malformed(f"Invalid authority field: {authority}")
    port = authority.rpartition("@")[2].rpartition("]")[2].partition(":")[2]
    if port and not re.fullmatch(r"-?\d+", port):
        digits = re.match(r"-?\d*", port)
        bad = digits.end() if digits is not None and port != "-" else 0
        raise Malformed(f'Error at index {bad} in: "{port}"')
    if port and int(port) < -1:
        raise Malformed(f"Invalid port number :{port}")


def _check(shown: str, authority: str, path: str, query: str | None, fragment: str | None) -> None:
    """``new URI``: the first illegal character, by its place in the whole text."""
    at = shown.index(":") + 1 + 2 * bool(authority)
    pieces = (("authority", authority, 0), ("path", path, 0), ("query", query, 1), ("fragment", fragment, 1))
    for name, piece, lead in pieces:
        if piece is None:
            continue
        at += lead
        bad, escape = _ILLEGAL[name].search(piece), _ESCAPE.search(piece)
        if escape is not None and (bad is None or escape.start() < bad.start()):
            raise syntax_fault("Malformed escape pair", at + escape.start(), shown)
        if bad is not None:
            # of an authority Java only says where it begins
            index = at if name == "authority" else at + bad.start()
            raise syntax_fault(f"Illegal character in {name}", index, shown)
        at += len(piece)


def legal(authority: str | None, path: str, query: str | None, fragment: str | None) -> bool:
    """Whether ``java.net.URI`` takes these parts as they are."""
    pieces = (("authority", authority), ("path", path), ("query", query), ("fragment", fragment))
    return not any(piece and (_ILLEGAL[name].search(piece) or _ESCAPE.search(piece)) for name, piece in pieces)


def syntax_fault(reason: str, index: int, text: str) -> HttpFault:
    """``java.net.URISyntaxException``; Java counts a character beyond the first plane twice."""
    units = len(text[:index].encode("utf-16-le", "surrogatepass")) // 2
    return HttpFault("java.net.URISyntaxException", f"{reason} at index {units}: {text}", text)


def _host_and_port(authority: str) -> tuple[str, int | None]:
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        return authority, None
    return match[1], int(match[2]) if match[2] not in (None, "", "-1") else None


def assemble(protocol: str, domain: str, port: str, file: str) -> Url:
    """``new URL(protocol, domain, port, file)``; a port that is no number, or is the protocol's own, is left out."""
    scheme = protocol.lower() or "http"
    if scheme not in KNOWN:
        raise Malformed(f"unknown protocol: {protocol}")
    if (bad := re.search(r"[/\\]", domain)) is not None:
        raise Malformed(f"Illegal character found in host: '{bad[0]}'")
    host = f"[{domain}]" if ":" in domain and not domain.startswith("[") else domain
    number = int(port) if re.fullmatch(r"[+-]?\d+", port.strip()) else 0
    shown = f":{number}" if number not in (0, -1, _PORTS.get(scheme)) else ""
    if number < -1:
        raise Malformed(f"Invalid port number :{number}")
    if host != domain:
        _check_ipv6(f"{scheme}://{host}{shown}{file}", domain)
    return _parsed(f"{scheme}://{host}{shown}{file}", scheme, len(scheme) + 1)


def _check_ipv6(shown: str, address: str) -> None:
    if not re.fullmatch(r"[0-9A-Fa-f:.]+(%\w+)?", address) or address.count(":") < 2:
        raise syntax_fault("Malformed IPv6 address", shown.index("[") + 1, shown)
