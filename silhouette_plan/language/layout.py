"""The layout: where statements end, which brackets belong together, and what the words `off`, `json` and `else` are.

What leaves it is always a sentence of the grammar, whatever came in; what is wrong is reported and mended on the way:

1. A newline ends a statement unless it stands inside ``( )``, ``[ ]`` or a JSON value, or behind a comma, an operator
   sign or ``and or not``.
2. A closing bracket closes the nearest bracket of its kind; those opened since are reported and closed first. A bracket
   that closes nothing is reported and dropped.
3. ``{`` at the beginning of a line belongs to the statement before it, and so does ``else``.
"""

from __future__ import annotations

from silhouette_plan.language.problems import Problems
from silhouette_plan.language.tokens import Token

DEPTH_LIMIT = 100
"""How deep brackets may nest, so that every later stage may recurse."""

_CLOSES = {"RBRACE": "LBRACE", "RPAR": "LPAR", "RSQB": "LSQB", "JCLOSE": "JOPEN"}
_CLOSER = {"LBRACE": ("RBRACE", "}"), "LPAR": ("RPAR", ")"), "LSQB": ("RSQB", "]"), "JOPEN": ("JCLOSE", "}")}
_GOES_ON = frozenset({"COMMA", "OP", "MINUS"})
_TAKEN = frozenset({"true", "false", "null", "and", "or", "not"})


def goes_on(token: Token) -> bool:
    """Whether a newline behind the token ends nothing."""
    return token.type in _GOES_ON or (token.type == "TAKEN" and token.text in ("and", "or", "not"))


def lay_out(tokens: list[Token], problems: Problems) -> list[Token]:
    """Tokens of the grammar's rule ``start``, from scanned ones."""
    return _Layout(tokens, problems).run()


class _Layout:
    def __init__(self, tokens: list[Token], problems: Problems) -> None:
        self.tokens = tokens
        self.problems = problems
        self.out: list[Token] = []
        self.stack: list[Token] = []
        self.separator: Token | None = None  # waiting to be written before the next token
        self.too_deep = 0  # brackets left out beyond the limit
        self.else_waits: Token | None = None  # an `else` whose block has not begun

    def run(self) -> list[Token]:
        for index, token in enumerate(self.tokens):
            match token.type:
                case "NEWLINE":
                    if not self._goes_on():
                        self._separate(token)
                case "SEMI":
                    self._separate(token)
                case "LBRACE" | "LSQB" | "LPAR":
                    self._open(token)
                case "RBRACE" | "RSQB" | "RPAR":
                    self._close(token)
                case "END":
                    self._finish()
                case "WORD":
                    self._word(token, self.tokens[index + 1])
                case _:
                    self._write(token)
        return self.out

    @property
    def _last(self) -> str:
        """The type of the last token written, a waiting separator included."""
        if self.separator is not None:
            return "_SEP"
        return self.out[-1].type if self.out else "_SEP"

    @property
    def _begins(self) -> bool:
        """Whether the next token begins a statement."""
        return not self._in_value and self._last in ("_SEP", "LBRACE", "OFF")

    @property
    def _in_json(self) -> bool:
        return bool(self.stack) and self.stack[-1].type == "JOPEN"

    @property
    def _in_value(self) -> bool:
        return bool(self.stack) and self.stack[-1].type != "LBRACE"

    def _goes_on(self) -> bool:
        """Whether a newline here ends nothing (rule 1)."""
        if self._in_value:
            return True
        return self.separator is None and bool(self.out) and goes_on(self.out[-1])

    def _separate(self, token: Token) -> None:
        while token.type == "SEMI" and self._in_value and not self._in_json:
            self._unclosed(self.stack[-1])
        if self.separator is not None and self.separator.type == "RBRACE":
            self.separator = token
        if self._in_json or self._last in ("_SEP", "LBRACE"):
            return
        if self._last == "OFF":
            self.problems.at("LP008", "`off` needs a statement behind it", self.out[-1])
            self.out.pop()
            return
        self._end_else()
        self.separator = token

    def _write(self, token: Token) -> None:
        if self.separator is not None:
            self.out.append(self.separator.tagged("_SEP"))
            self.separator = None
        self.out.append(token)

    # ---- words

    def _word(self, token: Token, following: Token) -> None:
        if self._in_json:
            self._write(token)
            return
        if token.text == "else" and self._continues_block():
            if self.separator is not None and self.separator.type != "RBRACE":
                self.problems.at("LP002", "`else` belongs on the line of the `}`", token)
            self.separator = None
            token.type = "ELSE"
            self.else_waits = token
        elif self._begins and token.text == "off" and self._last != "OFF":
            token.type = "OFF"
        elif self._begins and token.text == "json" and following.type in ("LBRACE", "LSQB"):
            token.type = "JSON"
        elif token.text in _TAKEN:
            token.type = "TAKEN"
        self._write(token)

    def _continues_block(self) -> bool:
        return not self._in_value and bool(self.out) and self.out[-1].type == "RBRACE"

    # ---- brackets

    def _open(self, token: Token) -> None:
        if len(self.stack) >= DEPTH_LIMIT:
            if not self.too_deep:
                self.problems.at("LP004", f"brackets nest deeper than {DEPTH_LIMIT}", token)
            self.too_deep += 1
            return
        if self._in_json or self._last == "JSON":
            token.type = "JOPEN" if token.type != "LPAR" else "BAD"
            if token.type == "BAD":
                self._write(token)
                return
        elif token.type == "LBRACE":
            self._before_block(token)
        self._write(token)
        self.stack.append(token)
        if token.type == "LBRACE":
            self.else_waits = None

    def _before_block(self, token: Token) -> None:
        while self._in_value:
            self._unclosed(self.stack[-1])
        if not self._begins:
            return
        if self.separator is not None and self.out[-1].type not in ("RBRACE", "JCLOSE"):
            self.problems.at("LP002", "`{` belongs on the line before", token, hint="a newline ends a statement")
            self.separator = None
            return
        self.problems.at("LP002", "this `{` has no statement before it", token, hint="a plain block is `block { … }`")
        self._write(Token("WORD", "block", token.start, token.start))

    def _close(self, token: Token) -> None:
        if self.too_deep:
            self.too_deep -= 1
            return
        if self._in_json:
            if token.type == "RPAR":
                token.type = "BAD"
                self._write(token)
                return
            token.type = "JCLOSE"
        opener = _CLOSES[token.type]
        if not any(open.type == opener for open in self._reachable(token)):
            self.problems.at("LP001", f"this `{token.text}` closes nothing", token)
            return
        while self.stack[-1].type != opener:
            self._unclosed(self.stack[-1])
        self._written_close(token)

    def _reachable(self, token: Token) -> list[Token]:
        """The open brackets that ``token`` may close: ``)`` and ``]`` never reach beyond their statement."""
        if token.type in ("RBRACE", "JCLOSE"):
            return self.stack
        begin = max((i for i, open in enumerate(self.stack) if open.type == "LBRACE"), default=-1)
        return self.stack[begin + 1 :]

    def _written_close(self, token: Token) -> None:
        if token.type == "RBRACE":
            if self._last == "OFF":
                self.problems.at("LP008", "`off` needs a statement behind it", self.out.pop())
            self._end_else()
            self.separator = None
        self.out.append(token)
        self.stack.pop()
        if token.type in ("RBRACE", "JCLOSE") and not self._in_json:
            self.separator = token

    def _unclosed(self, opener: Token) -> None:
        self.problems.at("LP001", f"this `{opener.text}` is never closed", opener)
        kind, text = _CLOSER[opener.type]
        self._written_close(Token(kind, text, self.out[-1].end, self.out[-1].end))

    def _end_else(self) -> None:
        if self.else_waits is None:
            return
        self.problems.at("LP012", "`else` needs a block", self.else_waits)
        self.else_waits = None
        at = self.out[-1].end
        self.out += [Token("LBRACE", "{", at, at), Token("RBRACE", "}", at, at)]

    def _finish(self) -> None:
        while self.stack:
            self._unclosed(self.stack[-1])
        if self._last == "OFF":
            self.problems.at("LP008", "`off` needs a statement behind it", self.out.pop())
        self._end_else()
        self.separator = None
