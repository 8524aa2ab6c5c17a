"""Words and signs of an expression, tagged by position; and where an expression ends.

Operands and operators alternate. Where an operand is wanted, a word is a name (or ``not``, a constant); where an operator is
wanted, a word is one of the operator words or belongs to no expression: there the expression ends.
"""

from __future__ import annotations

from silhouette_plan.language.problems import Mistake
from silhouette_plan.language.tokens import TEXTS, WORDS, Source, Token

OPERATOR_WORDS = {
    "or": "OR",
    "and": "AND",
    "contains": "COMPARE",
    "finds": "COMPARE",
    "matches": "COMPARE",
    "in": "IN",
    "is": "IS",
}
"""Words that are operators where only an operator can stand."""

KIND_WORDS = ("set", "null", "number", "text", "boolean", "array", "object", "empty")
"""What may stand behind ``is``."""

CONSTANTS = {"true": True, "false": False, "null": None}
"""Words that are values."""

_SIGNS = {"..": "DOTS", "+": "PLUS", "-": "DASH", "*": "TIMES", "/": "TIMES", "%": "TIMES"}
_COMPARISONS = frozenset({"==", "!=", "<", ">", "<=", ">="})
_FOREIGN = {"&": "and", "|": "or", "!": "not", "&&": "and", "||": "or"}
_COMPLEXITY_LIMIT = 100


def tag(tokens: list[Token], begin: int, source: Source) -> tuple[list[Token], int]:
    """The tagged tokens of the expression at ``begin``, and the index behind it. Raises ``Mistake``."""
    tagger = _Tagger(tokens, begin, source)
    while tagger.index < len(tokens) and tagger.step(tokens[tagger.index]):
        tagger.index += 1
    if tagger.wants_operand:
        end = tokens[-1].end if tokens else 0
        place = tokens[tagger.index] if tagger.index < len(tokens) else Token("END", "", end, end)
        raise Mistake("LP011", "a value is wanted here", place)
    return tagger.out, tagger.index


class _Tagger:
    def __init__(self, tokens: list[Token], begin: int, source: Source) -> None:
        self.tokens = tokens
        self.source = source
        self.index = begin
        self.out: list[Token] = []
        self.wants_operand = True
        self.depth = 0
        self.complexity = 0

    def step(self, token: Token) -> bool:
        """Take the token; False if the expression ends before it."""
        if token.type == "BAD":
            raise _bad(token)
        if token.type == "COLON":
            raise Mistake("LP011", "`:` has no meaning in an expression", token)
        if self.wants_operand:
            self._operand(token)
            return True
        return self._operator(token)

    def _write(self, token: Token, type: str, *, operand_next: bool) -> None:
        self.out.append(token if token.type == type else token.tagged(type))
        self.wants_operand = operand_next

    def _count(self, token: Token) -> None:
        self.complexity += 1
        if self.complexity > _COMPLEXITY_LIMIT:
            raise Mistake(
                "LP004",
                f"the expression has more than {_COMPLEXITY_LIMIT} operators",
                token,
                "compute a part with `set` first",
            )

    def _operand(self, token: Token) -> None:
        match token.type:
            case "MINUS" if self._negates_number(token):
                number = self.tokens[self.index + 1]
                self.index += 1
                self._write(
                    Token(number.type, f"-{number.text}", token.start, number.end), number.type, operand_next=False
                )
            case "MINUS":
                self._count(token)
                self._write(token, "NEGATE", operand_next=True)
            case "LPAR" | "LSQB":
                self._bracket(token)
            case "RPAR" | "RSQB" if self.out and self.out[-1].type in ("LPAR", "LSQB"):
                self.depth -= 1
                self._write(token, token.type, operand_next=False)
            case _ if token.type in WORDS:
                self._operand_word(token)
            case _ if token.type in TEXTS or token.type in ("NUMBER", "UNIT"):
                self._write(token, token.type, operand_next=False)
            case _:
                raise Mistake("LP011", f"a value is wanted here, not `{token.text}`", token)

    def _negates_number(self, token: Token) -> bool:
        following = self.tokens[self.index + 1] if self.index + 1 < len(self.tokens) else None
        return following is not None and following.type in ("NUMBER", "UNIT") and following.start == token.end

    def _bracket(self, token: Token) -> None:
        self.depth += 1
        self._write(token, token.type, operand_next=True)

    def _operand_word(self, token: Token) -> None:
        if token.text == "not":
            self._count(token)
            self._write(token, "NOT", operand_next=True)
        elif token.text in CONSTANTS:
            self._write(token, "CONSTANT", operand_next=False)
        elif token.text in ("and", "or"):
            raise Mistake("LP011", f"`{token.text}` wants a value before it", token)
        else:
            self._write(token, "NAME", operand_next=False)
            self.out[-1].span = self.source.span(token.start, token.end)

    def _operator(self, token: Token) -> bool:
        match token.type:
            case _ if token.type in WORDS:
                return self._operator_word(token)
            case "OP" | "MINUS":
                return self._sign(token)
            case "COMMA":
                if self.depth == 0:
                    return False
                self._write(token, "COMMA", operand_next=True)
            case "LPAR":
                if self.out[-1].type != "NAME" or self.out[-1].end != token.start:
                    return self._outside(token)
                self._bracket(token)
            case "RPAR" | "RSQB":
                if self.depth == 0:
                    return False
                self.depth -= 1
                self._write(token, token.type, operand_next=False)
            case _:
                return self._outside(token)
        return True

    def _outside(self, token: Token) -> bool:
        if self.depth == 0:
            return False
        raise Mistake("LP011", f"`{token.text}` stands where an operator must stand", token)

    def _operator_word(self, token: Token) -> bool:
        tagged = OPERATOR_WORDS.get(token.text)
        if tagged is None:
            return self._outside(token)
        self._count(token)
        self._write(token, tagged, operand_next=True)
        if tagged == "IS":
            self._kind(token)
        return True

    def _kind(self, token: Token) -> None:
        following = self.tokens[self.index + 1 : self.index + 3]
        if following and following[0].text == "not":
            self.index += 1
            self._write(following.pop(0), "NOT", operand_next=True)
        if not following or following[0].text not in KIND_WORDS:
            raise Mistake(
                "LP011", f"behind `is` stands one of {', '.join(KIND_WORDS)}", following[0] if following else token
            )
        self.index += 1
        self._write(following[0], "KIND", operand_next=False)

    def _sign(self, token: Token) -> bool:
        if token.text == "=":
            raise Mistake("LP011", "`=` sets; to compare, write `==`", token)
        if token.text in _COMPARISONS:
            self._count(token)
            self._write(token, "COMPARE", operand_next=True)
            return True
        if token.text != "..":
            self._check_blanks(token)
            self._count(token)
        self._write(token, _SIGNS[token.text], operand_next=True)
        return True

    def _check_blanks(self, token: Token) -> None:
        before = self.tokens[self.index - 1]
        after = self.tokens[self.index + 1] if self.index + 1 < len(self.tokens) else None
        if before.end == token.start or (after is not None and after.start == token.end):
            raise Mistake("LP011", f"`{token.text}` has a blank on both sides", token)


def _bad(token: Token) -> Mistake:
    if token.text in _FOREIGN:
        return Mistake("LP003", f"`{token.text}` is no operator", token, f"write `{_FOREIGN[token.text]}`")
    if token.text[0] in "\"'":
        return Mistake("LP003", "this text does not end on its line", token, 'longer text stands between `"""`')
    return Mistake("LP003", f"unexpected character `{token.text}`", token)
