"""Source to raw tokens: the terminals of the grammar, with comments and empty lines kept on the tokens.

Every character belongs to some terminal (``BAD`` takes what no other does), so scanning cannot fail.
"""

from __future__ import annotations

from silhouette_plan.language.grammar import terminals
from silhouette_plan.language.tokens import Comment, Source, Token


def scan(source: Source) -> list[Token]:
    """The tokens of a file: all but blanks and comments, newlines (``NEWLINE``) and ``SEMI`` still among them, ``END`` last.

    Comments are kept on the next token that is no separator.
    """
    tokens: list[Token] = []
    comments: list[Comment] = []
    newlines = 2  # since the last token or comment; the file begins as after an empty line
    code_on_line = False
    for match in terminals().finditer(source.text):
        kind = match.lastgroup or "BAD"
        if kind == "BLANK":
            continue
        if kind == "NEWLINE" or kind == "CONTINUE":
            newlines += 1
            code_on_line = False
            if kind == "NEWLINE":
                tokens.append(Token(kind, "\n", match.start(), match.end()))
        elif kind == "COMMENT":
            text = match.group()[1:].rstrip()
            comments.append(Comment(text, match.start(), match.end(), newlines > 1, code_on_line))
            newlines = 0
        else:
            token = Token(kind, match.group(), match.start(), match.end())
            tokens.append(token)
            code_on_line = True
            if kind != "SEMI":
                token.comments, comments = tuple(comments), []
                token.detached = newlines > 1
                newlines = 0
    end = Token("END", "", len(source.text), len(source.text))
    end.comments = tuple(comments)
    tokens.append(end)
    return tokens
