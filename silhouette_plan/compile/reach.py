"""Which files a plan may reach: regular ones below its own folder, and what ``--allow-path`` names.

Links are followed before the answer is given. A device or a pipe would block every user or fill the disk, so it is
reached only where it is itself what was allowed.
"""

from __future__ import annotations

import os
from pathlib import Path, PureWindowsPath

from silhouette_plan.plan.records import record


@record
class Reach:
    """``folder`` is the plan's; ``allowed`` are folders or files beside it."""

    folder: Path
    allowed: tuple[Path, ...] = ()

    def find(self, path: str) -> Path | None:
        """The file for ``path`` as the plan writes it, whether it is there or not; None where it is out of reach."""
        return None if self.refusal(path) else self._place(path)

    def refusal(self, path: str) -> str:
        """Why ``path`` is out of reach, as the end of a sentence; empty where it is not."""
        try:
            real = self._place(path).resolve()
            allowed = [one.resolve() for one in self.allowed]
            if not any(real.is_relative_to(root) for root in (self.folder.resolve(), *allowed)):
                return "which is not below the plan's folder"
            if real.exists() and not real.is_file() and real not in allowed:
                return "which is a folder" if real.is_dir() else "which is a device or a pipe"
        except (OSError, ValueError, RuntimeError):
            return "which is no path on this system"
        return ""

    def folder_elsewhere(self, path: str) -> str:
        """The folder of ``path`` where only another machine has it: a drive of Windows, or an absolute one that is not here."""
        windows = PureWindowsPath(path)
        if os.name != "nt" and windows.is_absolute():
            return str(windows.parent) if "\\" in path else windows.parent.as_posix()
        try:
            missing = Path(path).is_absolute() and not Path(path).parent.exists() and bool(self.refusal(path))
        except (OSError, ValueError):
            return ""
        return str(Path(path).parent) if missing else ""

    def _place(self, path: str) -> Path:
        return Path(os.path.normpath(self.folder.absolute() / path))
