"""What a Content-Type says of a body (``SampleResult.setEncodingAndType``)."""

from __future__ import annotations

from functools import lru_cache

_TEXT_AFTER_ALL = ("audio/x-mpegurl", "audio/mpegurl", "video/f4m", "image/svg+xml")
_BINARY = ("image/", "audio/", "video/")


class Media:
    """A media type: ``content_type`` as it came, ``encoding`` its charset or empty, ``data_type`` the JTL's word."""

    __slots__ = ("content_type", "data_type", "encoding")

    def __init__(self, content_type: str) -> None:
        self.content_type = content_type
        self.encoding = _charset(content_type)
        binary = content_type.startswith(_BINARY) and not content_type.startswith(_TEXT_AFTER_ALL)
        self.data_type = "" if not content_type else "bin" if binary else "text"


@lru_cache(256)
def media_of(value: bytes) -> Media:
    """The media type of a Content-Type field's value; empty: there was none, and the data type stays empty."""
    return Media(value.decode("latin-1"))


def _charset(content_type: str) -> str:
    at = content_type.lower().find("charset=")
    if at < 0:
        return ""
    return content_type[at + 8 :].partition(";")[0].strip().strip("\"'")
