"""Where a reference leads from a URL, in each of the ways that JMeter goes on: a redirect that the sampler follows, one that
HttpClient follows by itself, a resource of a page.

The first and the last read a reference as ``java.net.URL`` does, which has rules of its own for dots (only the segments of a
relative path are reduced, surplus ``..`` stay) and for a query alone (``?q`` leaves the file name out), and mend what
is no URI afterwards. HttpClient reads it as ``java.net.URI``, mends nothing, and shows what it sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote

from silhouette_plan.protocols.http.faults import HttpFault
from silhouette_plan.protocols.http.url import KNOWN, Malformed, Url, check_port, legal, parse, respelled

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WHOLE = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_ABOVE = re.compile(r"/((?:\.\./)+)")
_KEPT = "_-!.~'()*,;:$&+=@"
"""What Java leaves alone in a path that it mends: its letters and digits, and these."""
_WRITTEN = _KEPT + "%"


@dataclass(frozen=True, slots=True)
class _Parts:
    """A URL taken apart; None is what it does not have."""

    scheme: str | None
    authority: str | None
    path: str
    query: str | None
    fragment: str | None

    @property
    def text(self) -> str:
        return "".join((
            f"{self.scheme}:" if self.scheme else "",
            f"//{self.authority}" if self.authority else "",
            self.path,
            "" if self.query is None else f"?{self.query}",
            "" if self.fragment is None else f"#{self.fragment}",
        ))  # fmt: skip


def followed(base: Url, location: str) -> Url:
    """Where a redirect leads that the sampler follows. Raises ``Malformed`` and ``HttpFault``."""
    return _mended(_above(base, _collapsed(location).replace(" ", "%20")))


def resource(base: Url, reference: str) -> Url:
    """A resource of the page ``base``, its path normalised. Raises ``Malformed`` and ``HttpFault``."""
    found = _split(_mended(_above(base, reference.strip().replace(" ", "%20"))).text)
    return parse(replace(found, path=_normal(found.path)).text)


def automatic(base: Url, location: str) -> Url:
    """Where HttpClient goes by itself. Raises ``HttpFault`` where it does not."""
    reference = _split(location)
    if not legal(reference.authority, reference.path, reference.query, reference.fragment):
        raise _refused()
    if reference.scheme is None:
        reference = _resolved(_split(base.sent), reference)
    if not reference.authority:
        raise _refused()
    return parse(replace(reference, path=_reduced(reference.path)).text)


def _refused() -> HttpFault:
    """HttpClient's redirect exceptions reach the sample as a protocol error without words."""
    return HttpFault("org.apache.http.client.ClientProtocolException")


def _split(text: str) -> _Parts:
    match = _WHOLE.fullmatch(text)
    assert match is not None, "the pattern takes any text"
    return _Parts(match[1], match[2], match[3], match[4], match[5])


def _resolved(base: _Parts, reference: _Parts) -> _Parts:
    """``URIUtils.resolve``: as RFC 2396 says, but a query alone keeps the whole path."""
    if reference.authority is not None:
        return replace(reference, scheme=base.scheme)
    if reference.path.startswith("/"):
        path = reference.path
    elif reference.path:
        path = base.path[: base.path.rfind("/") + 1] + reference.path
    else:
        query = base.query if reference.query is None else reference.query
        return replace(base, query=query, fragment=reference.fragment)
    return _Parts(base.scheme, base.authority, path, reference.query, reference.fragment)


def _reduced(path: str) -> str:
    """``URIUtils.normalizeSyntax``: the segments ``.`` and ``..`` carried out, the others spelled anew; a field's letters
    are bytes to it."""
    found: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del found[-1:]
        elif segment != ".":
            found.append(respelled(quote(segment, safe=_WRITTEN, encoding="latin-1")))
    if segments and segments[-1] in (".", ".."):
        found.append("")
    return "/" + "/".join(found)


def _normal(path: str) -> str:
    """``URI.normalize``: as above, surplus ``..`` stay and empty segments go."""
    found: list[str] = []
    segments = [segment for segment in path.split("/") if segment]
    for segment in segments:
        if segment == ".." and found and found[-1] != "..":
            found.pop()
        elif segment != ".":
            found.append(segment)
    ends = path.endswith("/") or (segments[-1:] in (["."], [".."]) and found[-1:] != [".."])
    return ("/" if path.startswith("/") else "") + "/".join(found) + ("/" if ends and found else "")


def _collapsed(location: str) -> str:
    """``ConversionUtils.removeSlashDotDot``: ``/a/..`` is carried out before the reference is read at all."""
    location = location.strip()
    if len(location) < 4 or "/.." not in location:
        return location
    mark = location.find("://")
    start = location.find("/", mark + 3) if mark >= 0 else 0
    query, anchor = location.find("?"), location.find("#")
    end = query if query > 0 else anchor if anchor > 0 else len(location)
    if start < 0 or end < start:
        return location
    path = location[start:end]
    found: list[str] = []
    for token in filter(None, path.split("/")):
        if token == ".." and found and found[-1] != "..":
            found.pop()
        else:
            found.append(token)
    joined = ("/" if path.startswith("/") else "") + "/".join(found)
    joined += "/" if path.endswith("/") and not joined.endswith("/") else ""
    return location[:start] + joined + location[end:]


def _above(base: Url, location: str) -> _Parts:
    """``ConversionUtils.makeRelativeURL``: what leads above the root is taken to mean the root."""
    found = _read(_split(base.text), location)
    match = _ABOVE.match(found.path) if location.startswith("../") else None
    if match is not None and location.startswith(match[1]):
        return _read(_split(base.text), location[match.end(1) - 1 :])
    return found


def _read(base: _Parts, spec: str) -> _Parts:
    """``new URL(base, spec)``. Raises ``Malformed``."""
    spec = spec.strip("".join(map(chr, range(33))))
    match = None if spec.startswith("#") else _SCHEME.match(spec)
    scheme = match[1].lower() if match is not None else base.scheme
    if match is not None:
        spec = spec[match.end() :]
        if scheme != base.scheme:
            if scheme not in KNOWN:
                raise Malformed(f"unknown protocol: {scheme}")
            base = _Parts(scheme, None, "", None, None)
    spec, mark, fragment = spec.partition("#")
    if not spec and base.authority is not None:
        return replace(base, fragment=fragment if mark else base.fragment)
    return replace(_parsed(base, spec), fragment=fragment if mark else None)


def _parsed(base: _Parts, spec: str) -> _Parts:
    """``URLStreamHandler.parseURL``."""
    only_query = spec.startswith("?")
    spec, mark, query = spec.partition("?")
    authority, path = base.authority, base.path
    if spec.startswith("//") and not spec.startswith("////"):
        authority, slash, rest = spec[2:].partition("/")
        check_port(authority)
        spec, path = slash + rest, "" if authority else path
    if spec.startswith("/"):
        path = spec
    elif spec and path:
        path = _without_dots(path[: path.rfind("/") + 1] + spec)
    elif spec:
        path = f"/{spec}" if authority is not None else spec
    elif only_query:
        path = path[: max(path.rfind("/"), 0)] + "/"
    return _Parts(base.scheme, authority, path, query if mark else None, None)


def _without_dots(path: str) -> str:
    while "/./" in path:
        path = path.replace("/./", "/", 1)
    at = 0
    while (at := path.find("/../", at)) >= 0:
        before = path.rfind("/", 0, at) if at > 0 else -1
        if before >= 0 and path.find("/../", before) != 0:
            path, at = path[:before] + path[at + 3 :], 0
        else:
            at += 3
    while path.endswith("/.."):
        before = path.rfind("/", 0, path.find("/.."))
        if before < 0:
            break
        path = path[: before + 1]
    return path[:-1] if path.endswith("/.") else path


def _mended(found: _Parts) -> Url:
    """The URL, with what no URI may have escaped where it has any. Raises ``Malformed`` and ``HttpFault``."""
    if legal(found.authority, found.path, found.query, found.fragment):
        return parse(found.text)
    path = _escaped(found.path, _KEPT + "/")
    query = None if found.query is None else _escaped(found.query, _KEPT + "/?[]")
    fragment = None if found.fragment is None else _escaped(found.fragment, _KEPT + "/?[]")
    return parse(replace(found, path=path, query=query, fragment=fragment).text)


def _escaped(text: str, kept: str) -> str:
    """``text`` with all else escaped, also ``%``; letters beyond ASCII stay, spaces and controls do not."""
    return re.sub(
        r"[\x00-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]", lambda match: quote(match[0], safe=kept), text
    )
