"""The sample: what one step of one user gave (``org.apache.jmeter.samplers.SampleResult``)."""

from __future__ import annotations

import enum
from typing import Any


class NextAction(enum.Enum):
    """What the flow does after a sample (``JMeterContext.TestLogicalAction``)."""

    CONTINUE = 0
    NEXT_THREAD_LOOP = 1
    NEXT_LOOP = 2
    BREAK_LOOP = 3


class Steering:
    """What a sample asks of its user's flow: the end of the user or the test, another way to go on; or to be told to nobody
    (``ignored``)."""

    __slots__ = ("ignored", "next_action", "stop_now", "stop_test", "stop_user")

    def __init__(self) -> None:
        self.next_action = NextAction.CONTINUE
        self.stop_user = self.stop_test = self.stop_now = self.ignored = False


class AssertionResult:
    """An assertion that did not hold. ``error`` says it could not be judged at all; ``held_before`` is how many of the
    sample's had held by then."""

    __slots__ = ("error", "held_before", "message", "name")

    def __init__(self, name: str, message: str, error: bool = False, held_before: int = 0) -> None:
        self.name = name
        self.message = message
        self.error = error
        self.held_before = held_before


class Sample:
    """One result. Times are whole ms unless said otherwise; sizes are bytes (``received`` headers
    and body as they came, ``sent`` likewise).

    ``start`` is the wall clock in ms since 1970, derived from one reading of it and the monotonic clock.
    ``elapsed`` excludes ``idle``. ``subresults`` and ``assertions`` become lists when first added to. ``variables`` are the values of
    the variables that ``sample_variables`` names, in its order, where that property is set. ``failure_message`` is that
    of the first assertion that had any to give, even an empty one or for a sample that passed: ``settle_message``.
    ``steering`` is None for a sample that asks for nothing, as nearly all do: ``steer`` makes it.
    """

    __slots__ = (
        "_document", "_text", "all_threads", "assertions", "body", "body_size", "checks", "code", "connect", "content_type",
        "data_type", "elapsed", "encoding", "failure_message", "from_transaction", "group_threads", "headers_size", "idle",
        "label", "latency", "message", "message_settled", "metrics", "parent", "passed_assertions", "planned_start",
        "received", "request_headers", "response_headers", "sampler_data", "sent", "start", "steering", "subresults",
        "success", "thread_name", "url", "variables",
    )  # fmt: skip

    label: str
    code: str
    message: str
    thread_name: str
    success: bool
    start: int
    elapsed: int
    latency: int
    connect: int
    received: int
    sent: int
    group_threads: int
    all_threads: int
    idle: int
    failure_message: str
    data_type: str
    encoding: str
    url: str | None
    body: bytes
    response_headers: str
    request_headers: str
    sampler_data: str
    content_type: str
    headers_size: int
    body_size: int
    subresults: tuple[Sample, ...] | list[Sample]
    assertions: tuple[AssertionResult, ...] | list[AssertionResult]
    passed_assertions: tuple[str, ...] | list[str]
    message_settled: bool
    steering: Steering | None
    from_transaction: bool
    planned_start: int | None
    metrics: tuple[tuple[str, str, float], ...] | list[tuple[str, str, float]]
    checks: tuple[tuple[str, bool], ...] | list[tuple[str, bool]]
    variables: tuple[str | None, ...]
    parent: Sample | None
    _text: str | None
    _document: Any

    def __init__(self, label: str, start: int) -> None:
        # All are stored at once: a class that makes up defaults (``__getattr__``) is dearer at every look at its objects.
        self.label = label
        self.start = start
        self.success = self.from_transaction = self.message_settled = False
        self.elapsed = self.latency = self.connect = self.idle = self.received = self.sent = 0
        self.group_threads = self.all_threads = self.headers_size = self.body_size = 0
        self.code = self.message = self.failure_message = self.data_type = self.encoding = self.thread_name = ""
        self.request_headers = self.response_headers = self.sampler_data = self.content_type = ""
        self.body = b""
        self.subresults = self.assertions = self.passed_assertions = self.metrics = self.checks = self.variables = ()
        self.url = self.steering = self.planned_start = self.parent = self._text = self._document = None

    def steer(self) -> Steering:
        """What the sample asks of the flow, to be set."""
        if self.steering is None:
            self.steering = Steering()
        return self.steering

    def settle_message(self, message: str) -> None:
        """What an assertion has to say; the first to say anything, be it nothing, is the one that is written."""
        if not self.message_settled:
            self.message_settled = True
            self.failure_message = message

    @property
    def body_length(self) -> int:
        """Bytes of the body as they came; where nobody counted them, of the body itself (``getBodySizeAsLong``)."""
        return self.body_size or len(self.body)

    @property
    def text(self) -> str:
        """The body as text: by the charset of the content type, else ISO-8859-1, as JMeter 5.5 reads it; decoded once."""
        text = self._text
        if text is None:
            encoding = self.encoding or "iso-8859-1"
            try:
                text = self.body.decode(encoding, "replace")
            except LookupError:
                text = self.body.decode("iso-8859-1")
            self._text = text
        return text

    @text.setter
    def text(self, text: str) -> None:
        self._text = text
        self._document = None
