"""What functions do to variables: which argument names a variable that they set, and which one that they read."""

from __future__ import annotations

from silhouette_plan.values.functions import WITH_PLUGINS

LAST = -1
"""The last argument, whichever it is."""

STORES: dict[str, int] = {
    "__property": 1,
    "__samplerName": 0,
    "__machineName": 0,
    "__machineIP": 0,
    "__counter": 1,
    "__intSum": LAST,
    "__longSum": LAST,
    "__Random": 2,
    "__RandomString": 2,
    "__RandomFromMultipleVars": 1,
    "__time": 1,
    "__timeShift": LAST,
    "__dateTimeConvert": 3,
    "__RandomDate": 4,
    "__split": 1,
    "__changeCase": 2,
    "__digest": 4,
    "__regexFunction": 5,
    "__escapeOroRegexpChars": 1,
    "__FileToString": 2,
    "__StringFromFile": 1,
    "__groovy": 1,
    "__BeanShell": 1,
    "__javaScript": 1,
    "__jexl3": 1,
    "__jexl2": 1,
    "__chooseRandom": LAST,
    "__strLen": 1,
    "__substring": 3,
    "__strReplace": 3,
    "__strReplaceRegex": 3,
    "__base64Encode": 1,
    "__base64Decode": 1,
    "__MD5": 1,
    "__doubleSum": LAST,
    "__uppercase": 1,
    "__lowercase": 1,
    "__isDefined": 1,
    "__if": 4,
    "__env": 1,
    "__caseFormat": 2,
    "__fifoGet": 1,
    "__fifoPop": 1,
    "__fifoSize": 1,
}
"""Index of the argument that names the variable which gets the result."""

FAMILIES = frozenset({"__split", "__regexFunction"})
"""Functions that also set ``name_1``, ``name_matchNr`` and the like."""

LOOKS_UP: dict[str, int] = {"__V": 0, "__evalVar": 0, "__RandomFromMultipleVars": 0, "__regexFunction": 6}
"""Index of the argument that names the variable which is read."""

ASKS: dict[str, int] = {"__isVarDefined": 0, "__isDefined": 0}
"""Index of the argument that names the variable whose existence is asked for."""

_OTHERS = frozenset(
    {
        "__P", "__setProperty", "__isPropDefined", "__threadNum", "__threadGroupName", "__TestPlanName",
        "__log", "__logn", "__UUID", "__char", "__CSVRead", "__StringToFile", "__XPath", "__urlencode",
        "__urldecode", "__escapeHtml", "__unescapeHtml", "__escapeXml", "__unescape", "__eval",
        "__iterationNum", "__fifoPut", "__tstFeedback",
    }
)  # fmt: skip

KNOWN_FUNCTIONS: frozenset[str] = frozenset(WITH_PLUGINS) | STORES.keys() | LOOKS_UP.keys() | ASKS.keys() | _OTHERS
"""Names that JMeter and the usual plugins take for functions."""


def count_fault(function: str, count: int) -> str:
    """How many arguments ``function`` takes, where ``count`` is wrong; else nothing."""
    row = WITH_PLUGINS.get(function)
    return "" if row is None or row.takes(count) else row.arity
