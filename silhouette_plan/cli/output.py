"""What commands say, on streams that may be gone."""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Writes to standard output, or to standard error; where nobody reads that any more, nothing is said from then on."""
    try:
        click.echo(text, err=err, nl=nl)
    except BrokenPipeError:
        silence(sys.stderr if err else sys.stdout)


def silence(stream: TextIO) -> None:
    """What is left in the buffer of a closed pipe goes nowhere, without a complaint at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
