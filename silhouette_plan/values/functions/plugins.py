"""Functions of the jpgc plugins (``kg.apc.jmeter.functions``), known where a run says that they are installed."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections import deque

from silhouette_plan.values.context import Evaluate, Function, Occurrence, of_texts
from silhouette_plan.values.functions.variables import variable_text
from silhouette_plan.values.java.numbers import double_text, parse_double, parse_int
from silhouette_plan.values.java.regex import compile_java_regex
from silhouette_plan.values.java.strings import trim, utf16_length
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User


def _choose(occurrence: Occurrence) -> Evaluate:
    *choices, _ = [parameter.evaluate for parameter in occurrence.parameters]
    store = occurrence.store(len(choices))

    def evaluate(user: User) -> str:
        value = user.random.choice(choices)(user)
        if store is not None:
            store(user, value)
        return value

    return evaluate


def _substring(text: str, begin: str, end: str, *variable: str) -> str:
    low, high = parse_int(trim(begin)), parse_int(trim(end))
    if not 0 <= low <= high <= len(text):
        raise ValueError(f"begin {low}, end {high}, length {len(text)}")
    return text[low:high]


def _double_sum(occurrence: Occurrence) -> Evaluate:
    *addends, last = [parameter.evaluate for parameter in occurrence.parameters]

    def evaluate(user: User) -> str:
        name = trim(last(user))
        try:
            total = sum([parse_double(addend(user)) for addend in addends])
        except ValueError as error:
            raise ValueFault(f"__doubleSum: {error}") from None
        try:
            return double_text(total + parse_double(name))
        except ValueError:
            text = double_text(float(total))
        if name:
            user.variables[name] = text
        return text

    return evaluate


def _if(occurrence: Occurrence) -> Evaluate:
    actual, expected, then, otherwise = (occurrence.text(index) for index in range(4))
    return lambda user: (then if actual(user) == expected(user) else otherwise)(user)


def _env(occurrence: Occurrence) -> Evaluate:
    name_of = occurrence.text(0)
    default_of = occurrence.text(2) if len(occurrence) > 2 else name_of

    def evaluate(user: User) -> str:
        found = os.environ.get(name_of(user))
        return default_of(user) if found is None else found

    return evaluate


_WORDS = re.compile(r"[^\W_]+")


def case_format(text: str, mode: str = "LOWER_CAMEL_CASE", variable: str = "") -> str:
    """Words of letters and digits, joined anew. An unknown ``mode`` leaves the text as it is."""
    words = _WORDS.findall(text)
    match (mode or "LOWER_CAMEL_CASE").upper():
        case "LOWER_CAMEL_CASE" | "UPPER_CAMEL_CASE" as camel:
            joined = "".join(word[:1].upper() + word[1:].lower() for word in words)
            return joined if camel.startswith("UPPER") else joined[:1].lower() + joined[1:]
        case "SNAKE_CASE" | "LOWER_UNDERSCORE":
            return "_".join(words).lower()
        case "UPPER_UNDERSCORE":
            return "_".join(words).upper()
        case "KEBAB_CASE" | "LISP_CASE" | "SPINAL_CASE" | "LOWER_HYPHEN":
            return "-".join(words).lower()
        case "TRAIN_CASE":
            return "-".join(words).upper()
        case _:
            return text


def _is_defined(occurrence: Occurrence) -> Evaluate:
    name_of = occurrence.text(0)
    return lambda user: "0" if variable_text(user, trim(name_of(user))) is None else "1"


class _Queues(dict[str, deque[str]]):
    """The queues of a run, by name."""

    def __missing__(self, name: str) -> deque[str]:
        queue: deque[str] = deque()
        self[name] = queue
        return queue


def _put(occurrence: Occurrence) -> Evaluate:
    name_of, value_of = occurrence.text(0), occurrence.text(1)

    def evaluate(user: User) -> str:
        value = value_of(user)
        user.run.service(_Queues, _Queues)[name_of(user)].append(value)
        return value

    return evaluate


def _peek(occurrence: Occurrence) -> Evaluate:
    name_of = occurrence.text(0)

    def evaluate(user: User) -> str:
        queue = user.run.service(_Queues, _Queues)[name_of(user)]
        return queue[0] if queue else ""

    return evaluate


def _size(occurrence: Occurrence) -> Evaluate:
    name_of = occurrence.text(0)
    return lambda user: str(len(user.run.service(_Queues, _Queues)[name_of(user)]))


def _nothing(occurrence: Occurrence) -> Evaluate:
    return lambda user: ""


def _replaced(text: str, find: str, replacement: str, *variable: str) -> str:
    return compile_java_regex(find).replace(text, replacement)


TABLE = {
    "__chooseRandom": Function(3, None, _choose),
    "__strLen": Function(1, None, of_texts(lambda text, *variable: str(utf16_length(text))), store=1),
    "__substring": Function(3, None, of_texts(_substring), store=3),
    "__strReplace": Function(3, None, of_texts(lambda text, find, new, *variable: text.replace(find, new)), store=3),
    "__strReplaceRegex": Function(3, None, of_texts(_replaced), store=3),
    "__base64Encode": Function(
        1, 2, of_texts(lambda text, variable="": base64.b64encode(text.encode()).decode()), store=1
    ),
    "__base64Decode": Function(
        1, 2, of_texts(lambda text, variable="": base64.b64decode(text).decode("utf-8", "replace")), store=1
    ),
    "__MD5": Function(
        1,
        None,
        of_texts(lambda text, *variable: hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()),
        store=1,
    ),
    "__doubleSum": Function(2, None, _double_sum),
    "__iterationNum": Function(0, None, lambda occurrence: lambda user: str(user.iteration)),
    "__uppercase": Function(1, None, of_texts(lambda text, *variable: text.upper()), store=1),
    "__lowercase": Function(1, None, of_texts(lambda text, *variable: text.lower()), store=1),
    "__isDefined": Function(1, None, _is_defined, store=1),
    "__if": Function(4, None, _if, store=4),
    "__env": Function(1, 3, _env, store=1),
    "__caseFormat": Function(1, 3, of_texts(case_format), store=2),
    "__fifoPut": Function(2, 2, _put),
    "__fifoGet": Function(1, 2, _peek, store=1),
    "__fifoSize": Function(1, 2, _size, store=1),
    "__fifoPop": Function(1, 2, _nothing, unsupported="waits for another user, which is not supported yet"),
    "__tstFeedback": Function(
        1, None, _nothing, unsupported="needs the Throughput Shaping Timer and is not supported yet"
    ),
}
