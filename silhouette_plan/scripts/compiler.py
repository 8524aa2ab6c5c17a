"""Trees to closures over an ``Execution``.

Loops and calls count steps, and text has a greatest length, so that no script holds up the other users for long.
"""

from __future__ import annotations

from collections.abc import Callable

from silhouette_plan.scripts import tree
from silhouette_plan.scripts.dialect import Dialect
from silhouette_plan.scripts.faults import ScriptFault, UndefinedName, Unsupported
from silhouette_plan.scripts.lexer import HOLE
from silhouette_plan.values.user import User

MAX_STEPS = 200_000
"""Passes through loops and calls of functions in one run of a script."""

MAX_TEXT = 5_000_000
"""Characters of one text."""


class Execution:
    """One run of a script: its user, its own variables, and the values of the holes in its source."""

    __slots__ = ("holes", "steps", "user", "variables")

    def __init__(self, user: User, holes: tuple[object, ...] = ()) -> None:
        self.user = user
        self.variables: dict[str, object] = {}
        self.steps = 0
        self.holes = holes

    def step(self) -> None:
        """Counts one pass. Raises ``Unsupported`` where a script runs too long."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise Unsupported(f"more than {MAX_STEPS} steps")


Evaluate = Callable[[Execution], object]


class _Return(Exception):
    def __init__(self, value: object) -> None:
        self.value = value


class _Break(Exception):
    pass


class _Continue(Exception):
    pass


class Closure:
    """A function made by a script."""

    __slots__ = ("body", "parameters")

    def __init__(self, parameters: tuple[str, ...], body: Evaluate) -> None:
        self.parameters = parameters
        self.body = body

    def call(self, execution: Execution, arguments: list[object], nothing: object) -> object:
        """Runs the body with its parameters as variables of their own."""
        execution.step()
        outer = execution.variables
        given = dict(zip(self.parameters, arguments + [nothing] * len(self.parameters), strict=False))
        execution.variables = outer | given
        try:
            return self.body(execution)
        except _Return as returned:
            return returned.value
        finally:
            inner = execution.variables
            outer.update((name, inner[name]) for name in outer if name not in given and name in inner)
            execution.variables = outer


def compile_tree(block: tree.Block, dialect: Dialect) -> Evaluate:
    """A closure that gives the value of the last statement."""
    try:
        run = _Compiler(dialect).compile(block)
    except RecursionError:
        raise Unsupported("an expression of that many operators") from None

    def evaluate(execution: Execution) -> object:
        try:
            return run(execution)
        except _Return as returned:
            return returned.value
        except (_Break, _Continue):
            raise ScriptFault("break or continue outside a loop") from None
        except RecursionError:
            raise Unsupported("too many nested calls") from None

    return evaluate


def checked_text(text: str) -> str:
    """``text``, unless it has grown too long."""
    if len(text) > MAX_TEXT:
        raise Unsupported(f"text of more than {MAX_TEXT} characters")
    return text


class _Compiler:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def compile(self, node: tree.Node) -> Evaluate:
        found: Evaluate = getattr(self, type(node).__name__)(node)
        return found

    def optional(self, node: tree.Node | None) -> Evaluate:
        nothing = self.dialect.nothing
        return (lambda execution: nothing) if node is None else self.compile(node)

    def tolerant(self, node: tree.Node) -> Evaluate:
        """The operand, null where it is an undefined name."""
        evaluate = self.compile(node)
        nothing = self.dialect.nothing

        def tolerate(execution: Execution) -> object:
            try:
                return evaluate(execution)
            except UndefinedName:
                return nothing

        return tolerate

    # values

    def Literal(self, node: tree.Literal) -> Evaluate:
        value = node.value
        if isinstance(value, str) and HOLE in value:
            return _with_holes(value)
        return lambda execution: value

    def RegexLiteral(self, node: tree.RegexLiteral) -> Evaluate:
        value = self.dialect.regex(node.pattern, node.flags)
        return lambda execution: value

    def Interpolated(self, node: tree.Interpolated) -> Evaluate:
        parts = [self.compile(part) for part in node.parts]
        text = self.dialect.text
        return lambda execution: "".join([text(part(execution)) for part in parts])

    def Name(self, node: tree.Name) -> Evaluate:
        name = node.name
        if name[0] == HOLE:
            number = ord(name[1]) - ord(HOLE) - 1
            return lambda execution: execution.holes[number]
        builtin = self.dialect.names.get(name)
        functions = self.dialect.functions

        def evaluate(execution: Execution) -> object:
            variables = execution.variables
            if name in variables:
                return variables[name]
            if builtin is not None:
                return builtin(execution.user)
            if name in functions:
                return functions[name]
            raise UndefinedName(f"undefined name {name}")

        return evaluate

    def Member(self, node: tree.Member) -> Evaluate:
        target, name, member, safe = self.compile(node.target), node.name, self.dialect.member, node.safe

        def evaluate(execution: Execution) -> object:
            value = target(execution)
            return None if safe and value is None else member(value, name)

        return evaluate

    def Index(self, node: tree.Index) -> Evaluate:
        target, key, index = self.compile(node.target), self.compile(node.key), self.dialect.index
        return lambda execution: index(target(execution), key(execution))

    def Call(self, node: tree.Call) -> Evaluate:
        arguments = [self.compile(argument) for argument in node.arguments]
        if isinstance(node.function, tree.Member):
            return self._method(node.function, arguments)
        function, nothing = self.compile(node.function), self.dialect.nothing

        def evaluate(execution: Execution) -> object:
            called = function(execution)
            values = [argument(execution) for argument in arguments]
            if isinstance(called, Closure):
                return called.call(execution, values, nothing)
            if callable(called):
                return called(*values)
            raise ScriptFault("what is called is no function")

        return evaluate

    def _method(self, member: tree.Member, arguments: list[Evaluate]) -> Evaluate:
        target, name, safe, call = self.compile(member.target), member.name, member.safe, self.dialect.call_method

        def evaluate(execution: Execution) -> object:
            value = target(execution)
            if safe and value is None:
                return None
            return call(value, name, [argument(execution) for argument in arguments])

        return evaluate

    def New(self, node: tree.New) -> Evaluate:
        arguments, construct, name = (
            [self.compile(argument) for argument in node.arguments],
            self.dialect.construct,
            node.name,
        )
        return lambda execution: construct(name, [argument(execution) for argument in arguments])

    def ListOf(self, node: tree.ListOf) -> Evaluate:
        items = [self.compile(item) for item in node.items]
        return lambda execution: [item(execution) for item in items]

    def SetOf(self, node: tree.SetOf) -> Evaluate:
        items = [self.compile(item) for item in node.items]
        return lambda execution: set(map(_hashable, [item(execution) for item in items]))

    def MapOf(self, node: tree.MapOf) -> Evaluate:
        entries = [(self.compile(key), self.compile(value)) for key, value in node.entries]
        return lambda execution: {_hashable(key(execution)): value(execution) for key, value in entries}

    def Function(self, node: tree.Function) -> Evaluate:
        body = self.compile(node.body)
        closure = Closure(node.parameters, body)
        return lambda execution: closure

    # operators

    def Unary(self, node: tree.Unary) -> Evaluate:
        operator = node.operator
        compiled = self.tolerant if operator in self.dialect.tolerant else self.compile
        operand, apply = compiled(node.operand), self.dialect.prefix[operator]
        return lambda execution: apply(operand(execution))

    def Binary(self, node: tree.Binary) -> Evaluate:
        operator = node.operator
        if operator in ("&&", "||", "?:", "??", ","):
            return self._deciding(node)
        left, right, apply = self.compile(node.left), self.compile(node.right), self.dialect.operate[operator]
        return lambda execution: apply(left(execution), right(execution))

    def _deciding(self, node: tree.Binary) -> Evaluate:
        """Operators that may leave their right side alone."""
        right, truth = self.compile(node.right), self.dialect.truth
        left = (self.tolerant if node.operator in self.dialect.tolerant else self.compile)(node.left)
        decides, choice, nothing = self.dialect.decides, self.dialect.choice, self.dialect.nothing

        def coalesce(execution: Execution) -> object:
            value = left(execution)
            return right(execution) if value is None or value is nothing else value

        def elvis(execution: Execution) -> object:
            value = left(execution)
            return value if choice(value) else right(execution)

        def both(execution: Execution) -> object:
            value = left(execution)
            if decides:
                return right(execution) if truth(value) else value
            return truth(value) and truth(right(execution))

        def either(execution: Execution) -> object:
            value = left(execution)
            if decides:
                return value if truth(value) else right(execution)
            return truth(value) or truth(right(execution))

        def sequence(execution: Execution) -> object:
            left(execution)
            return right(execution)

        return {"??": coalesce, "?:": elvis, "&&": both, "||": either, ",": sequence}[node.operator]

    def Conditional(self, node: tree.Conditional) -> Evaluate:
        compiled = self.tolerant if "?" in self.dialect.tolerant else self.compile
        condition, yes, no, choice = (
            compiled(node.condition),
            self.compile(node.yes),
            self.compile(node.no),
            self.dialect.choice,
        )
        return lambda execution: (yes if choice(condition(execution)) else no)(execution)

    def Assign(self, node: tree.Assign) -> Evaluate:
        value, store = self.compile(node.value), self._store(node.target)
        if node.operator:
            old, apply = self.compile(node.target), self.dialect.operate[node.operator]
            return lambda execution: store(execution, apply(old(execution), value(execution)))
        return lambda execution: store(execution, value(execution))

    def Update(self, node: tree.Update) -> Evaluate:
        old, store, apply = self.compile(node.target), self._store(node.target), self.dialect.operate[node.operator]
        one, prefix = self.dialect.number("1"), node.prefix

        def evaluate(execution: Execution) -> object:
            before = old(execution)
            after = store(execution, apply(before, one))
            return after if prefix else before

        return evaluate

    def _store(self, target: tree.Node) -> Callable[[Execution, object], object]:
        if isinstance(target, tree.Name):
            name = target.name
            if name[0] == HOLE:
                raise ScriptFault("only a variable can be assigned to")

            def store(execution: Execution, value: object) -> object:
                execution.variables[name] = value
                return value

            return store
        if isinstance(target, (tree.Index, tree.Member)):
            holder = self.compile(target.target)
            key = self.compile(target.key if isinstance(target, tree.Index) else tree.Literal(target.name))
            assign = self.dialect.assign_index

            def store_inside(execution: Execution, value: object) -> object:
                assign(holder(execution), key(execution), value)
                return value

            return store_inside
        raise ScriptFault("only a variable can be assigned to")

    # statements

    def Block(self, node: tree.Block) -> Evaluate:
        statements = [self.compile(statement) for statement in node.statements]
        if len(statements) == 1:
            return statements[0]
        nothing = self.dialect.nothing

        def evaluate(execution: Execution) -> object:
            value = nothing
            for statement in statements:
                value = statement(execution)
            return value

        return evaluate

    def Declare(self, node: tree.Declare) -> Evaluate:
        names = [(name, self.optional(value)) for name, value in node.names]

        def evaluate(execution: Execution) -> object:
            value: object = None
            for name, initial in names:
                value = execution.variables[name] = initial(execution)
            return value

        return evaluate

    def If(self, node: tree.If) -> Evaluate:
        condition, yes, no, truth = (
            self.compile(node.condition),
            self.compile(node.yes),
            self.optional(node.no),
            self.dialect.truth,
        )
        return lambda execution: (yes if truth(condition(execution)) else no)(execution)

    def Loop(self, node: tree.Loop) -> Evaluate:
        start, step, body = self.optional(node.start), self.optional(node.step), self.compile(node.body)
        condition = self.compile(node.condition or tree.Literal(True))
        truth, after, nothing = self.dialect.truth, node.after, self.dialect.nothing

        def evaluate(execution: Execution) -> object:
            value = nothing
            start(execution)
            first = after
            while first or truth(condition(execution)):
                first = False
                execution.step()
                try:
                    value = body(execution)
                except _Break:
                    break
                except _Continue:
                    pass
                step(execution)
            return value

        return evaluate

    def ForEach(self, node: tree.ForEach) -> Evaluate:
        items, body, name, keys = self.compile(node.items), self.compile(node.body), node.name, node.keys
        listed, nothing = self.dialect.items, self.dialect.nothing

        def evaluate(execution: Execution) -> object:
            value = nothing
            for item in listed(items(execution), keys):
                execution.step()
                execution.variables[name] = item
                try:
                    value = body(execution)
                except _Break:
                    break
                except _Continue:
                    continue
            return value

        return evaluate

    def Return(self, node: tree.Return) -> Evaluate:
        value = self.optional(node.value)

        def evaluate(execution: Execution) -> object:
            raise _Return(value(execution))

        return evaluate

    def Break(self, node: tree.Break) -> Evaluate:
        def evaluate(execution: Execution) -> object:
            raise _Break

        return evaluate

    def Continue(self, node: tree.Continue) -> Evaluate:
        def evaluate(execution: Execution) -> object:
            raise _Continue

        return evaluate


def _hashable(value: object) -> object:
    try:
        hash(value)
    except TypeError:
        raise Unsupported("a list or map as a key") from None
    return value


def _with_holes(text: str) -> Evaluate:
    """A text literal in which references of JMeter's stand."""
    first, *rest = text.split(HOLE)
    parts = [(ord(part[0]) - ord(HOLE) - 1, part[1:]) for part in rest]
    if not first and len(parts) == 1 and not parts[0][1]:
        only = parts[0][0]
        return lambda execution: execution.holes[only]

    def evaluate(execution: Execution) -> object:
        holes = execution.holes
        return first + "".join([f"{holes[number]}{tail}" for number, tail in parts])

    return evaluate
