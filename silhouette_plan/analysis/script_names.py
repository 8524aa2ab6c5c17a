"""What script source does to variables and properties, as far as its text tells.

The scripts are not parsed: a literal name in ``vars.put("name", …)`` is taken as it is, a computed one as *anything*.
Whatever is not understood counts as setting and reading everything, so that no pass accuses a plan of what a script does.
"""

from __future__ import annotations

import re

from silhouette_plan.plan.records import record

_STRING = r"""(["'])((?:(?!\1).)*)\1\s*([,)+]?)"""
_PUT = re.compile(r"vars\s*\??\.\s*put(?:Object)?\s*\(\s*" + _STRING)
_ANY_PUT = re.compile(r"vars\s*\??\.\s*put(?:Object|All)?\s*\(|getVariables\s*\(|\bvars\.with\b")
_GET = re.compile(r"vars\s*\??\.\s*(?:get|getObject|remove)\s*\(\s*" + _STRING)
_ANY_GET = re.compile(r"vars\s*\??\.\s*(?:get|getObject|remove)\s*\(")
_INDEXED = re.compile(r"""vars\s*\[\s*(["'])((?:(?!\1).)*)\1\s*\]""")
_MEMBER = re.compile(r"\bvars\.([A-Za-z_]\w*)\b(?!\s*\()")
_EVERYTHING = re.compile(r"vars\s*\??\.\s*(?:entrySet|getIterator|each|findAll|putAll)\b|\bvars\b(?!\s*(?:\??\.|\[))")
_PROPERTY = re.compile(r"""props\s*\??\.\s*(?:put|setProperty)\s*\(\s*(["'])((?:(?!\1).)*)\1""")


@record
class ScriptNames:
    """Names that a script sets and reads. ``patterns`` are regexes of computed names; ``anything`` says all bets are off."""

    sets: frozenset[str] = frozenset()
    set_patterns: tuple[str, ...] = ()
    sets_anything: bool = False
    reads: frozenset[str] = frozenset()
    reads_anything: bool = False
    properties: frozenset[str] = frozenset()


NOTHING = ScriptNames()
UNKNOWN = ScriptNames(sets_anything=True, reads_anything=True)
"""A script that cannot be seen, such as one in a file."""


def script_names(source: str) -> ScriptNames:
    """What ``source`` does, by its text."""
    if "vars" not in source and "getVariables" not in source and "props" not in source:
        return NOTHING
    puts = list(_PUT.finditer(source))
    literal = {match[2] for match in puts if match[3] != "+" and "$" not in match[2]}
    computed = tuple(_pattern(match) for match in puts if match[3] == "+" or "$" in match[2])
    gets = list(_GET.finditer(source))
    everything = bool(_EVERYTHING.search(source))
    return ScriptNames(
        sets=frozenset(literal),
        set_patterns=computed,
        sets_anything=everything or len(puts) < len(_ANY_PUT.findall(source)),
        reads=frozenset(match[2] for pattern in (_GET, _INDEXED) for match in pattern.finditer(source))
        | frozenset(_MEMBER.findall(source)),
        reads_anything=everything
        or len(gets) < len(_ANY_GET.findall(source))
        or any(match[3] == "+" or "$" in match[2] for match in gets),
        properties=frozenset(match[2] for match in _PROPERTY.finditer(source)),
    )


def _pattern(put: re.Match[str]) -> str:
    held = re.split(r"\$\{[^}]*\}|\$\w+", put[2])
    return ".*".join(map(re.escape, held)) + (".*" if put[3] == "+" else "")
