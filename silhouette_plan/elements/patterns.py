"""Regular expressions as JMeter's elements match them (Jakarta ORO, Perl 5 syntax)."""

from __future__ import annotations

from silhouette_plan.values.java.oro import compile_oro_regex
from silhouette_plan.values.java.patterns import MatchTooLong, Pattern, PatternFault

__all__ = ["MatchTooLong", "Pattern", "PatternFault", "compile_oro_regex", "found_in", "matches_whole", "oro_message"]


def oro_message(pattern: str, fault: PatternFault) -> str:
    """``MalformedCachePatternException.getMessage()`` for ``pattern``."""
    return f"Invalid expression: {pattern}\n{fault.reason}"


def found_in(pattern: Pattern, text: str) -> bool:
    """Whether ``pattern`` occurs in ``text`` (``Perl5Matcher.contains``)."""
    return pattern.search(text) is not None


def matches_whole(pattern: Pattern, text: str) -> bool:
    """Whether the match at the start of ``text`` is all of it (``Perl5Matcher.matches``).

    ORO takes the first match there is and does not look for a longer one: ``a|ab`` does not match ``ab``.
    """
    match = pattern.search(text)
    return match is not None and match.start() == 0 and match.end() == len(text)
