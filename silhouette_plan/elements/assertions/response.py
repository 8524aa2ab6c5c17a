"""Response Assertion (``org.apache.jmeter.assertions.ResponseAssertion``).

A field of the sample, or a variable, is held against each pattern. All must hold, or one with *or*; *not* turns each
round. An empty field fails, except under *not*. *Assume success* forgives the sample first, whatever is found then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from silhouette_plan.elements.assertions.difference import difference
from silhouette_plan.elements.assertions.scope import scoped
from silhouette_plan.elements.codes import complain
from silhouette_plan.elements.scope import variable_of
from silhouette_plan.elements.texts import PARTS, Part
from silhouette_plan.plan.assertions import ResponseAssertion
from silhouette_plan.plan.records import record
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import Value, flag_of, text_of
from silhouette_plan.program.steps import Judge
from silhouette_plan.results.sample import AssertionResult, Sample
from silhouette_plan.values.java.oro import compile_oro_regex, malformed_message
from silhouette_plan.values.java.patterns import MatchTooLong, PatternFault
from silhouette_plan.values.user import User

_MATCHES, _CONTAINS, _NOT, _EQUALS, _SUBSTRING, _OR = 1, 2, 4, 8, 16, 32

_FIELDS: dict[str, tuple[Part, str]] = {
    "Assertion.response_data": (PARTS["body"], "text"),
    "Assertion.response_code": (PARTS["status"], "code"),
    "Assertion.response_message": (PARTS["message"], "message"),
    "Assertion.response_headers": (PARTS["headers"], "headers"),
    "Assertion.request_headers": (PARTS["request-headers"], "request headers"),
    "Assertion.request_data": (PARTS["request-data"], "request data"),
}
"""Field of the sample and its name in messages, by ``Assertion.test_field``; any other value means the URL."""

_URL = (PARTS["url"], "URL")
_DOCUMENT = "Assertion.response_data_as_document"

_WORDINGS = {
    _CONTAINS: " expected to contain ",
    _SUBSTRING: " expected to contain ",
    _NOT | _CONTAINS: " expected not to contain ",
    _NOT | _SUBSTRING: " expected not to contain ",
    _MATCHES: " expected to match ",
    _NOT | _MATCHES: " expected not to match ",
    _EQUALS: " expected to equal ",
    _NOT | _EQUALS: " expected not to equal ",
}

_MALFORMED = "org.apache.oro.text.MalformedCachePatternException"

Test = Callable[[str, str], bool]
"""Whether a text (first) agrees with a pattern; raises ``PatternFault`` and ``MatchTooLong``."""


class _BadPattern(Exception):
    """A pattern that cannot be used, in JMeter's words."""


def _test_of(kind: int) -> Test:
    """The comparison that ``Assertion.test_type`` asks for; where it sets several, the first of these counts."""
    if kind & _CONTAINS:
        return lambda text, pattern: compile_oro_regex(pattern).search(text) is not None
    if kind & _EQUALS:
        return lambda text, pattern: text == pattern
    if kind & _SUBSTRING:
        return lambda text, pattern: pattern in text
    return lambda text, pattern: compile_oro_regex(pattern).matches_whole(text)


def _tested(test: Test, text: str, pattern: str) -> bool:
    try:
        return test(text, pattern)
    except PatternFault as problem:
        raise _BadPattern(f"{_MALFORMED}: {malformed_message(pattern, problem)}") from None
    except MatchTooLong as problem:
        raise _BadPattern(str(problem)) from None


@record
class _Question:
    """What is asked of the field's text, and how a failure is worded."""

    kind: int
    subject: Value
    patterns: Sequence[Value]

    def failure(self, user: User, text: str) -> str | None:
        """Why ``text`` fails, None where it holds. Raises ``_BadPattern``."""
        test, wanted = _test_of(self.kind), not self.kind & _NOT
        failed = []
        for pattern_of in self.patterns:
            pattern = pattern_of(user)
            held = _tested(test, text, pattern) is wanted
            if held and self.kind & _OR:
                return None
            if not held:
                failed.append(self._message(user, pattern, text))
                if not self.kind & _OR:
                    return failed[0]
        return "".join(f"{message}\t" for message in failed) or "\t" if self.kind & _OR else None

    def _message(self, user: User, pattern: str, text: str) -> str:
        wording = _WORDINGS.get(self.kind, " expected something using ")
        shown = difference(text, pattern) if self.kind & _EQUALS else pattern
        return f"Test failed: {self.subject(user)}{wording}/{shown}/"


def response_assertion(node: ResponseAssertion, build: Build) -> Judge:
    """``ResponseAssertion``."""
    if node.field == _DOCUMENT and node.scope != "variable":
        complain(build, node, "EL002")
    _look_at_patterns(node, build)
    name = text_of(build, node, node.name)
    judge = _judge(node, build, name)
    if node.assume_success is not False:
        judge = _forgiving(judge, flag_of(build, node, node.assume_success))
    else:
        judge = _shortcut(node, build, judge)
    return scoped(judge, node.scope, name)


def _judge(node: ResponseAssertion, build: Build, name: Value) -> Judge:
    """The whole rule, in any case."""
    message_of = text_of(build, node, node.message)
    read, subject = _source(node, build)
    question = _Question(node.test_type, subject, [text_of(build, node, pattern) for pattern in node.patterns])
    empty_holds = bool(node.test_type & _NOT)

    def judge(user: User, sample: Sample) -> AssertionResult | None:
        text = read(user, sample)
        if not text:
            return None if empty_holds else AssertionResult(name(user), "Response was null")
        try:
            failure = question.failure(user, text)
        except _BadPattern as problem:
            return AssertionResult(name(user), f"Bad test configuration {problem}", error=True)
        return AssertionResult(name(user), message_of(user) or failure) if failure is not None else None

    return judge


def _source(node: ResponseAssertion, build: Build) -> tuple[Callable[[User, Sample], str | None], Value]:
    """What is looked at, and its name in messages."""
    if node.scope == "variable":
        read = variable_of(build, node, node.scope_variable)
        name = text_of(build, node, node.scope_variable)
        return (lambda user, sample: read(user)), (lambda user: f"variable({name(user)})")
    part, subject = _FIELDS.get(node.field, _URL)
    return (lambda user, sample: part(sample)), (lambda user: subject)


def _forgiving(judge: Judge, forgives: Callable[[User], bool]) -> Judge:
    def forgive_then_judge(user: User, sample: Sample) -> AssertionResult | None:
        if forgives(user):
            sample.success = True
        return judge(user, sample)

    return forgive_then_judge


def _shortcut(node: ResponseAssertion, build: Build, judge: Judge) -> Judge:
    """``judge``, passed over where the one constant pattern plainly holds: the case of nearly every assertion of a plan."""
    pattern = build.template(node.patterns[0], node).constant if len(node.patterns) == 1 else None
    if not pattern or node.scope == "variable":
        return judge
    part, _ = _FIELDS.get(node.field, _URL)
    kind = node.test_type & ~_OR
    if kind == _EQUALS and node.field == "Assertion.response_code":
        return lambda user, sample: None if sample.code == pattern else judge(user, sample)
    if kind == _EQUALS:
        return lambda user, sample: None if part(sample) == pattern else judge(user, sample)
    if kind == _SUBSTRING:
        return lambda user, sample: None if pattern in part(sample) else judge(user, sample)
    if kind == _CONTAINS and (search := _search(pattern)) is not None:
        return lambda user, sample: None if search(part(sample)) else judge(user, sample)
    return judge


def _search(pattern: str) -> Callable[[str], bool] | None:
    """Whether ``pattern`` occurs, False for empty text and where it takes too long; None for one that cannot be read."""
    try:
        compiled = compile_oro_regex(pattern)
    except PatternFault:
        return None

    def search(text: str) -> bool:
        try:
            return bool(text) and compiled.search(text) is not None
        except MatchTooLong:
            return False

    return search


def _look_at_patterns(node: ResponseAssertion, build: Build) -> None:
    """Warns of constant patterns that cannot be read: each sample will fail on them."""
    if node.test_type & _CONTAINS or not node.test_type & (_EQUALS | _SUBSTRING):
        for text in node.patterns:
            constant = build.template(text, node).constant
            if constant is not None:
                try:
                    compile_oro_regex(constant)
                except (PatternFault, MatchTooLong) as problem:
                    complain(build, node, "EL001", str(problem))
