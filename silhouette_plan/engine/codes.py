"""Codes of what a run finds."""

from __future__ import annotations

from silhouette_plan.diagnostics import Code, Severity

CODES: dict[str, Code] = {
    code.code: code
    for code in (
        Code(
            "RN001",
            "A sample was lost",
            "A step before, in or after a sampler failed: a value could not be computed, or an element met what it cannot "
            "handle. JMeter logs *Error while processing sampler*, records no sample and goes on with the next sampler; so "
            "does silplan.",
            Severity.WARNING,
        ),
        Code(
            "RN002",
            "A user ended early",
            "A controller's condition or a data element failed, or a script raised an *Error* (as a failed Groovy `assert` "
            "does). JMeter ends the thread; so does silplan.",
            Severity.WARNING,
        ),
        Code(
            "RN003",
            "A listener failed",
            "A listener in the plan raised an error. The sample is recorded; the other listeners receive it.",
            Severity.WARNING,
        ),
        Code(
            "RN004",
            "A group cannot start",
            "A number of the group (users, ramp-up, duration, delay …) does not read as one, or the scheduler is on without "
            "a duration. The value may come from a property or from a setUp group; it is read when the group starts.",
        ),
        Code(
            "RN005",
            "Arrivals began late",
            "More than 1 % of an open group's arrivals began more than 50 ms after their moment, since the generator had no "
            "time for them: the offered load was not the planned one. Spread it over more processes or machines.",
            Severity.WARNING,
        ),
        Code(
            "RN006",
            "Arrivals were not offered",
            "An Arrivals group has a concurrency limit, and all the users it allows were busy when an arrival was due. The "
            "arrival is left out, as the plugin has it: the target saw less load than planned.",
            Severity.WARNING,
        ),
        Code(
            "RN007",
            "Users were interrupted at the end of the schedule",
            "When an open schedule ends, users that are still at work are interrupted, and their samples count as failed. "
            "All arrivals were offered; the target did not answer in time. A pause at the end of the schedule "
            "(`pause(1 min)`, `arrive 0/s for 1m`) leaves them time to finish.",
            Severity.WARNING,
        ),
    )
}
