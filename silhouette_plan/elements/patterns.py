"""Regular expressions as JMeter's elements match them (Jakarta ORO, Perl 5 syntax)."""

from __future__ import annotations

from silhouette_plan.values.java.regex import MatchTooLong, Pattern, PatternFault, compile_oro_regex

__all__ = ["MatchTooLong", "Pattern", "PatternFault", "compile_oro_regex", "found_in", "matches_whole", "oro_message"]

_WORDINGS = (
    ("missing )", "Unmatched parentheses."),
    ("unbalanced parenthesis", "Unmatched parentheses."),
    ("unterminated character set", "Unmatched [] in expression."),
    ("unmatched [", "Unmatched [] in expression."),
    ("multiple repeat", "Nested repetitions *?+ in expression"),
    ("nothing to repeat", "?+* follows nothing in expression"),
    ("sequence (?<", "Sequence (?<...) not recognized"),
)
"""What ORO says, by a part of what is said here."""


def oro_message(pattern: str, fault: Exception) -> str:
    """``MalformedCachePatternException.getMessage()`` for ``pattern``."""
    said = str(fault)
    reason = next((wording for part, wording in _WORDINGS if part in said), said)
    return f"Invalid expression: {pattern}\n{reason}"


def found_in(pattern: Pattern, text: str) -> bool:
    """Whether ``pattern`` occurs in ``text`` (``Perl5Matcher.contains``)."""
    return pattern.search(text) is not None


def matches_whole(pattern: Pattern, text: str) -> bool:
    """Whether the match at the start of ``text`` is all of it (``Perl5Matcher.matches``).

    ORO takes the first match there is and does not look for a longer one: ``a|ab`` does not match ``ab``.
    """
    match = pattern.search(text)
    return match is not None and match.start() == 0 and match.end() == len(text)
