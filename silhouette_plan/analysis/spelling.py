"""*Did you mean …?*"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_CLOSE = 0.6
_MOST_CANDIDATES = 2000


def nearest(word: str, candidates: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Up to ``most`` of ``candidates`` that are close to ``word``, the closest first; case does not count."""
    by_folded = {
        candidate.casefold(): candidate for candidate in list(candidates)[:_MOST_CANDIDATES] if candidate != word
    }
    close = difflib.get_close_matches(word.casefold(), by_folded, n=most, cutoff=_CLOSE)
    return tuple(by_folded[folded] for folded in close)


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """A hint with the nearest names, or nothing."""
    close = nearest(word, candidates)
    return f"did you mean {' or '.join(f'`{name}`' for name in close)}?" if close else ""
