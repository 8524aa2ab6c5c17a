"""How two texts differ, for people (``ResponseAssertion.equalsComparisonText``)."""

from __future__ import annotations

_SECTION = 100
"""How many characters of a section are shown (``assertion.equals_section_diff_len``)."""


def difference(received: str, expected: str) -> str:
    """Two lines, what came and what was expected, with the part that differs in ``[[[ ]]]``."""
    start = _common_start(received, expected)
    end_received, end_expected = _ends(received, expected, start)
    before = _last(received[:start])
    after = _first(received[end_received:])
    got, wanted = _first(received[start:end_received]), _first(expected[start:end_expected])
    width = max(len(got), len(wanted))
    return (
        f"\n\n****** received  : {before}[[[{got:<{width}}]]]{after}"
        f"\n\n****** comparison: {before}[[[{wanted:<{width}}]]]{after}\n\n"
    )


def _common_start(received: str, expected: str) -> int:
    """How many characters at the start are the same."""
    for position, (one, other) in enumerate(zip(received, expected, strict=False)):
        if one != other:
            return position
    return min(len(received), len(expected))


def _ends(received: str, expected: str, start: int) -> tuple[int, int]:
    """Where the common tail starts in each; at least one character differs before it where there is one."""
    last_received, last_expected = len(received) - 1, len(expected) - 1
    while last_received > start and last_expected > start and received[last_received] == expected[last_expected]:
        last_received -= 1
        last_expected -= 1
    if last_received + 1 >= len(received):
        return len(received), len(expected)
    return last_received + 1, last_expected + 1


def _first(text: str) -> str:
    return text if len(text) <= _SECTION else f"{text[:_SECTION]}..."


def _last(text: str) -> str:
    return text if len(text) <= _SECTION else f"...{text[-_SECTION:]}"
