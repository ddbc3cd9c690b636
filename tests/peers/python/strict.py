"""Strict reading of text, numbers, base64 and JSON (proof.md section 10), and JCS (RFC 8785).

Everything that a stranger may have written passes through here, and whatever has two spellings is
refused in all but one: a second spelling is a second file with the same meaning, and two verifiers
that read it differently are the attack.
"""

import base64
import binascii
import json
import math
import re
from decimal import Decimal

MAX_FILE = 1 << 20
MAX_UINT64 = (1 << 64) - 1
MAX_SAFE = (1 << 53) - 1
MAX_DEPTH = 16


class Malformed(ValueError):
    """What was read does not have the form that the text asks for."""


def need(condition, why):
    if not condition:
        raise Malformed(why)


def text(raw, final_lf=True):
    """The characters of a text file, or Malformed."""
    need(len(raw) <= MAX_FILE, "longer than 2^20 bytes")
    need(not raw.startswith(b"\xef\xbb\xbf"), "byte order mark")
    need(b"\r" not in raw, "carriage return")
    try:
        chars = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None
    need(not final_lf or chars.endswith("\n"), "no final line feed")
    return chars


_UINT = re.compile(r"0|[1-9][0-9]{0,19}")


def uint(chars):
    need(_UINT.fullmatch(chars) is not None, "not a plain decimal number")
    value = int(chars)
    need(value <= MAX_UINT64, "number beyond 64 bits")
    return value


def b64(chars, length=None):
    """Standard base64 with padding; decoding and encoding again must give the same characters."""
    try:
        raw = base64.b64decode(chars.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError):
        raise Malformed("not base64") from None
    need(base64.b64encode(raw).decode() == chars, "base64 with another spelling")
    need(length is None or len(raw) == length, "wrong number of bytes")
    return raw


_B64U = re.compile(r"[A-Za-z0-9_-]*")


def b64u(chars, length=None):
    """base64url without padding, one spelling only."""
    need(isinstance(chars, str) and _B64U.fullmatch(chars) is not None, "not base64url")
    need(len(chars) % 4 != 1, "not base64url")
    raw = base64.urlsafe_b64decode(chars + "=" * (-len(chars) % 4))
    need(to_b64u(raw) == chars, "base64url with another spelling")
    need(length is None or len(raw) == length, "wrong number of bytes")
    return raw


def to_b64u(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _members(pairs):
    found = dict(pairs)
    need(len(found) == len(pairs), "a member name twice")
    return found


def _refuse(_):
    raise Malformed("number of a kind that is not allowed here")


def _integer(chars):
    need(chars != "-0", "minus zero")
    need(len(chars) <= 400, "number too long")
    return int(chars)


def _finite(chars):
    value = float(chars)
    need(math.isfinite(value), "number beyond a double")
    return value


def _walk(value, depth, integers_only):
    if isinstance(value, str):
        need(not any(0xD800 <= ord(c) <= 0xDFFF for c in value), "unpaired surrogate")
    elif isinstance(value, (dict, list)):
        need(depth < MAX_DEPTH, "nested deeper than 16")
        inner = value
        if isinstance(value, dict):
            inner = list(value.values())
            for name in value:
                _walk(name, depth, integers_only)
        for each in inner:
            _walk(each, depth + 1, integers_only)
    elif integers_only and isinstance(value, int) and not isinstance(value, bool):
        need(abs(value) <= MAX_SAFE, "number beyond 2^53-1")


def parse_json(chars, integers_only=True):
    """One JSON value. Leaves, deeds and manifests hold integers only; disclosures may hold doubles."""
    try:
        value = json.loads(
            chars,
            object_pairs_hook=_members,
            parse_int=_integer if integers_only else (lambda c: int(c) if len(c) < 400 else _finite(c)),
            parse_float=_refuse if integers_only else _finite,
            parse_constant=_refuse,
        )
    except Malformed:
        raise
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None
    _walk(value, 0, integers_only)
    return value


def parse_jcs(raw):
    """A `*.json` file: its bytes are the canonical form of its value, and nothing follows."""
    chars = text(raw, final_lf=False)
    value = parse_json(chars)
    need(jcs(value) == raw, "not in canonical form")
    return value


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _quote(chars):
    return '"' + "".join(_ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in chars) + '"'


def _number(value):
    """ECMAScript's Number::toString: the shortest digits, placed by the exponent."""
    if value == 0:
        return "0"
    _, digits, exponent = Decimal(repr(abs(value))).as_tuple()
    shown = "".join(map(str, digits))
    point = len(shown) + exponent
    shown = shown.rstrip("0")
    if len(shown) <= point <= 21:
        shown += "0" * (point - len(shown))
    elif 0 < point <= 21:
        shown = f"{shown[:point]}.{shown[point:]}"
    elif -6 < point <= 0:
        shown = "0." + "0" * -point + shown
    else:
        fraction = f".{shown[1:]}" if len(shown) > 1 else ""
        shown = f"{shown[0]}{fraction}e{point - 1:+d}"
    return "-" + shown if value < 0 else shown


def _canonical(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{_quote(n)}:{_canonical(value[n])}" for n in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_canonical, value)) + "]"
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int) and abs(value) <= MAX_SAFE:
        return str(value)
    return _number(float(value))


def jcs(value):
    """The canonical bytes of a JSON value (RFC 8785)."""
    return _canonical(value).encode("utf-8")
