"""Constant and random pauses (``org.apache.jmeter.timers``). All delays are whole ms, cut and made positive as JMeter's.

The fixed part of a pause is read when an iteration of the timer's controller starts and holds until the next
(``ConstantTimer.iterationStart``); the width of a random part is read at each sample.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from silhouette_plan.plan.base import Timer
from silhouette_plan.plan.timers import ConstantTimer, GaussianRandomTimer, PoissonRandomTimer, UniformRandomTimer
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import constantly, decimal_of, integer
from silhouette_plan.program.steps import Act, TimerStep
from silhouette_plan.values.user import User

Draw = Callable[[random.Random, float], float]
"""A random part of a pause (ms), from a stream and the timer's range."""


def constant_timer(node: ConstantTimer, build: Build) -> TimerStep:
    """``ConstantTimer``: the same pause each time; ``timer.factor`` does not apply."""
    delay, advance = _fixed_part(node, node.delay, build)
    return TimerStep(delay=delay, advance=advance)


def uniform_random_timer(node: UniformRandomTimer, build: Build) -> TimerStep:
    """``UniformRandomTimer``."""
    return _randomised(node, node.offset, node.spread, build, lambda stream, spread: stream.random() * spread)


def gaussian_random_timer(node: GaussianRandomTimer, build: Build) -> TimerStep:
    """``GaussianRandomTimer``."""
    return _randomised(node, node.offset, node.deviation, build, lambda stream, width: stream.gauss(0.0, 1.0) * width)


def poisson_random_timer(node: PoissonRandomTimer, build: Build) -> TimerStep:
    """``PoissonRandomTimer``; the mean is rounded to whole ms first."""
    return _randomised(
        node, node.offset, node.mean, build, lambda stream, mean: poisson(stream, math.floor(mean + 0.5))
    )


def _randomised(
    node: UniformRandomTimer | GaussianRandomTimer | PoissonRandomTimer,
    offset: str,
    width: str,
    build: Build,
    draw: Draw,
) -> TimerStep:
    offset_ms, advance = _fixed_part(node, offset, build)
    width_ms = decimal_of(build, node, width)

    def delay(user: User) -> float:
        return int(abs(draw(user.random, width_ms(user)) + offset_ms(user)))

    return TimerStep(delay=delay, scaled=True, advance=advance)


def _fixed_part(node: Timer, text: str, build: Build) -> tuple[Callable[[User], int], Act | None]:
    """``text`` as whole ms, and what reads it at an iteration; None where it is constant."""
    template = build.template(text, node)
    if template.constant is not None:
        return constantly(integer(template.constant)), None
    key = object()

    def advance(user: User) -> None:
        user.state[key] = integer(template.evaluate(user))

    return lambda user: user.state.get(key, 0), advance


def poisson(stream: random.Random, mean: int) -> int:
    """A draw from the Poisson distribution: by products of uniforms up to a mean of 30, by rejection above."""
    return _poisson_by_products(stream, mean) if mean <= 30 else _poisson_by_rejection(stream, mean)


def _poisson_by_products(stream: random.Random, mean: int) -> int:
    limit = math.exp(-mean)
    count = 0
    product = stream.random()
    while product > limit:
        count += 1
        product *= stream.random()
    return count


def _poisson_by_rejection(stream: random.Random, mean: int) -> int:
    """Atkinson's method PA (1979): a logistic envelope, accepted by the ratio to the Poisson mass."""
    beta = math.pi / math.sqrt(3.0 * mean)
    alpha = beta * mean
    level = math.log(0.767 - 3.36 / mean) - mean - math.log(beta)
    log_mean = math.log(mean)
    while True:
        uniform = stream.random() or 0.5
        x = (alpha - math.log((1.0 - uniform) / uniform)) / beta
        count = math.floor(x + 0.5)
        if count < 0:
            continue
        y = alpha - beta * x
        accepted = y + math.log((1.0 - stream.random()) / (1.0 + math.exp(y)) ** 2)
        if accepted <= level + count * log_mean - math.lgamma(count + 1.0):
            return count
