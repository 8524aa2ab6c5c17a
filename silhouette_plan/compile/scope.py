"""What applies to a sampler (``org.apache.jmeter.threads.TestCompiler``).

A scope is a chain of levels, one an element on the way from the group to the sampler; a level holds what that element's
children are. Configuration, listeners and timers of inner levels come first; pre-processors, post-processors and
assertions of outer levels do. Plain transactions listen to every sampler below their *parent*, so a level also names
those among its children. What is gathered is shared by all samplers of the same scope.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from silhouette_plan.compile.reads import merged
from silhouette_plan.elements.reads import NOTHING, Reads
from silhouette_plan.plan.base import Config, Element
from silhouette_plan.plan.records import record
from silhouette_plan.program.package import Judges, Package
from silhouette_plan.program.steps import Act, ActAsync, After, AfterAsync, Judge, Take, TimerStep
from silhouette_plan.values.template import Template


@record
class Level:
    """The scoped elements among the children of one element, compiled, in tree order."""

    configs: tuple[Config, ...] = ()
    before: tuple[Act | ActAsync, ...] = ()
    timers: tuple[TimerStep, ...] = ()
    after: tuple[After | AfterAsync, ...] = ()
    judges: tuple[tuple[str | None, Judge], ...] = ()
    listeners: tuple[After, ...] = ()
    checks: tuple[After, ...] = ()
    measures: tuple[After, ...] = ()
    around: tuple[Callable[[Take], Take], ...] = ()
    transactions: frozenset[int] = frozenset()
    reads: Reads = NOTHING

    def is_empty(self) -> bool:
        """Whether it adds nothing."""
        return self == Level()


class Scope:
    """The levels down to one element. ``transaction`` is the scope inside the nearest parent transaction, if any."""

    def __init__(self, level: Level, outer: Scope | None = None, transaction: Scope | None = None) -> None:
        self.level = level
        self.outer = outer
        self.transaction = transaction

    def inside(self, level: Level, *, parent_transaction: bool = False) -> Scope:
        """The scope one level further in."""
        if level.is_empty() and not parent_transaction:
            return self
        inner = Scope(level, self, self.transaction)
        if parent_transaction:
            inner.transaction = inner
        return inner

    def package(self, node: Element, label: Template, take: Take) -> Package:
        """The sampler ``node`` called ``label`` with all that applies to it here."""
        return Package(
            node=node,
            # Where its name calls a function, reading it once more than JMeter does could be noticed.
            label=None if "${__" in node.name else label,
            take=take,
            before=self.before,
            timers=self.timers,
            after=self.after,
            judges=self.judges,
            listeners=self.listeners,
            all_listeners=self.all_listeners,
            open_to=self.open_to,
        )

    @cached_property
    def configs(self) -> tuple[Config, ...]:
        """Innermost first."""
        return self.level.configs + (self.outer.configs if self.outer else ())

    @cached_property
    def timers(self) -> tuple[TimerStep, ...]:
        """Innermost first."""
        return self.level.timers + (self.outer.timers if self.outer else ())

    @cached_property
    def all_listeners(self) -> tuple[After, ...]:
        """Innermost first."""
        return self.level.listeners + (self.outer.all_listeners if self.outer else ())

    @cached_property
    def before(self) -> tuple[Act | ActAsync, ...]:
        """Outermost first."""
        return (self.outer.before if self.outer else ()) + self.level.before

    @cached_property
    def after(self) -> tuple[After | AfterAsync, ...]:
        """Outermost first."""
        return (self.outer.after if self.outer else ()) + self.level.after

    @cached_property
    def _named_judges(self) -> tuple[tuple[str | None, Judge], ...]:
        return (self.outer._named_judges if self.outer else ()) + self.level.judges

    @cached_property
    def _judges_inside_out(self) -> tuple[tuple[str | None, Judge], ...]:
        return self.level.judges + (self.outer._judges_inside_out if self.outer else ())

    @cached_property
    def judges(self) -> Judges:
        """Outermost first."""
        return judges_of(self._named_judges)

    @cached_property
    def transaction_judges(self) -> Judges:
        """Innermost first, as a transaction has them."""
        return judges_of(self._judges_inside_out)

    @cached_property
    def all_transactions(self) -> frozenset[int]:
        """The plain transactions in reach."""
        return self.level.transactions | (self.outer.all_transactions if self.outer else frozenset())

    @cached_property
    def listeners(self) -> tuple[After, ...]:
        """Those that receive a sample: in a parent transaction, all but those that receive the transaction."""
        if self.transaction is None:
            return self.checks + self.measures + self.all_listeners
        excluded = {id(listener) for listener in self.transaction.all_listeners}
        inner = self.checks + self.measures
        return inner + tuple(listener for listener in self.all_listeners if id(listener) not in excluded)

    @cached_property
    def around(self) -> tuple[Callable[[Take], Take], ...]:
        """Innermost first."""
        return self.level.around + (self.outer.around if self.outer else ())

    @cached_property
    def checks(self) -> tuple[After, ...]:
        """Outermost first; all of them before any measure, which may ask whether they held."""
        return (self.outer.checks if self.outer else ()) + self.level.checks

    @cached_property
    def measures(self) -> tuple[After, ...]:
        """Outermost first; for samples of samplers only."""
        return (self.outer.measures if self.outer else ()) + self.level.measures

    @cached_property
    def open_to(self) -> frozenset[int]:
        """The plain transactions that add a sample up, likewise."""
        if self.transaction is None:
            return self.all_transactions
        return self.all_transactions - self.transaction.all_transactions

    @cached_property
    def reads(self) -> Reads:
        """What is looked at in a sample."""
        return merged(self.level.reads, self.outer.reads) if self.outer else self.level.reads


def judges_of(named: tuple[tuple[str | None, Judge], ...]) -> Judges:
    """Assertions ready to judge, from their steps with names."""
    return Judges(
        tuple(judge for _, judge in named),
        tuple(name for name, _ in named),
        tuple(name for name, _ in named if name is not None),
    )
