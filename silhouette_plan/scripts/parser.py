"""Tokens to a tree: precedence climbing for expressions, one method a statement."""

from __future__ import annotations

from collections.abc import Callable

from silhouette_plan.scripts import tree
from silhouette_plan.scripts.dialect import Dialect
from silhouette_plan.scripts.faults import ScriptFault, Unsupported
from silhouette_plan.scripts.lexer import Token, tokens, unescaped

MAX_DEPTH = 150
"""Expressions nested deeper are refused."""

_CONSTANTS = {"true": True, "false": False, "null": None}
_ASSIGNMENTS = frozenset(("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="))
_CONDITIONAL = 1


def parse(source: str, dialect: Dialect) -> tree.Block:
    """``source`` as a block. Raises ``ScriptFault`` for bad syntax and ``Unsupported``."""
    parser = _Parser(tokens(source, dialect.tokens, dialect.regexes), dialect)
    try:
        return parser.program()
    except RecursionError:
        raise Unsupported("nesting that deep") from None


class _Parser:
    def __init__(self, found: list[Token], dialect: Dialect) -> None:
        self.tokens = found
        self.position = 0
        self.depth = 0
        self.dialect = dialect

    # tokens

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def advance(self) -> Token:
        token = self.token
        self.position += 1
        return token

    def at(self, *texts: str) -> bool:
        return self.token.kind in ("operator", "name") and self.token.text in texts

    def accept(self, text: str) -> bool:
        if self.at(text):
            self.position += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.accept(text):
            raise ScriptFault(f"expected {text!r}, found {self.token.text or 'the end'!r}")

    def name(self) -> str:
        if self.token.kind != "name":
            raise ScriptFault(f"expected a name, found {self.token.text or 'the end'!r}")
        return self.advance().text

    # statements

    def program(self) -> tree.Block:
        statements: list[tree.Node] = []
        while self.token.kind != "end":
            self.statements_into(statements)
        return tree.Block(tuple(statements))

    def statements_into(self, statements: list[tree.Node]) -> None:
        """One statement, or an empty one."""
        if not self.accept(";"):
            statements.append(self.statement())

    def statement(self) -> tree.Node:
        if self.token.kind == "name":
            word = self.token.text
            if word in self.dialect.refused:
                raise Unsupported(f"`{word}`")
            read = _STATEMENTS.get(word)
            if read is not None and not (word == "function" and self.tokens[self.position + 1].text == "("):
                self.position += 1
                return read(self)
        if self.at("{") and not (self.dialect.sets and self.looks_like_literal()):
            return self.block()
        expression = self.expression()
        self.end_of_statement()
        return expression

    def end_of_statement(self) -> None:
        """``;``, a new line, ``}`` or the end; JEXL also lets the next statement follow at once."""
        if self.accept(";") or self.at("}") or self.token.kind == "end" or self.token.newline or self.dialect.sets:
            return
        raise ScriptFault(f"expected ';', found {self.token.text!r}")

    def looks_like_literal(self) -> bool:
        """Whether the ``{`` here begins a JEXL set or map: what follows it up to ``,`` ``:`` or ``}`` is one operand."""
        following = [token.text for token in self.tokens[self.position + 1 : self.position + 3]]
        simple = self.tokens[self.position + 1].kind in ("number", "text", "name")
        return following[:1] == [":"] or (simple and len(following) > 1 and following[1] in (",", ":", "}"))

    def block(self) -> tree.Block:
        self.expect("{")
        statements: list[tree.Node] = []
        with self:
            while not self.accept("}"):
                if self.token.kind == "end":
                    raise ScriptFault("expected '}', found the end")
                self.statements_into(statements)
        return tree.Block(tuple(statements))

    def body(self) -> tree.Node:
        with self:
            if self.accept(";"):
                return tree.Block(())
            return self.block() if self.at("{") else self.statement()

    def condition(self) -> tree.Node:
        self.expect("(")
        condition = self.expression()
        self.expect(")")
        return condition

    def if_statement(self) -> tree.Node:
        condition = self.condition()
        yes = self.body()
        if self.at(";") and self.tokens[self.position + 1].text == "else":
            self.position += 1
        return tree.If(condition, yes, self.body() if self.accept("else") else None)

    def while_statement(self) -> tree.Node:
        return tree.Loop(None, self.condition(), None, self.body())

    def do_statement(self) -> tree.Node:
        body = self.body()
        self.expect("while")
        condition = self.condition()
        self.accept(";")
        return tree.Loop(None, condition, None, body, after=True)

    def for_statement(self) -> tree.Node:
        self.expect("(")
        declared = self.at("var", "let", "const")
        ahead = self.position + (1 if declared else 0)
        if self.tokens[ahead].kind == "name" and self.tokens[ahead + 1].text in (":", "in", "of"):
            self.position = ahead
            name = self.name()
            keys = self.advance().text == "in"
            items = self.expression()
            self.expect(")")
            return tree.ForEach(name, items, self.body(), keys)
        start = None if self.at(";") else self.declaration() if declared and self.advance() else self.expression()
        self.accept(";")
        condition = None if self.at(";") else self.expression()
        self.expect(";")
        step = None if self.at(")") else self.expression()
        self.expect(")")
        return tree.Loop(start, condition, step, self.body())

    def declaration(self) -> tree.Node:
        names: list[tuple[str, tree.Node | None]] = []
        while True:
            name = self.name()
            names.append((name, self.assignment() if self.accept("=") else None))
            if not self.accept(","):
                break
        self.accept(";")
        return tree.Declare(tuple(names))

    def return_statement(self) -> tree.Node:
        bare = self.at(";", "}") or self.token.kind == "end"
        value = None if bare else self.expression()
        self.accept(";")
        return tree.Return(value)

    def jump(self, node: tree.Node) -> tree.Node:
        self.accept(";")
        return node

    def function_statement(self) -> tree.Node:
        name = self.name()
        return tree.Declare(((name, self.function()),))

    # expressions

    def __enter__(self) -> None:
        """``with self``: one level deeper."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unsupported(f"more than {MAX_DEPTH} levels of nesting")

    def __exit__(self, *_: object) -> None:
        self.depth -= 1

    def expression(self) -> tree.Node:
        first = self.assignment()
        while self.dialect.comma and self.accept(","):
            first = tree.Binary(",", first, self.assignment())
        return first

    def assignment(self) -> tree.Node:
        with self:
            if (lambda_ := self.arrow()) is not None:
                return lambda_
            target = self.binary(_CONDITIONAL)
            if self.token.kind == "operator" and self.token.text in _ASSIGNMENTS:
                operator = self.advance().text[:-1]
                if not isinstance(target, (tree.Name, tree.Member, tree.Index)):
                    raise ScriptFault("only a variable can be assigned to")
                return tree.Assign(operator, target, self.assignment())
            return target

    def arrow(self) -> tree.Node | None:
        """``x -> e``, ``(a, b) => e``: None where none stands here."""
        end = self.end_of_parameters()
        if end is None or self.tokens[end].text not in ("->", "=>"):
            return None
        parameters = tuple(token.text for token in self.tokens[self.position : end] if token.kind == "name")
        self.position = end + 1
        return tree.Function(parameters, self.block() if self.at("{") else self.assignment())

    def end_of_parameters(self) -> int | None:
        """The place behind a name or a list of names in parentheses; None where neither stands here."""
        end = self.position + 1
        if self.token.kind == "name":
            return end
        if not self.at("("):
            return None
        while self.tokens[end].kind == "name" or self.tokens[end].text == ",":
            end += 1
        return end + 1 if self.tokens[end].text == ")" else None

    def operator_here(self) -> str | None:
        """The binary operator that stands here, by its sign."""
        token = self.token
        if token.kind not in ("operator", "name"):
            return None
        sign = self.dialect.synonyms.get(token.text, token.text)
        return sign if sign in self.dialect.binary else None

    def binary(self, least: int) -> tree.Node:
        left = self.unary()
        before = 0
        while (operator := self.operator_here()) is not None and self.dialect.binary[operator] >= least:
            level = self.dialect.binary[operator]
            if level == before and level in self.dialect.single:
                raise ScriptFault(f"unexpected {operator!r} after a comparison")
            before = level
            self.position += 1
            with self:
                if operator == "?":
                    yes = self.assignment()
                    self.expect(":")
                    left = tree.Conditional(left, yes, self.assignment())
                else:
                    left = tree.Binary(operator, left, self.binary(level + (0 if operator in ("?:", "??") else 1)))
        return left

    def unary(self) -> tree.Node:
        token = self.token
        if token.kind in ("operator", "name"):
            operator = self.dialect.synonyms.get(token.text, token.text)
            if operator in ("++", "--"):
                self.position += 1
                return tree.Update(operator[0], self.unary(), prefix=True)
            if operator in self.dialect.unary:
                self.position += 1
                with self:
                    return tree.Unary(operator, self.unary())
        return self.postfix(self.primary())

    def postfix(self, node: tree.Node) -> tree.Node:
        while True:
            if self.at(".", "?."):
                safe = self.advance().text == "?."
                node = tree.Member(node, self.name(), safe)
            elif self.accept("["):
                node = tree.Index(node, self.expression())
                self.expect("]")
            elif self.at("("):
                node = tree.Call(node, self.arguments())
            elif self.at("++", "--") and not self.token.newline:
                return tree.Update(self.advance().text[0], node, prefix=False)
            else:
                return node

    def arguments(self) -> tuple[tree.Node, ...]:
        self.expect("(")
        return self.listed(")")

    def listed(self, end: str) -> tuple[tree.Node, ...]:
        items: list[tree.Node] = []
        while not self.accept(end):
            items.append(self.assignment())
            if not self.at(end):
                self.expect(",")
        return tuple(items)

    def primary(self) -> tree.Node:
        token = self.advance()
        match token.kind:
            case "number":
                return tree.Literal(self.dialect.number(token.text))
            case "text":
                return tree.Literal(unescaped(token.text[1:-1]))
            case "regex":
                pattern, _, flags = token.text[1:].rpartition("/")
                return tree.RegexLiteral(pattern, flags)
            case "template":
                return self.template(token.text[1:-1])
            case "hole":
                return tree.Name(token.text)
            case "name":
                return self.word(token.text)
            case "operator":
                return self.bracketed(token.text)
            case _:
                raise ScriptFault("unexpected end")

    def word(self, word: str) -> tree.Node:
        if word in _CONSTANTS:
            return tree.Literal(_CONSTANTS[word])
        if word in self.dialect.refused:
            raise Unsupported(f"`{word}`")
        if word == "new":
            return self.new()
        if word == "function":
            return self.function()
        return tree.Name(word)

    def bracketed(self, bracket: str) -> tree.Node:
        with self:
            if bracket == "(":
                inside = self.expression()
                self.expect(")")
                return inside
            if bracket == "[":
                return tree.ListOf(self.listed("]"))
            if bracket == "{":
                return self.braces()
        raise ScriptFault(f"unexpected {bracket!r}")

    def braces(self) -> tree.Node:
        """A map, or a JEXL set."""
        if self.accept(":"):
            self.expect("}")
            return tree.MapOf(())
        entries: list[tuple[tree.Node, tree.Node]] = []
        items: list[tree.Node] = []
        while not self.accept("}"):
            key = self.key()
            if self.accept(":"):
                entries.append((key, self.assignment()))
            else:
                items.append(key)
            if not self.at("}"):
                self.expect(",")
        if items and (entries or not self.dialect.sets):
            raise ScriptFault("expected ':' in a map")
        return tree.SetOf(tuple(items)) if items else tree.MapOf(tuple(entries))

    def key(self) -> tree.Node:
        if self.token.kind == "name" and self.tokens[self.position + 1].text == ":":
            return tree.Literal(self.advance().text)
        return self.assignment()

    def new(self) -> tree.Node:
        if self.accept("("):
            first, *rest = self.listed(")") or (tree.Literal(None),)
            if not isinstance(first, tree.Literal) or not isinstance(first.value, str):
                raise Unsupported("`new` of a computed class")
            return tree.New(first.value, tuple(rest))
        name = self.name()
        while self.accept("."):
            name += f".{self.name()}"
        return tree.New(name, self.arguments() if self.at("(") else ())

    def function(self) -> tree.Node:
        if self.token.kind == "name":
            self.position += 1
        self.expect("(")
        parameters: list[str] = []
        while not self.accept(")"):
            parameters.append(self.name())
            self.accept(",")
        return tree.Function(tuple(parameters), self.block())

    def template(self, inside: str) -> tree.Node:
        parts: list[tree.Node] = []
        position = 0
        while (begin := inside.find("${", position)) >= 0:
            end = inside.find("}", begin)
            if end < 0:
                break
            parts.append(tree.Literal(unescaped(inside[position:begin])))
            parts.append(parse(inside[begin + 2 : end], self.dialect))
            position = end + 1
        parts.append(tree.Literal(unescaped(inside[position:])))
        return tree.Interpolated(tuple(parts))


_STATEMENTS: dict[str, Callable[[_Parser], tree.Node]] = {
    "if": _Parser.if_statement,
    "while": _Parser.while_statement,
    "do": _Parser.do_statement,
    "for": _Parser.for_statement,
    "var": _Parser.declaration,
    "let": _Parser.declaration,
    "const": _Parser.declaration,
    "return": _Parser.return_statement,
    "function": _Parser.function_statement,
    "break": lambda parser: parser.jump(tree.Break()),
    "continue": lambda parser: parser.jump(tree.Continue()),
}
