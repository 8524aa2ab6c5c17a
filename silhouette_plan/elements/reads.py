"""What an element looks at: what nothing reads need not be kept."""

from __future__ import annotations

from typing import NamedTuple


class Reads(NamedTuple):
    """Whether an element may look at a sample's body, its response headers, its request (headers, data)."""

    body: bool = False
    headers: bool = False
    request: bool = False


NOTHING = Reads()
EVERYTHING = Reads(True, True, True)
