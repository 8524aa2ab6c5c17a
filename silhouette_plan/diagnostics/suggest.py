"""“Did you mean …?”: the known name nearest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The name of ``known`` nearest to ``word``, at most half of it away; None where all are further.

    Case does not count; of equally near names the first in the alphabet.
    """
    lowered = word.casefold()
    limit = max(len(word) // 2, 1)
    best: tuple[int, str] | None = None
    for name in sorted(set(known)):
        distance = edits(lowered, name.casefold(), limit)
        if distance <= limit and distance < max(len(word), len(name)):
            found = (distance, name)
            best = min(best, found) if best else found
    return best[1] if best else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known name, or empty text."""
    name = nearest(word, known)
    return f"did you mean “{name}”?" if name else ""


def edits(a: str, b: str, limit: int) -> int:
    """Insertions, deletions, changes and swaps of neighbours from ``a`` to ``b``; above ``limit``, some number above it."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(before) > limit:
            return limit + 1
    return row[-1]
