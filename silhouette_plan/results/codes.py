"""The diagnostics of this room."""

from __future__ import annotations

from silhouette_plan.diagnostics import Code, Severity

CODES: dict[str, Code] = {
    code.code: code
    for code in (
        Code(
            "RS001",
            "Results could not be written",
            "The system refused a write to a results file: the disk is full, the device failed, or the reader of a pipe "
            "has gone. Rows written before stay whole. The run ends with exit status 6, whatever the samples said, "
            "because what was measured is not on record.",
        ),
        Code(
            "RS002",
            "A results file cannot be opened",
            "The file, or the folder it is to stand in, cannot be created or written. Choose another place with `-l`, or "
            "in the listener's file name.",
        ),
        Code(
            "RS003",
            "A results file holds something else",
            "The file exists and its first line is not the header that this run would write, so that adding rows would "
            "make a file that nothing can read. Remove it, choose another name, or ask for it to be replaced.",
        ),
        Code(
            "RS004",
            "A property of the results file cannot be used",
            "`jmeter.save.saveservice.default_delimiter` must be one character that is no letter, digit or quote (or "
            "`\\t`); `jmeter.save.saveservice.timestamp_format` is `ms`, `none` or a date pattern such as "
            "`yyyy/MM/dd HH:mm:ss.SSS`.",
        ),
        Code(
            "RS005",
            "Not a results file",
            "The file is neither a CSV with JMeter's column names (or its default columns) nor a `testResults` XML file.",
        ),
        Code(
            "RS006",
            "Rows left out",
            "Some rows of the results file could not be read, most often the last one, cut off when the process that "
            "wrote it was killed. All other rows count.",
            Severity.WARNING,
        ),
        Code(
            "RS007",
            "A listener writes no file",
            "The listener's file name is computed from values that only a user has, and such a name cannot be opened "
            "before the run. Use a constant, or properties (`${__P(name)}`).",
            Severity.WARNING,
        ),
        Code(
            "RS008",
            "Summary so far",
            "A line of *Generate Summary Results*: `+` is what came since the last line, `=` the whole run so far. Samples "
            "that transaction controllers make are left out.",
            Severity.NOTE,
        ),
        Code(
            "RS009",
            "Results would overwrite the plan",
            "The name of a results file is that of the plan, or of a file that the plan reads. Such a file is never written, "
            "not even with `-f`.",
        ),
        Code(
            "RS010",
            "An objective stopped the run",
            "A line of `slo` with `abort` did not hold, so the load ended: samples under way had a second to end and were then "
            "interrupted. tearDown groups run as after any stop. The exit status is 7.",
        ),
        Code(
            "RS011",
            "Another run writes these results",
            "A run that is still going on writes to the same file. Rows of two runs between one another would belong to neither, "
            "so the second run is refused before it sends anything. Give each its own file with `-l`, or its own folder.",
        ),
        Code(
            "RS012",
            "The run was told to stop",
            "A signal (Ctrl-C, `silplan stop`, a closed terminal) ends the run in good order: users end after the sample they are in, "
            "then tearDown groups run where the plan wants that. A second signal interrupts the samples too.",
            Severity.NOTE,
        ),
    )
}
"""Code by its name."""
