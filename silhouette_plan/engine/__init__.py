"""The engine: runs a program on Trio. Groups, users, controllers, the life of a sample. Knows no element by name."""

from silhouette_plan.engine.control import RunControl
from silhouette_plan.engine.run import RunOptions, RunOutcome, run

__all__ = ["RunControl", "RunOptions", "RunOutcome", "run"]
