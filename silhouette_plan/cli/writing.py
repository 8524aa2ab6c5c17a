"""Files that commands write: whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

import click

from silhouette_plan.results.verdict import ExitStatus


class CannotWrite(click.ClickException):
    """A file that could not be written; ends the command with the status for lost results."""

    exit_code = int(ExitStatus.RESULTS_LOST)


def require_place(path: Path, *, make_folder: bool = False) -> None:
    """Raises ``CannotWrite`` where ``write_whole`` could only fail, so that nobody learns that after a long run."""
    if path.is_dir():
        raise _cannot_write(path, errno.EISDIR)
    if path.exists() and not path.is_file():
        return
    folder = path.parent
    while make_folder and not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        raise _cannot_write(path, errno.ENOTDIR if folder.exists() else errno.ENOENT)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _cannot_write(path, errno.EACCES)


def _cannot_write(path: Path, number: int) -> CannotWrite:
    return CannotWrite(f"{path} could not be written: {os.strerror(number)}")


def write_whole(path: Path, content: bytes, *, make_folder: bool = False) -> None:
    """Writes ``content`` to ``path``, which then holds all of it, or what it held before. Raises ``CannotWrite``.

    A device or pipe (``/dev/stdout``) is written as it is. ``make_folder``: its folder need not be there yet.
    """
    try:
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            os.chmod(name, 0o666 & ~_mask())
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
    except OSError as fault:
        raise CannotWrite(f"{path} could not be written: {fault.strerror or fault}") from None


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
