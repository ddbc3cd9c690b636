"""Signed notes, checkpoints, cosignatures, `.tlog-proof` and the reader's policy (proof.md section 5)."""

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from strict import Malformed, b64, need, text, uint

LOG, COSIGNER, COSIGNER_ML_DSA = 1, 4, 6
_KEY_LENGTHS = {LOG: 32, COSIGNER: 32, COSIGNER_ML_DSA: 1312}
_LAST_SECOND = 253_402_300_799  # 9999-12-31T23:59:59Z: a later time cannot be written down
_P = (1 << 255) - 19
_ORDER = (1 << 252) + 27742317777372353535851937790883648493


@lru_cache(maxsize=4096)
def ed25519(public, signature, message):
    """Ed25519 without cofactor; S < L, A in its one canonical encoding (R is compared as bytes)."""
    if len(public) != 32 or len(signature) != 64 or int.from_bytes(signature[32:], "little") >= _ORDER:
        return False
    y = int.from_bytes(public, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= _P or (sign and y in (1, _P - 1)):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


@dataclass(frozen=True)
class NoteKey:
    name: str
    id: bytes
    type: int
    public: bytes


def key_id(name, type_and_key):
    return sha256(name.encode() + b"\n" + type_and_key).digest()[:4]


def _key_name(name):
    need(name != "" and "+" not in name and not any(c.isspace() for c in name), "not a key name")
    return name


def parse_vkey(chars):
    """`name+hex8+b64(type, key)`; the stated id is compared with the formula."""
    parts = chars.split("+", 2)
    need(len(parts) == 3, "not a verifier key")
    name, stated, encoded = parts
    raw = b64(encoded)
    need(len(raw) > 1 and _KEY_LENGTHS.get(raw[0]) == len(raw) - 1, "unknown key type or length")
    need(stated == key_id(_key_name(name), raw).hex(), "the key's id is not its hash")
    return NoteKey(name, bytes.fromhex(stated), raw[0], raw[1:])


def split_note(raw):
    """Text, and its signature lines as (key name, payload)."""
    chars = text(raw)
    need(all(c >= " " or c == "\n" for c in chars), "control character")
    cut = chars.rfind("\n\n")
    need(cut >= 0, "no blank line")
    body, lines = chars[:cut + 1], chars[cut + 2:].split("\n")[:-1]
    need(1 <= len(lines) <= 100, "no signature line, or more than 100")
    signatures = []
    for line in lines:
        need(line.startswith("— "), "not a signature line")
        name, space, encoded = line[2:].partition(" ")
        payload = b64(encoded)
        need(space == " " and len(payload) >= 5, "not a signature line")
        signatures.append((_key_name(name), payload))
    return body, signatures


def line_time(key, payload, body):
    """0 for a log's valid line, the time of a cosigner's, None if the line does not verify."""
    message = body.encode()
    if key.type == LOG:
        return 0 if ed25519(key.public, payload[4:], message) else None
    if key.type != COSIGNER or len(payload) != 76:
        return None
    time = int.from_bytes(payload[4:12], "big")
    if not 0 < time <= _LAST_SECOND:
        return None
    signed = b"cosignature/v1\ntime %d\n" % time + message
    return time if ed25519(key.public, payload[12:], signed) else None


class Rejected(ValueError):
    """A note of good form with a line that a configured key does not bear out."""


def verified_lines(body, signatures, keys):
    """(key, time) of each line by a configured key. One that fails rejects the note."""
    known = {}
    for key in keys:
        known.setdefault((key.name, key.id), []).append(key)
    verified = []
    for name, payload in signatures:
        matching = known.get((name, payload[:4]), [])
        if len(matching) > 1:
            raise Rejected("two keys of one name and id")
        for key in matching:
            time = line_time(key, payload, body)
            if time is None:
                raise Rejected(f"signature of {name} does not verify")
            verified.append((key, time))
    return verified


def parse_checkpoint(body):
    """Origin, size and root; extension lines are refused."""
    lines = body.split("\n")
    need(len(lines) == 4 and lines[0] != "", "not three lines")
    return lines[0], uint(lines[1]), b64(lines[2], 32)


@dataclass
class Policy:
    """The reader's trust: logs, witnesses and the quorum over them."""

    raw: bytes
    logs: list = field(default_factory=list)
    witnesses: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)  # in order of definition, so members come first
    quorum: str = None

    def meets(self, names):
        """Whether these witnesses are a quorum."""
        if self.quorum == "none":
            return True
        holds = {name: name in names for name in self.witnesses}
        for name, (least, members) in self.groups.items():
            holds[name] = sum(holds[m] for m in members) >= least
        return holds[self.quorum]

    def not_after(self, times):
        """Smallest t so that the witnesses of a time <= t are a quorum."""
        return next((t for t in sorted(set(times.values()))
                     if self.meets({w for w, at in times.items() if at <= t})), None)

    def not_before(self, times):
        """Largest t so that the witnesses of a time >= t are a quorum."""
        return next((t for t in sorted(set(times.values()), reverse=True)
                     if self.meets({w for w, at in times.items() if at >= t})), None)


def parse_policy(raw):
    policy, grouped = Policy(raw), set()
    for line in text(raw)[:-1].split("\n"):
        need(not any(unicodedata.category(c) == "Cc" and c != "\t" for c in line), "control character")
        words = [w for w in line.replace("\t", " ").split(" ") if w]
        if not words or words[0].startswith("#"):
            continue
        kind, rest = words[0], words[1:]
        if kind == "log" and 1 <= len(rest) <= 2:
            policy.logs.append(_policy_key(policy, rest[0], (LOG,)))
        elif kind == "witness" and 2 <= len(rest) <= 3:
            _new_name(policy, rest[0])
            policy.witnesses[rest[0]] = _policy_key(policy, rest[1], (COSIGNER, COSIGNER_ML_DSA))
        elif kind == "group" and len(rest) >= 3:
            name, least, members = rest[0], rest[1], rest[2:]
            _new_name(policy, name)
            for member in members:
                need(member in policy.witnesses or member in policy.groups, f"{member} is not defined")
                need(member not in grouped, f"{member} is in two groups")
                grouped.add(member)
            count = {"all": len(members), "any": 1}.get(least) or uint(least)
            need(1 <= count <= len(members), "a group that asks for more than it has")
            policy.groups[name] = (count, members)
        elif kind == "quorum" and len(rest) == 1:
            need(policy.quorum is None, "quorum twice")
            need(rest[0] in ("none", *policy.witnesses, *policy.groups), f"{rest[0]} is not defined")
            policy.quorum = rest[0]
        else:
            raise Malformed(f"not a policy line: {kind}")
    need(policy.quorum is not None, "no quorum")
    return policy


def _new_name(policy, name):
    need(name != "none" and name not in policy.witnesses and name not in policy.groups, f"{name} twice")


def _policy_key(policy, chars, types):
    key = parse_vkey(chars)
    need(key.type in types, "a key of another type than the line asks for")
    known = [*policy.logs, *policy.witnesses.values()]
    need(all(key.public != other.public for other in known), "a public key twice")
    return key


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint as the reader's policy sees it; `fault` is None or a verdict word."""

    raw: bytes
    origin: str
    size: int
    root: bytes
    fault: str
    detail: str
    not_before: int
    not_after: int
    first_time: int  # smallest time of any cosignature line, verified or not: the manifest's `created`


@lru_cache(maxsize=4096)
def _open(raw, policy_raw):
    policy = parse_policy(policy_raw)
    body, signatures = split_note(raw)
    origin, size, root = parse_checkpoint(body)
    stamps = [int.from_bytes(p[4:12], "big") for _, p in signatures if len(p) == 76]
    fault = detail = before = after = None
    try:
        if all(log.name != origin for log in policy.logs):
            fault, detail = "wrong-origin", origin
        else:
            verified = verified_lines(body, signatures, [*policy.logs, *policy.witnesses.values()])
            times = {}
            for key, time in verified:
                for name, witness in policy.witnesses.items():
                    if witness == key:
                        times.setdefault(name, time)
            if not any(key.type == LOG and key.name == origin for key, _ in verified):
                fault, detail = "bad-checkpoint", "not signed by a listed log of this origin"
            elif not policy.meets(set(times)):
                fault, detail = "no-quorum", f"{len(times)} of the reader's witnesses"
            elif policy.quorum != "none":
                before, after = policy.not_before(times), policy.not_after(times)
    except Rejected as e:
        fault, detail = "bad-checkpoint", str(e)
    return Checkpoint(raw, origin, size, root, fault, detail, before, after, min(stamps, default=None))


def open_checkpoint(raw, policy):
    """Malformed, or the checkpoint with what the policy says of it."""
    return _open(raw, policy.raw)


def parse_tlog_proof(raw):
    """Index, path, and the note's bytes. The note is not read here: it is compared."""
    head, blank, note = raw.partition(b"\n\n")
    need(blank != b"", "no blank line")
    lines = text(head + b"\n")[:-1].split("\n")
    need(lines[0] == "c2sp.org/tlog-proof@v1", "another first line")
    rest = lines[1:]
    if rest and rest[0].startswith("extra "):
        b64(rest.pop(0)[6:])
    need(rest and rest[0].startswith("index "), "no index")
    path = [b64(line, 32) for line in rest[1:]]
    need(len(path) <= 63, "more than 63 hashes")
    return uint(rest[0][6:]), path, note


def parse_consistency(raw, size):
    """The older root and the path of a `consistency/<size>.txt`."""
    lines = text(raw)[:-1].split("\n")
    words = lines[0].split(" ")
    need(len(words) == 3 and words[0] == "from" and uint(words[1]) == size, "another first line")
    need(len(lines) <= 64, "more than 63 hashes")
    return b64(words[2], 32), [b64(line, 32) for line in lines[1:]]
