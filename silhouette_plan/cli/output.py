"""What commands say, on streams that may be gone."""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click

_PLAINER = str.maketrans("─▸…✓✗“”‘’·█░−", "->~+x\"\"''.#.-")
"""For streams that take no Unicode: the signs that tables and sentences are made of, each as one character of ASCII."""


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Writes to standard output, or to standard error; where nobody reads that any more, nothing is said from then on.

    What goes to standard error only accompanies a run, and must not end it: any fault there (a full disk, a terminal that was closed)
    is taken for silence. On standard output a fault is raised.
    """
    stream = sys.stderr if err else sys.stdout
    try:
        click.echo(_as_taken(text, stream), err=err, nl=nl)
    except OSError as fault:
        if not (err or isinstance(fault, BrokenPipeError)):
            raise
        silence(stream)


def _as_taken(text: str, stream: TextIO) -> str:
    """``text``, or the nearest to it that the encoding of ``stream`` has."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAINER).encode(encoding, "replace").decode(encoding)
    return text


def silence(stream: TextIO) -> None:
    """What is left in the buffer of a closed pipe goes nowhere, without a complaint at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
