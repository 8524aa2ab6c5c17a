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
    )
}
