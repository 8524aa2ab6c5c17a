"""Java's numbers as text and back (``Integer.parseInt``, ``Long.parseLong``, ``Double.toString``, single precision, wraparound)."""

from __future__ import annotations

import math
import re
import struct

_INTEGER = re.compile(r"[+-]?[0-9]+", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(NaN|Infinity|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[fFdD]?)", re.ASCII)
_DECODE = re.compile(r"([+-]?)(0[xX]|#|0(?=[0-7]))?([0-9a-fA-F]+)", re.ASCII)


def _bounded(text: str, bits: int) -> int:
    if not _INTEGER.fullmatch(text) or len(text) > 40:
        raise ValueError(f'For input string: "{text}"')
    number = int(text)
    if not -(1 << (bits - 1)) <= number < 1 << (bits - 1):
        raise ValueError(f'For input string: "{text}"')
    return number


def parse_int(text: str) -> int:
    """``Integer.parseInt``: sign and digits only, 32 bits; ValueError otherwise."""
    return _bounded(text, 32)


def parse_long(text: str) -> int:
    """``Long.parseLong``: sign and digits only, 64 bits; ValueError otherwise."""
    return _bounded(text, 64)


def decode_long(text: str) -> int:
    """``Long.decode``: decimal, ``0x`` or ``#`` hexadecimal, leading ``0`` octal; ValueError otherwise."""
    match = _DECODE.fullmatch(text)
    if match is None:
        raise ValueError(f'For input string: "{text}"')
    sign, prefix, digits = match.groups()
    base = 10 if prefix is None else 8 if prefix == "0" else 16
    number = int(sign + digits, base)
    if not -(1 << 63) <= number < 1 << 63:
        raise ValueError(f'For input string: "{text}"')
    return number


def parse_double(text: str) -> float:
    """``Double.parseDouble`` of trimmed text (no hexadecimal); ValueError otherwise."""
    stripped = text.strip()
    if not _DECIMAL.fullmatch(stripped):
        raise ValueError(f'For input string: "{text}"')
    return float(stripped.rstrip("fFdD") if stripped[-1] in "fFdD" else stripped.replace("Infinity", "inf"))


def wrap_int(number: int) -> int:
    """``number`` cut to 32 bits, as Java's ``int`` overflows."""
    return (number + 0x8000_0000 & 0xFFFF_FFFF) - 0x8000_0000


def wrap_long(number: int) -> int:
    """``number`` cut to 64 bits, as Java's ``long`` overflows."""
    return (number + (1 << 63) & (1 << 64) - 1) - (1 << 63)


def single_precision(number: float) -> float:
    """``(float) number``."""
    try:
        result: float = struct.unpack("f", struct.pack("f", number))[0]
    except OverflowError:
        return math.copysign(math.inf, number)
    return result


def double_text(number: float) -> str:
    """``Double.toString``: ``3.0``, ``1.0E10``, ``NaN``; plain between 1e-3 and 1e7."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "-0.0" if math.copysign(1, number) < 0 else "0.0"
    if 1e-3 <= abs(number) < 1e7:
        text = repr(number)
        return text if "e" not in text else f"{number:f}".rstrip("0")
    mantissa, exponent = _scientific(number)
    return f"{mantissa}E{exponent}"


def _scientific(number: float) -> tuple[str, int]:
    """Shortest digits of ``number`` as ``d.ddd`` and the power of ten."""
    sign = "-" if number < 0 else ""
    digits, _, power = repr(abs(number)).partition("e")
    whole, _, fraction = digits.partition(".")
    fraction = fraction.rstrip("0") if fraction != "0" else ""
    significant = (whole + fraction).lstrip("0")
    exponent = int(power or 0) + (len(whole) - 1 if whole != "0" else len(significant) - len(fraction) - 1)
    significant = significant.rstrip("0") or "0"
    return f"{sign}{significant[0]}.{significant[1:] or '0'}", exponent
