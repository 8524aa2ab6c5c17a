"""Request bodies: raw, form, file, multipart (``HTTPHC4Impl.setupHttpEntityEnclosingRequestData``, 5.5's charsets).

A body says its own Content-Type; a Content-Type field of the plan overrules it, but for multipart.
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from silhouette_plan.protocols.http.encode import as_bytes, charset, encode, java_name, reencode
from silhouette_plan.protocols.http.faults import HttpFault

FORM = "application/x-www-form-urlencoded"
_BOUNDARY = "-_" + string.digits + string.ascii_letters


@dataclass(frozen=True, slots=True)
class Field:
    """An argument, rendered."""

    name: str
    value: str
    encode: bool
    use_equals: bool
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send: ``path`` as found (None: refused before the run), ``shown`` as the plan names it."""

    path: Path
    parameter: str
    mime_type: str


@dataclass(frozen=True, slots=True)
class Body:
    """What follows the head. ``shown`` is how JMeter shows it; ``content_type`` None where it has none to offer.

    ``overrules``: its type replaces the plan's; ``early``: the type stands before Content-Length; ``stays``: a GET has it
    too, so that the requests for the resources of a page repeat it.
    """

    data: bytes
    shown: str
    content_type: str | None
    overrules: bool = False
    early: bool = False
    stays: bool = False


def query(fields: Sequence[Field], codec: str) -> str:
    """The arguments as a query; those without a name are left out."""
    return "&".join(_pair(field, codec) for field in fields if field.name)


def _pair(field: Field, codec: str) -> str:
    name = encode(field.name, "utf-8") if field.encode else field.name
    value = encode(field.value, codec) if field.encode else field.value
    return f"{name}={value}" if field.use_equals or value else name


def raw(fields: Sequence[Field], encoding: str, mime_type: str) -> Body:
    """The values, joined, as they are."""
    codec = charset(encoding, "iso-8859-1")
    text = "".join(encode(field.value, charset(encoding, "utf-8")) if field.encode else field.value for field in fields)
    kind = f"text/plain; charset={java_name(encoding)}" if encoding else "text/plain"
    return Body(as_bytes(text, codec), text, mime_type or kind, early=bool(mime_type), stays=True)


def form(fields: Sequence[Field], encoding: str) -> Body:
    """The arguments as a form."""
    codec = charset(encoding, "utf-8")
    write = {True: encode, False: reencode}
    pairs = (
        (write[field.encode](field.name, codec), write[field.encode](field.value, codec))
        for field in fields
        if field.name
    )
    text = "&".join(f"{name}={value}" for name, value in pairs)
    return Body(as_bytes(text, codec), text, f"{FORM}; charset={java_name(encoding or 'UTF-8')}")


def file(upload: Upload) -> Body:
    """The file itself. Raises ``HttpFault`` where it cannot be read."""
    return Body(
        read(upload.path), "<actual file content, not shown here>", upload.mime_type or None, early=True, stays=True
    )


def read(path: Path) -> bytes:
    """The file's bytes. Raises ``HttpFault``."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise HttpFault("java.io.FileNotFoundException", f"{path} ({reason})") from None


def boundary() -> str:
    """A fresh multipart boundary of 30 to 40 characters."""
    return "".join(random.choices(_BOUNDARY, k=random.randint(30, 40)))


def multipart(fields: Sequence[Field], uploads: Sequence[Upload], encoding: str, mark: str, *, browser: bool) -> Body:
    """``multipart/form-data`` with ``mark`` as its boundary: arguments, then files.

    ``browser``: browser-compatible mode, in which an argument's part has a name and nothing else.
    """
    parts = [_text_part(field, encoding or "US-ASCII", browser=browser) for field in fields if field.name]
    parts += [_file_part(upload, browser=browser) for upload in uploads]
    chunks, shown, codec = bytearray(), "", charset(encoding, "iso-8859-1")
    for head, data, hidden in parts:
        opening = as_bytes(f"--{mark}\r\n{head}\r\n\r\n", "ascii")
        chunks += opening + data + b"\r\n"
        shown += opening.decode() + (hidden or data.decode(codec, "replace")) + "\r\n"
    end = f"--{mark}--\r\n"
    chunks += end.encode()
    return Body(bytes(chunks), shown + end, f"multipart/form-data; boundary={mark}", overrules=True)


def _text_part(field: Field, declared: str, *, browser: bool) -> tuple[str, bytes, str]:
    """A part's head and data, and what is shown instead of the data, if anything. ``declared`` is the charset of an argument
    whose own content type names none."""
    head = f'Content-Disposition: form-data; name="{_quoted(field.name)}"'
    kind, *parameters = [part.strip() for part in (field.content_type or "text/plain").split(";")]
    if not browser:
        own = parameters or [f"charset={java_name(declared)}"]
        head += f"\r\nContent-Type: {'; '.join([kind, *own])}\r\nContent-Transfer-Encoding: 8bit"
    codec = charset(_charset(parameters) or declared, "ascii")
    return head, as_bytes(field.value, codec), ""


def _charset(parameters: Iterable[str]) -> str:
    return next(
        (part.strip()[8:].strip("\"'") for part in parameters if part.strip().lower().startswith("charset=")), ""
    )


def _file_part(upload: Upload, *, browser: bool) -> tuple[str, bytes, str]:
    if not upload.mime_type:
        raise HttpFault("org.apache.http.ParseException", "Invalid content type: ")
    charset(_charset(upload.mime_type.split(";")), "ascii")
    if not upload.parameter.strip():
        raise HttpFault("java.lang.IllegalStateException", "Name is blank")
    head = f'Content-Disposition: form-data; name="{_quoted(upload.parameter)}"; filename="{_quoted(upload.path.name)}"'
    head += f"\r\nContent-Type: {upload.mime_type}"
    if not browser:
        head += "\r\nContent-Transfer-Encoding: binary"
    return head, read(upload.path), "<actual file content, not shown here>"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
