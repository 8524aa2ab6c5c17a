"""Case, characters, digests, quoting."""

from __future__ import annotations

import hashlib
import logging
import re

from silhouette_plan.values.context import Evaluate, Function, Occurrence, of_texts
from silhouette_plan.values.java.numbers import decode_long
from silhouette_plan.values.java.strings import is_true, trim
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User

_LOGGER = logging.getLogger("silplan.values")


def _change_case(text: str, mode: str = "", variable: str = "") -> str:
    match (mode or "UPPER").upper():
        case "UPPER":
            return text.upper()
        case "LOWER":
            return text.lower()
        case "CAPITALIZE":
            return text[:1].title() + text[1:]
        case _:
            _LOGGER.warning("__changeCase: unknown mode %s", mode)
            return text


def _characters(*numbers: str) -> str:
    units: list[bytes] = []
    for number in numbers:
        try:
            units.append((decode_long(trim(number)) & 0xFFFF).to_bytes(2, "little"))
        except ValueError as error:
            _LOGGER.warning("__char: %s", error)
    return b"".join(units).decode("utf-16-le", "surrogatepass")


def quote_meta(text: str) -> str:
    """``Perl5Compiler.quotemeta``: a backslash before all but letters, digits and ``_``."""
    return "".join(character if character.isalnum() or character == "_" else f"\\{character}" for character in text)


_ALGORITHMS = {
    "MD5": "md5", "SHA": "sha1", "SHA-1": "sha1", "SHA-224": "sha224", "SHA-256": "sha256",
    "SHA-384": "sha384", "SHA-512": "sha512", "SHA-512/224": "sha512_224", "SHA-512/256": "sha512_256",
    "SHA3-224": "sha3_224", "SHA3-256": "sha3_256", "SHA3-384": "sha3_384", "SHA3-512": "sha3_512",
}  # fmt: skip


_SHORT_NAME = re.compile(r"SHA(?=1$|[2-9]\d\d(?!\d))")


def _digest(occurrence: Occurrence) -> Evaluate:
    algorithm_of, text_of, salt_of, upper_of = (occurrence.text(index) for index in range(4))
    store = occurrence.store(4)

    def evaluate(user: User) -> str:
        algorithm = _SHORT_NAME.sub("SHA-", algorithm_of(user).upper())
        if algorithm not in _ALGORITHMS:
            if algorithm == "MD2":
                raise ValueFault("__digest: MD2 is not supported")
            user.run.finding("VL007", f"__digest: no such algorithm: {algorithm}")
            return "null"
        data = (text_of(user) + salt_of(user)).encode("utf-8", "replace")
        value = hashlib.new(_ALGORITHMS[algorithm], data, usedforsecurity=False).hexdigest()
        value = value.upper() if is_true(upper_of(user)) else value
        if store is not None:
            store(user, value)
        return value

    return evaluate


TABLE = {
    "__changeCase": Function(1, 3, of_texts(_change_case), store=2),
    "__char": Function(1, None, of_texts(_characters)),
    "__digest": Function(2, 5, _digest),
    "__escapeOroRegexpChars": Function(1, 2, of_texts(lambda text, variable="": quote_meta(text)), store=1),
}
