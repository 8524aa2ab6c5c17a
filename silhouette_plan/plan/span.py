"""Where in a source file something stands."""

from __future__ import annotations

from silhouette_plan.plan.records import record


@record
class Span:
    """A range of a source file.

    Lines and columns count from 1 (columns in characters); the end is exclusive. A column of 0
    means that only the line is known, as for elements read from XML, a line of 0 that only the path is. ``path`` is the element path
    of a tree format (``TestPlan/Thread Group/GET /x``), empty for text formats.
    """

    file: str
    line: int
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    path: str = ""

    def __str__(self) -> str:
        if not self.line:
            return self.file
        position = f"{self.file}:{self.line}"
        return f"{position}:{self.column}" if self.column else position
