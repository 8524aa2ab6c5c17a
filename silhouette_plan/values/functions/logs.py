"""``__log`` and ``__logn``: lines for the log, through the logger ``silplan.plan``."""

from __future__ import annotations

import logging

from silhouette_plan.values.context import Evaluate, Function, Occurrence
from silhouette_plan.values.java.strings import trim
from silhouette_plan.values.user import User

LOGGER = logging.getLogger("silplan.plan")
"""Where plans log; ``OUT`` and ``ERR``, JMeter's names for its streams, go there as INFO and ERROR."""

_LEVELS = {
    "OUT": logging.INFO,
    "ERR": logging.ERROR,
    "ERROR": logging.ERROR,
    "WARN": logging.WARNING,
    "INFO": logging.INFO,
}


def _logged(user: User, message: str, level: str, throwable: str, comment: str) -> None:
    number = _LEVELS.get(trim(level).upper() or "INFO", logging.DEBUG)
    if LOGGER.isEnabledFor(number):
        LOGGER.log(number, "%s %s %s%s", user.thread_name, comment or " : ", message, throwable and f" {throwable}")


def _log(occurrence: Occurrence) -> Evaluate:
    message_of, level, throwable, comment = (occurrence.text(index) for index in range(4))

    def evaluate(user: User) -> str:
        message = message_of(user)
        _logged(user, message, level(user), throwable(user), comment(user))
        return message

    return evaluate


def _log_silently(occurrence: Occurrence) -> Evaluate:
    log = _log(occurrence)

    def evaluate(user: User) -> str:
        log(user)
        return ""

    return evaluate


TABLE = {"__log": Function(1, 4, _log), "__logn": Function(1, 3, _log_silently)}
