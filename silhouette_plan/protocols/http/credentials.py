"""HTTP authentication: Basic sent ahead, Digest answered (RFC 7616), Bearer.

An entry applies to URLs that begin with its own. Basic and Bearer go out with the first request; a challenge (401) is
answered once, with Digest where the server offers it, within the same sample.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from silhouette_plan.protocols.http.request import Request
from silhouette_plan.protocols.http.url import Url

_PARAMETER = re.compile(r'([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')
_HASHES: dict[str, Callable[[bytes], str]] = {
    "md5": lambda data: hashlib.md5(data, usedforsecurity=False).hexdigest(),
    "sha": lambda data: hashlib.sha1(data, usedforsecurity=False).hexdigest(),
    "sha-256": lambda data: hashlib.sha256(data).hexdigest(),
    "sha-512-256": lambda data: hashlib.new("sha512_256", data).hexdigest(),
}


@dataclass(frozen=True, slots=True)
class Credential:
    """One entry of an Authorization Manager, rendered."""

    url: str
    user: str
    password: str
    realm: str
    mechanism: str

    def ahead(self) -> str:
        """The Authorization field that is sent unasked, or empty."""
        match self.mechanism:
            case "BASIC" | "BASIC_DIGEST":
                return self.basic()
            case "BEARER":
                return f"Bearer {self.password}"
            case _:
                return ""

    def basic(self) -> str:
        """Basic credentials, in US-ASCII as HttpClient sends them."""
        pair = f"{self.user}:{self.password}".encode("ascii", "replace")
        return f"Basic {base64.b64encode(pair).decode()}"


def credential_for(entries: Iterable[Credential], url: Url) -> Credential | None:
    """The first entry that applies to ``url``, whose default port may be written or not."""
    shown = [url.text]
    default = {"http": 80, "https": 443}.get(url.scheme)
    if url.port is None and default:
        shown.append(f"{url.scheme}://{url.host}:{default}{url.path}")
    elif url.port == default:
        shown.append(f"{url.scheme}://{url.host}{url.path}")
    return next((entry for entry in entries if any(text.startswith(entry.url) for text in shown)), None)


def answer(credential: Credential, challenges: Iterable[str], request: Request) -> str:
    """The Authorization field that answers a 401's ``challenges``, or empty where there is nothing (new) to say."""
    offered = {scheme.lower(): rest for challenge in challenges for scheme, _, rest in (challenge.partition(" "),)}
    if "basic" in offered and credential.mechanism in ("BASIC", "BASIC_DIGEST"):
        return ""
    if "digest" in offered:
        return _digest(credential, offered["digest"], request)
    if "basic" in offered and not credential.ahead() and _realm_fits(credential, _parameters(offered["basic"])):
        return credential.basic()
    return ""


def _parameters(text: str) -> dict[str, str]:
    return {match[1].lower(): match[2] if match[2] is not None else match[3] for match in _PARAMETER.finditer(text)}


def _realm_fits(credential: Credential, parameters: dict[str, str]) -> bool:
    return not credential.realm or credential.realm == parameters.get("realm", "")


def _digest(credential: Credential, challenge: str, request: Request) -> str:
    given = _parameters(challenge)
    algorithm = given.get("algorithm", "MD5")
    digest = _HASHES.get(algorithm.lower().removesuffix("-sess"))
    if digest is None or not _realm_fits(credential, given):
        return ""
    realm, nonce, target = given.get("realm", ""), given.get("nonce", ""), request.url.target
    client, count = secrets.token_hex(8), "00000001"
    first = digest(f"{credential.user}:{realm}:{credential.password}".encode())
    if algorithm.lower().endswith("-sess"):
        first = digest(f"{first}:{nonce}:{client}".encode())
    offered = [quality.strip() for quality in given.get("qop", "").split(",")]
    whole = "auth-int" in offered and (request.body is not None or "auth" not in offered)
    quality = "auth-int" if whole else "auth" if "auth" in offered else ""
    second = f"{request.method}:{target}"
    if quality == "auth-int":
        second += f":{digest(request.body.data if request.body else b'')}"
    middle = f"{nonce}:{count}:{client}:{quality}" if quality else nonce
    response = digest(f"{first}:{middle}:{digest(second.encode())}".encode())
    fields = [f'username="{credential.user}"', f'realm="{realm}"', f'nonce="{nonce}"', f'uri="{target}"']
    fields.append(f'response="{response}"')
    if quality:
        fields += [f"qop={quality}", f"nc={count}", f'cnonce="{client}"']
    fields.append(f"algorithm={algorithm}")
    if "opaque" in given:
        fields.append(f'opaque="{given["opaque"]}"')
    return "Digest " + ", ".join(fields)
