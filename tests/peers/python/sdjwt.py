"""JWS, JWK, SD-JWT and the claims of a leaf (proof.md section 6, RFC 9901 section 7.1)."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from merkle import leaf_hash
from notes import ed25519
from strict import Malformed, b64u, jcs, need, parse_json, text, to_b64u

MAX_LEAF = 16_384
_LEAF_HEADER = re.compile(r'\{"alg":"Ed25519","typ":"trade-event\+sd-jwt","kid":"([A-Za-z0-9_-]{43})"\}')


def is_int(value, least=0):
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def exactly(value, *names):
    """The value is an object of just these members."""
    need(isinstance(value, dict) and set(value) == set(names), f"not exactly {', '.join(names)}")
    return value


@dataclass(frozen=True)
class Jwk:
    """A public key of the two kinds a JWS of ours may have."""

    alg: str
    raw: bytes
    thumbprint: str

    def verifies(self, signature, signed):
        if self.alg == "Ed25519":
            return ed25519(self.raw, signature, signed)
        return _es256(self.raw, signature, signed)


@lru_cache(maxsize=4096)
def _es256(point, signature, signed):
    if len(signature) != 64:
        return False
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        public.verify(encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))
        return True
    except (InvalidSignature, ValueError):
        return False


def parse_jwk(value):
    """Just the members that the thumbprint covers (RFC 7638); a private key is refused with the rest."""
    need(isinstance(value, dict), "not a jwk")
    if value.get("kty") == "OKP":
        exactly(value, "crv", "kty", "x")
        need(value["crv"] == "Ed25519", "unknown curve")
        alg, raw = "Ed25519", b64u(value["x"], 32)
    else:
        exactly(value, "crv", "kty", "x", "y")
        need((value["kty"], value["crv"]) == ("EC", "P-256"), "unknown key type")
        alg, raw = "ES256", b"\x04" + b64u(value["x"], 32) + b64u(value["y"], 32)
    return Jwk(alg, raw, to_b64u(sha256(jcs(value)).digest()))


@dataclass(frozen=True)
class Jws:
    header: str
    payload: dict
    signature: bytes
    signed: bytes


def parse_jws(chars):
    parts = chars.split(".")
    need(len(parts) == 3, "not three parts")
    header, payload, signature = map(b64u, parts)
    body = parse_json(_utf8(payload))
    need(isinstance(body, dict), "the payload is not an object")
    return Jws(_utf8(header), body, signature, ".".join(parts[:2]).encode())


def _utf8(raw):
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None


def jws_header(jws, typ):
    """(alg, kid) of a header of exactly alg, typ and kid."""
    header = exactly(parse_json(jws.header), "alg", "typ", "kid")
    need(header["typ"] == typ, f"typ is not {typ}")
    need(header["alg"] in ("Ed25519", "ES256"), "alg is not allowed")
    b64u(header["kid"], 32)
    return header["alg"], header["kid"]


def split_sdjwt(raw):
    """The issuer's JWT and the disclosure strings; the last tilde ends the file."""
    chars = text(raw, final_lf=False)
    need(chars.endswith("~"), "no tilde at the end")
    jwt, *disclosures = chars[:-1].split("~")
    need(len(set(disclosures)) == len(disclosures), "a disclosure twice")
    return jwt, disclosures


def digest(disclosure):
    return to_b64u(sha256(disclosure.encode("ascii")).digest())


def read_disclosure(chars):
    value = parse_json(_utf8(b64u(chars)), integers_only=False)
    need(isinstance(value, list) and len(value) in (2, 3), "not a disclosure")
    need(isinstance(value[0], str), "a salt that is not text")
    if len(value) == 3:
        need(isinstance(value[1], str) and value[1] not in ("_sd", "..."), "a name that is not allowed")
    return value


def disclose(payload, disclosures):
    """The claims with what is disclosed put in place; every rule of a reader (RFC 9901 section 7.1)."""
    opened = {digest(d): read_disclosure(d) for d in disclosures}
    seen = set()

    def take(mark, length):
        b64u(mark, 32)
        need(mark not in seen, "a digest twice")
        seen.add(mark)
        found = opened.get(mark)
        need(found is None or len(found) == length, "a disclosure of another kind than its place")
        return found

    def walk(value):
        if isinstance(value, list):
            return [w for each in value for w in walk_element(each)]
        if not isinstance(value, dict):
            return value
        need("..." not in value, "the name ... outside an array")
        shown = {name: walk(inner) for name, inner in value.items() if name not in ("_sd", "_sd_alg")}
        marks = value.get("_sd", [])
        need(isinstance(marks, list), "_sd is not an array")
        for mark in marks:
            found = take(mark, 3)
            if found is not None:
                need(found[1] not in shown and found[1] not in value, "a name that is already there")
                shown[found[1]] = walk(found[2])
        return shown

    def walk_element(each):
        if not (isinstance(each, dict) and "..." in each):
            return [walk(each)]
        found = take(exactly(each, "...")["..."], 2)
        return [] if found is None else [walk(found[1])]

    try:
        claims = walk(payload)
    except RecursionError:
        raise Malformed("disclosures nested too deep") from None
    need(set(opened) <= seen, "a disclosure that nothing refers to")
    return claims


def _no_marks(value):
    if isinstance(value, dict):
        need("_sd" not in value and "..." not in value, "digests below the top level")
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        _no_marks(inner)


@dataclass(frozen=True)
class Leaf:
    hash: bytes
    kid: str
    claims: dict
    jws: Jws
    disclosures: list


_URL = re.compile(r"https?://[!-~]+")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_EVT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.v[1-9][0-9]*")


def _at(value):
    need(isinstance(value, str) and re.fullmatch(r"[0-9-]{10}T[0-9:]{8}\.[0-9]{3}Z", value), "at: not a time")
    try:
        datetime.strptime(value[:-5], "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        raise Malformed("at: not a time") from None


def _docs(value):
    for doc in _list(value):
        exactly(doc, "h", "mt", "sz")
        b64u(doc["h"], 32)
        need(isinstance(doc["mt"], str) and is_int(doc["sz"]), "docs: wrong type")


def _ref(value):
    for ref in _list(value):
        exactly(ref, "jti", "h")
        need(isinstance(ref["jti"], str) and _UUID.fullmatch(ref["jti"]), "ref: not an id")
        b64u(ref["h"], 32)


def _list(value):
    need(isinstance(value, list), "not an array")
    return value


def _digests(value):
    for mark in _list(value):
        b64u(mark, 32)
    need(value == sorted(set(value)), "_sd is not sorted")


def _matches(pattern):
    return lambda v: need(isinstance(v, str) and pattern.fullmatch(v), "wrong form")


def _act(value):
    need(1 <= len(_list(value)) <= 4 and all(isinstance(a, str) for a in value), "act: not 1 to 4 deeds")


def _object(value):
    need(isinstance(value, dict), "not an object")


_REQUIRED = {"iss", "iat", "jti", "evt", "item", "n", "prev", "said"}
_CLAIMS = {
    "iss": _matches(_URL),
    "iat": lambda v: need(is_int(v), "not seconds"),
    "jti": _matches(_UUID),
    "evt": _matches(_EVT),
    "at": _at,
    "item": lambda v: b64u(v, 32),
    "n": lambda v: need(is_int(v, 1), "not a position"),
    "prev": lambda v: b64u(v, 32),
    "ids": lambda v: [b64u(each, 32) for each in _list(v)],
    "said": _object,
    "judged": _object,
    "docs": _docs,
    "ref": _ref,
    "act": _act,
    "_sd_alg": lambda v: need(v == "sha-256", "another hash"),
    "_sd": _digests,
}


@lru_cache(maxsize=4096)
def parse_leaf(raw):
    """An `*.sdjwt` file of an event, in form; its signature is for whoever has the key."""
    jwt, disclosures = split_sdjwt(raw)
    need(len(jwt) <= MAX_LEAF, "longer than 16 384 bytes")
    jws = parse_jws(jwt)
    header = _LEAF_HEADER.fullmatch(jws.header)
    need(header is not None, "not the header of a leaf")
    b64u(header[1], 32)
    claims = jws.payload
    need(_REQUIRED <= set(claims), "a claim is missing")
    for name, value in claims.items():
        need(name in _CLAIMS, f"unknown claim {name}")
        try:
            _CLAIMS[name](value)
        except Malformed as e:
            raise Malformed(f"{name}: {e}") from None
        _no_marks(value)
    need(("_sd" in claims) == ("_sd_alg" in claims), "_sd without _sd_alg, or the reverse")
    disclose(claims, disclosures)
    for disclosure in disclosures:
        _no_marks(read_disclosure(disclosure)[-1])
    return Leaf(leaf_hash(jwt.encode("ascii")), header[1], claims, jws, disclosures)


def jwt_bytes(raw):
    """What was logged, whatever its form: the bytes before the first tilde."""
    return raw.split(b"~", 1)[0]


def deed_digest(claims):
    """What a party signs of a leaf: JCS of the members that the party states."""
    stated = {name: claims[name] for name in ("at", "ids", "said", "docs", "ref", "_sd") if name in claims}
    return to_b64u(sha256(jcs(stated)).digest())
