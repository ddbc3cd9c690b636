#!/usr/bin/python3
"""A small log of its own, and bundles from it: good ones, and drafts that a test may spoil.

    make_bundle.py OUT [--seed N] [--events N]      writes good and spoilt bundles, and LIST.jsonl with what
                                                    each of them must answer
    make_bundle.py OUT --many N [--seed N]          the same of N logs, with deltas, pins and random changes;
                                                    what they must answer, two verifiers have to agree on

Everything follows from the seed: keys, ids, times. It shares the hashing of JSON (strict.jcs) with the
verifier and nothing else: trees, notes, zip and tokens are made here by the plain recursive definitions.
"""

import argparse
import base64
import hmac
import json
import os
import random
import struct
import sys
import time
import zlib
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from credentials import RULE_SETS
from strict import jcs

ORIGIN = "ledger.example.org/trade-2026"
ISSUER = "https://ledger.example.org"
START = 1_767_578_400  # 2026-01-05T02:00:00Z
NEWEST = list(RULE_SETS)[-1]  # the rule set that judges new events


def b64(raw):
    return base64.b64encode(raw).decode()


def b64u(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def mac(key, *parts):
    return hmac.new(key, b"\x00".join(p if isinstance(p, bytes) else str(p).encode() for p in parts),
                    "sha256").digest()


# -- trees ----------------------------------------------------------------------------------------------


def leaf_hash(data):
    return sha256(b"\x00" + data).digest()


def node(left, right):
    return sha256(b"\x01" + left + right).digest()


def split(n):
    return 1 << (n - 1).bit_length() - 1


def mth(hashes):
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = split(len(hashes))
    return node(mth(hashes[:k]), mth(hashes[k:]))


def path(m, hashes):
    """PATH of proof.md section 2: the sibling of the leaf first."""
    if len(hashes) <= 1:
        return []
    k = split(len(hashes))
    if m < k:
        return path(m, hashes[:k]) + [mth(hashes[k:])]
    return path(m - k, hashes[k:]) + [mth(hashes[:k])]


def consistency(m, hashes, whole=True):
    """SUB of proof.md section 2."""
    if m == len(hashes):
        return [] if whole else [mth(hashes)]
    k = split(len(hashes))
    if m <= k:
        return consistency(m, hashes[:k], whole) + [mth(hashes[k:])]
    return consistency(m - k, hashes[k:], False) + [mth(hashes[:k])]


# -- keys and tokens ------------------------------------------------------------------------------------


class Ed25519Signer:
    alg = "Ed25519"

    def __init__(self, seed):
        self.private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.jwk = {"crv": "Ed25519", "kty": "OKP", "x": b64u(self.public)}
        self.thumbprint = b64u(sha256(jcs(self.jwk)).digest())

    def sign(self, message):
        return self.private.sign(message)


class Es256Signer:
    """ECDSA with a nonce from key and message, so that a seed gives the same bytes each time."""

    alg = "ES256"
    N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

    def __init__(self, seed):
        self.secret = int.from_bytes(seed, "big") % (self.N - 1) + 1
        numbers = derive_private_key(self.secret, SECP256R1()).public_key().public_numbers()
        x, y = (b64u(n.to_bytes(32, "big")) for n in (numbers.x, numbers.y))
        self.jwk = {"crv": "P-256", "kty": "EC", "x": x, "y": y}
        self.thumbprint = b64u(sha256(jcs(self.jwk)).digest())

    def sign(self, message):
        e = int.from_bytes(sha256(message).digest(), "big")
        k = int.from_bytes(mac(self.secret.to_bytes(32, "big"), "nonce", message), "big") % (self.N - 1) + 1
        r = derive_private_key(k, SECP256R1()).public_key().public_numbers().x % self.N
        s = pow(k, -1, self.N) * (e + r * self.secret) % self.N
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def jws(signer, typ, payload, header=None):
    head = {"alg": signer.alg, "typ": typ, "kid": signer.thumbprint, **(header or {})}
    signed = f"{b64u(compact(head))}.{b64u(compact(payload))}"
    return f"{signed}.{b64u(signer.sign(signed.encode()))}"


def key_line(name, type_byte, public):
    tagged = bytes([type_byte]) + public
    key_id = sha256(name.encode() + b"\n" + tagged).digest()[:4]
    return key_id, f"{name}+{key_id.hex()}+{b64(tagged)}"


# -- the world ------------------------------------------------------------------------------------------


@dataclass
class Party:
    name: str
    signer: object
    handle: str


@dataclass
class Leaf:
    jwt: str
    claims: dict
    disclosures: list

    @property
    def hash(self):
        return leaf_hash(self.jwt.encode())

    @property
    def serialised(self):
        return "~".join([self.jwt, *self.disclosures, ""]).encode()


@dataclass
class HeadMap:
    index: int
    size: int
    entries: dict
    root: bytes = b""
    levels: list = field(default_factory=list)


class World:
    """One operator, its log, its witnesses and some parties, on a clock that only deeds move."""

    def __init__(self, seed=1, witnesses=3, least=2):
        self.seed, self.clock = seed, START
        self.kh, self.salt_key = self.secret("kh"), self.secret("salt")
        self.log_key = Ed25519Signer(self.secret("log"))
        self.log_id, self.vkey = key_line(ORIGIN, 1, self.log_key.public)
        self.witnesses = {}
        for i in range(1, witnesses + 1):
            signer = Ed25519Signer(self.secret(f"witness {i}"))
            self.witnesses[f"w{i}"] = (f"witness.example.org/w{i}", signer)
        self.least = least
        self.leaf_key = Ed25519Signer(self.secret("leaf"))
        self.registrar = Ed25519Signer(self.secret("registrar"))
        self.leaves, self.heads, self.bound, self.maps, self.checkpoints = [], {}, {}, [], []
        self.parties, self.credentials = {}, {}
        self.seen = (0, mth([]))
        operator = self.stream("keys operator")
        self.append(operator, "key-registered.v1", {
            "thumbprint": self.leaf_key.thumbprint, "jwk": self.leaf_key.jwk, "purpose": "leaf",
            "custody": "service", "from": self.clock})

    def secret(self, name):
        return sha256(f"{self.seed} {name}".encode()).digest()

    def stream(self, name):
        text = self.secret(f"stream {name}").hex()
        return b64u(mac(self.kh, "stream", f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:32]}"))

    def identifier(self, kind, value):
        return b64u(mac(self.kh, "id", kind, value))

    @property
    def policy(self):
        lines = [f"log {self.vkey}"]
        for name, (key_name, signer) in self.witnesses.items():
            lines.append(f"witness {name} {key_line(key_name, 4, signer.public)[1]}")
        lines += [f"group all-of-them {self.least} {' '.join(self.witnesses)}", "quorum all-of-them", ""]
        return "\n".join(lines).encode()

    @property
    def registrars(self):
        return f"market-office {self.registrar.thumbprint}\n".encode()

    def jti(self, scope, key, position=0):
        raw = bytearray(mac(self.kh, "jti", scope, key, position)[:16])
        raw[6], raw[8] = raw[6] & 0x0F | 0x80, raw[8] & 0x3F | 0x80
        h = raw.hex()
        return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"

    def append(self, stream, evt, said, *, disclosed=(), by=(), signer=None, seconds=60, deeds=None, **more):
        """Logs one event. by: (role, party) of each deed; deeds(claims): others to take in their place.

        more: further claims, or other values of those that are made here.
        """
        self.clock += seconds
        index = len(self.leaves)
        n, prev = self.heads.get(stream, (0, bytes(32)))
        jti = self.jti("operator", f"command-{index}")
        claims = {"iss": ISSUER, "iat": self.clock, "jti": jti, "evt": evt, "item": stream, "n": n + 1,
                  "prev": b64u(prev), "said": said, "judged": {"ruleSet": NEWEST}}
        disclosures = []
        for position, (name, value) in enumerate(disclosed):
            salt = b64u(mac(self.salt_key, "salt", jti, position, name, sha256(jcs(value)).digest())[:16])
            disclosures.append(b64u(compact([salt, name, value])))
        if disclosures:
            digests = [b64u(sha256(d.encode()).digest()) for d in disclosures]
            wanted = next(c for c in (4, 8, 16, 32) if c >= len(digests))
            digests += [b64u(mac(self.salt_key, "decoy", jti, p)) for p in range(len(digests), wanted)]
            claims |= {"_sd_alg": "sha-256", "_sd": sorted(digests)}
        claims |= more
        order = ("iss iat jti evt at item n prev ids said judged docs ref act _sd_alg _sd").split()
        if by or deeds:
            claims["act"] = deeds(claims) if deeds else [self.deed(claims, role, party) for role, party in by]
        claims = {name: claims[name] for name in [*order, *claims] if claims.get(name) is not None}
        leaf = Leaf(jws(signer or self.leaf_key, "trade-event+sd-jwt", claims), claims, disclosures)
        self.leaves.append(leaf)
        self.heads[stream] = (claims["n"], leaf.hash)
        self.bound[stream] = (claims["n"], leaf.hash, index)
        for handle in claims.get("ids", []):
            self.bound[handle] = (self.bound.get(handle, (0,))[0] + 1, leaf.hash, index)
        return leaf

    def deed(self, claims, role, party, signer=None, /, **changes):
        """A party's own word for an event, as proof.md section 6 asks for it."""
        stated = {m: claims[m] for m in ("at", "ids", "said", "docs", "ref", "_sd") if claims.get(m) is not None}
        payload = {"party": party.handle, "role": role, "evt": claims["evt"], "item": claims["item"],
                   "jti": claims["jti"], "deed": b64u(sha256(jcs(stated)).digest()),
                   "seen": {"size": self.seen[0], "root": b64u(self.seen[1])}, "exp": self.clock + 900}
        return jws(signer or party.signer, "trade-deed+jwt", {**payload, **changes})

    def register(self, name, kind=Ed25519Signer, vouched=True, previous=None, **said):
        """A party's key, vouched for by the registrar or by an earlier key of the party."""
        handle, signer = self.stream(f"keys {name}"), kind(self.secret(f"party {name} {len(self.leaves)}"))
        stated = {"thumbprint": signer.thumbprint, "jwk": signer.jwk, "purpose": "deed", "custody": "own",
                  "from": self.clock, **said}
        wanted = {"party": handle, "thumbprint": signer.thumbprint, "purpose": stated["purpose"],
                  "from": stated["from"]}
        if stated["custody"] == "own":
            stated["pop"] = jws(signer, "trade-key+jwt", wanted)
            if previous is not None:
                stated["vouch"] = jws(previous, "trade-key+jwt", wanted)
            elif vouched:
                stated["vouch"] = jws(self.registrar, "trade-key+jwt", wanted)
                stated["voucher"] = self.registrar.jwk
            stated |= {name: v(wanted, signer) if callable(v) else v for name, v in said.items()}
        self.append(handle, "key-registered.v1", stated)
        self.parties[name] = Party(name, signer, handle)
        return self.parties[name]

    def revoke(self, party, since):
        return self.append(party.handle, "key-revoked.v1",
                           {"thumbprint": party.signer.thumbprint, "compromisedSince": since})

    def wipe(self, stream, party, change=None, **more):
        """A wipe credential signed by the party, and the event that names it. change(claims) may spoil it."""
        claims = {
            "iss": ISSUER, "iat": self.clock, "vct": f"{ISSUER}/vct/wipe/1", "jti": self.jti("wipe", len(self.leaves)),
            "item": stream, "device": {"kind": "phone"},
            "media": [{"ix": 0, "type": "ufs", "capacityBytes": 128 * 10**9, "mediumHandle": "m-0",
                       "action": {"technique": "ufs-purge", "result": "ok", "deviceStatus": {"code": 0},
                                  "bytesAddressed": 128 * 10**9, "unreached": [],
                                  "hidden": {"hpa": "absent", "dco": "absent", "ama": "absent"},
                                  "started": "2026-01-05T01:00:00Z", "finished": "2026-01-05T01:02:00Z"},
                       "check": {"method": "sampled", "samples": 2995, "residues": 0, "result": "pass"}}],
            "derived": {"level": "purge", "ruleset": NEWEST},
            "evidence": [{"h": b64u(bytes(32)), "mt": "application/pdf", "name": "report"}],
        }
        serial = b64u(compact([b64u(mac(self.salt_key, stream)[:16]), "serial", "SN-1"]))
        claims["device"]["_sd"] = [b64u(sha256(serial.encode()).digest())]
        if change:
            change(claims)
        token = jws(party.signer, "dc+sd-jwt", claims)
        mark = sha256(token.encode()).digest()
        self.credentials[b64u(mark)] = (mark.hex(), f"{token}~{serial}~".encode())
        return self.append(stream, "wipe-attested.v1", {"mediumIx": 0, "level": claims["derived"]["level"]},
                           docs=[{"h": b64u(mark), "mt": "application/dc+sd-jwt", "sz": len(token)}], **more)

    # -- checkpoints and head maps ------------------------------------------------------------------

    def hashes(self, size=None):
        return [leaf.hash for leaf in self.leaves[:size]]

    def note(self, size=None, only=None, at=None, log=None, origin=ORIGIN):
        """A checkpoint of this size, cosigned by all witnesses or by those named, each a second later."""
        size = len(self.leaves) if size is None else size
        body = f"{origin}\n{size}\n{b64(mth(self.hashes(size)))}\n"
        signer = log or self.log_key
        lines = [f"— {origin} {b64(key_line(origin, 1, signer.public)[0] + signer.sign(body.encode()))}\n"]
        for i, (name, (key_name, witness)) in enumerate(self.witnesses.items()):
            if only is not None and name not in only:
                continue
            time = (at or {}).get(name, self.clock + i)
            signature = witness.sign(f"cosignature/v1\ntime {time}\n{body}".encode())
            key_id = key_line(key_name, 4, witness.public)[0]
            lines.append(f"— {key_name} {b64(key_id + time.to_bytes(8, 'big') + signature)}\n")
        return (body + "\n" + "".join(lines)).encode()

    def publish(self, seconds=5, **how):
        self.clock += seconds
        size = len(self.leaves)
        self.checkpoints.append((size, self.note(**how)))
        self.seen = (size, mth(self.hashes()))

    def map_heads(self, change=None, evt="head-map.v1", **more):
        """Logs a head map of what is there; change(entries) may make it lie."""
        entries = {key: bytes(base64.urlsafe_b64decode(key + "=")) + struct.pack(">Q", n) + h + struct.pack(">Q", i)
                   for key, (n, h, i) in self.bound.items()}
        if change:
            change(entries)
        made = HeadMap(len(self.leaves), len(self.leaves), entries)
        buckets = {}
        for entry in sorted(entries.values()):
            buckets.setdefault(int.from_bytes(entry[:2], "big"), []).append(leaf_hash(entry))
        level = {b: leaf_hash(mth(hashes)) for b, hashes in buckets.items()}
        empty = leaf_hash(mth([]))
        for _ in range(16):
            made.levels.append((level, empty))
            level = {i >> 1: node(level.get(i & ~1, empty), level.get(i | 1, empty)) for i in level}
            empty = node(empty, empty)
        made.root = level.get(0, empty)
        said = {"treeSize": made.size, "mapSize": len(entries), "mapRoot": b64u(made.root)}
        self.append(self.stream("log"), evt, {**said, **more}, judged=None)
        self.maps.append(made)

    def member(self, made, key):
        """The member of one key in a head map, as the JSON value."""
        entry = made.entries[key]
        bucket = int.from_bytes(entry[:2], "big")
        peers = sorted(e for e in made.entries.values() if e[:2] == entry[:2])
        index = peers.index(entry)
        hashes = path(index, [leaf_hash(e) for e in peers])
        for height, (level, empty) in enumerate(made.levels):
            hashes.append(level.get(bucket >> height ^ 1, empty))
        return {"bucketSize": len(peers), "index": index, "entry": entry.hex(), "hashes": [b64(h) for h in hashes]}

    # -- bundles ------------------------------------------------------------------------------------

    def draft(self, stream, made=-1, checkpoint=None, upto=None, first=1, head_map=True):
        """A bundle of one stream against a checkpoint, by default the newest, as a Draft."""
        size, note = checkpoint or self.checkpoints[-1]
        made = self.maps[made] if head_map else None
        events = [i for i, leaf in enumerate(self.leaves[:size]) if leaf.claims["item"] == stream]
        if upto is None and made:
            upto = int.from_bytes(made.entries[stream][32:40], "big")
        events = events[first - 1:upto]
        draft = Draft(self, {"handle": stream, "headMap": made.index if made else None})
        files = draft.files = {"policy.txt": self.policy, "checkpoint.txt": note}
        for n, index in enumerate(events, first):
            self._put(files, f"events/{n:04d}", index, size, note)
        linked = self._linked(events, size)
        for index in linked:
            self._put(files, f"linked/{self.leaves[index].claims['jti']}", index, size, note)
        shown = [*events, *linked]
        if made:
            chains = self._chains([*events, *linked, made.index])
            for thumbprint, (handle, leaves) in chains.items():
                files[f"keys/{thumbprint}.json"] = jcs({"handle": handle, **self.member(made, handle)})
                for n, index in enumerate(leaves, 1):
                    self._put(files, f"keys/{thumbprint}/{n:04d}", index, size, note)
                    shown.append(index)
            self._put(files, "headmap/leaf", made.index, size, note)
            files["headmap/member.json"] = jcs(self.member(made, stream))
            for index in events:
                for handle in self.leaves[index].claims.get("ids", []):
                    if handle in made.entries:
                        name = base64.urlsafe_b64decode(handle + "=").hex()
                        files[f"ids/{name}.json"] = jcs(self.member(made, handle))
            for mark, (name, raw) in self.credentials.items():
                if any(mark == doc["h"] for i in events for doc in self.leaves[i].claims.get("docs", [])):
                    files[f"credentials/{name}.sdjwt"] = raw
        sizes = {s for i in shown for s in self._around(i)}
        if made:
            sizes |= {max((s for s, _ in self.checkpoints if s <= made.size), default=0)}
        for older, text in self.checkpoints:
            if older in sizes and older < size and f"notes/{older}.txt" not in files:
                files[f"notes/{older}.txt"] = text
                files[f"consistency/{older}.txt"] = self.consistency_file(older, size)
        files["report.html"] = "<!doctype html><title>报告</title><p>Only a verifier's run counts.</p>\n".encode()
        return draft

    def _linked(self, events, size):
        """The leaves that notes among these name."""
        refs = {self.leaves[i].claims["said"].get("ref") for i in events
                if self.leaves[i].claims["evt"] == "linked-fact-noted.v1"}
        return [i for i, leaf in enumerate(self.leaves[:size]) if leaf.claims["jti"] in refs]

    def consistency_file(self, older, size):
        lines = [f"from {older} {b64(mth(self.hashes(older)))}", *map(b64, consistency(older, self.hashes(size)))]
        return ("\n".join(lines) + "\n").encode()

    def _around(self, index):
        lower = max((s for s, _ in self.checkpoints if s <= index), default=0)
        return lower, min((s for s, _ in self.checkpoints if s > index), default=0)

    def _put(self, files, name, index, size, note):
        files[f"{name}.sdjwt"] = self.leaves[index].serialised
        hashes = "".join(b64(h) + "\n" for h in path(index, self.hashes(size)))
        files[f"{name}.tlog-proof"] = f"c2sp.org/tlog-proof@v1\nindex {index}\n{hashes}\n".encode() + note

    def _chains(self, indices):
        """The key chain of each key that signs one of these leaves or deeds, and of their signers."""
        owners = {leaf.claims["said"]["thumbprint"]: leaf.claims["item"] for leaf in self.leaves
                  if leaf.claims["evt"] == "key-registered.v1"}
        chains, todo = {}, list(indices)
        covered = self.maps[-1].size
        while todo:
            leaf = self.leaves[todo.pop()]
            tokens = [leaf.jwt, *leaf.claims.get("act", [])]
            tokens += [self.credentials[doc["h"]][1].decode() for doc in leaf.claims.get("docs", [])
                       if doc["h"] in self.credentials]
            for kid in (json.loads(base64.urlsafe_b64decode(t.split(".")[0] + "===")).get("kid") for t in tokens):
                if kid in owners and kid not in chains:
                    chain = [i for i, other in enumerate(self.leaves[:covered])
                             if other.claims["item"] == owners[kid]]
                    if chain:
                        chains[kid] = (owners[kid], chain)
                        todo += chain
        return chains


def place(name):
    """The order of the format, as a sort key."""
    kinds = ("manifest.json", "policy.txt", "checkpoint.txt", "notes/", "consistency/", "events/", "linked/", "keys/",
             "credentials/", "headmap/", "ids/", "report.html")
    kind = next((i for i, k in enumerate(kinds) if name.startswith(k)), 99)
    tail = name.split("/")[-1].split(".")[0]
    number = int(tail) if kind in (3, 4, 5) and tail.isdigit() else 0
    return kind, number, ("leaf.s", "leaf.t", "member").index(name[8:14]) if kind == 9 and name[8:14] in (
        "leaf.s", "leaf.t", "member") else 0, name


def zip_bytes(entries, **fields):
    """A zip file of the one allowed form; fields: values to write instead, for tests of the reader."""
    local, central, gap = b"", b"", fields.get("gap", b"")
    for name, content in entries:
        local += gap if local else b""
        raw = name.encode()
        sums = struct.pack("<3I", zlib.crc32(content), len(content), len(content))
        made, needed, flags, method, time, date = (fields.get(f, d) for f, d in (
            ("made", 10), ("needed", 10), ("flags", 0), ("method", 0), ("time", 0), ("date", 0x21)))
        extra = fields.get("extra", b"")
        same = struct.pack("<5H", needed, flags, method, time, date) + sums
        central += b"PK\x01\x02" + struct.pack("<H", made) + same + struct.pack(
            "<5H2I", len(raw), len(extra), 0, 0, 0, fields.get("attributes", 0), len(local)) + raw + extra
        local += b"PK\x03\x04" + same + struct.pack("<2H", len(raw), len(extra)) + raw + extra + content
    end = struct.pack("<4H2IH", 0, 0, len(entries), len(entries), len(central), len(local),
                      len(fields.get("comment", b"")))
    return local + central + b"PK\x05\x06" + end + fields.get("comment", b"")


@dataclass
class Draft:
    """The files of a bundle before they are packed. Spoil them, then `zip`: the manifest follows."""

    world: World
    meta: dict
    files: dict = field(default_factory=dict)

    def copy(self):
        return Draft(self.world, dict(self.meta), dict(self.files))

    def manifest(self, **changes):
        checkpoint = self.files["checkpoint.txt"]
        times = [int.from_bytes(p[4:12], "big") for p in (base64.b64decode(line.split()[-1])
                 for line in checkpoint.decode().split("\n\n")[-1].splitlines()) if len(p) == 76]
        disclosed = {b64u(sha256(d).digest()) for name, raw in self.files.items() if name.endswith(".sdjwt")
                     for d in raw.split(b"~")[1:-1]}
        value = {
            "format": "trade-provenance-bundle/1", **self.meta,
            "events": sum(name.startswith("events/") and name.endswith(".sdjwt") for name in self.files),
            "size": int(checkpoint.split(b"\n")[1]),
            "created": utc(min(times)) if times else "1970-01-01T00:00:00Z",
            "disclosed": sorted(disclosed),
            "files": {n: sha256(c).hexdigest() for n, c in self.files.items() if n != "report.html"},
        }
        return jcs({**value, **changes})

    def zip(self, order=None, fields=None, **changes):
        """The packed bundle; changes: members of the manifest to write instead."""
        files = {"manifest.json": self.manifest(**changes), **self.files}
        names = sorted(files, key=place)
        return zip_bytes([(name, files[name]) for name in (order(names) if order else names)], **(fields or {}))

    # -- ways to spoil it, each returns a changed copy -----------------------------------------------

    def without(self, *prefixes):
        made = self.copy()
        made.files = {n: c for n, c in self.files.items() if not n.startswith(prefixes)}
        return made

    def without_event(self, n):
        return self.without(f"events/{n:04d}.")

    def without_head_map(self):
        made = self.without("headmap/", "ids/", "keys/")
        made.meta["headMap"] = None
        return made

    def without_notes(self):
        return self.without("notes/", "consistency/")

    def replaced(self, name, content):
        made = self.copy()
        made.files[name] = content(made.files[name]) if callable(content) else content
        return made

    def flipped(self, name, position, bit=1):
        raw = bytearray(self.files[name])
        raw[position] ^= bit
        return self.replaced(name, bytes(raw))

    def swapped(self, one, other):
        made = self.copy()
        made.files[one], made.files[other] = self.files[other], self.files[one]
        return made

    def noted(self, note):
        """The same with another checkpoint.txt, and that note in every proof."""
        made, old = self.copy(), self.files["checkpoint.txt"]
        made.files = {n: c.replace(old, note) if n.endswith((".tlog-proof", "checkpoint.txt")) else c
                      for n, c in self.files.items()}
        return made

    def delta_after(self, base):
        """This draft cut to what a bundle of the same stream does not have yet."""
        since = int(base.files["checkpoint.txt"].split(b"\n")[1])
        had = sum(n.startswith("events/") and n.endswith(".sdjwt") for n in base.files)
        made = self.without(*[f"events/{n:04d}." for n in range(1, had + 1)],
                            *[n for n in base.files if n.startswith("linked/")])
        made.files.setdefault(f"consistency/{since}.txt", self.world.consistency_file(
            since, int(self.files["checkpoint.txt"].split(b"\n")[1])))
        made.meta |= {"since": since, "first": had + 1}
        return made


def utc(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


# -- stories --------------------------------------------------------------------------------------------


def vin(rng):
    return "LSV" + "".join(rng.choice("0123456789ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(14))


def trade(world, events, name="car", every=2, number=None):
    """The life of one item: `events` leaves with other streams between them. Returns its stream."""
    rng = random.Random(f"{world.seed} {name}")
    stream, number = world.stream(f"item {name}"), number or vin(rng)
    dealer = world.parties.get("dealer") or world.register("dealer")
    buyer = world.parties.get("buyer") or world.register("buyer", Es256Signer)
    world.publish()
    def linked():
        batch = world.stream(f"batch {name}")
        lead = world.append(batch, "export-licence-granted.v1", {"validUntil": "2026-12-31"},
                            disclosed=[("licenceNo", "26-51-1")])
        world.append(stream, "linked-fact-noted.v1",
                     {"evt": "export-licence-granted", "ref": lead.claims["jti"], "stream": batch})

    steps = (
        lambda: world.append(stream, "item-listed.v1", {"market": "market-1", "askFen": rng.randrange(10**8)},
                             disclosed=[("seller", "王小明")], by=[("lister", dealer)]),
        lambda: world.append(stream, "odometer-observed.v1", {"valueKm": rng.randrange(10**5), "source": "desk"}),
        lambda: world.append(stream, "custody-transferred.v1", {"location": "成都"}, at="2026-01-05T01:00:00.000Z",
                             by=[("from", dealer), ("to", buyer)]),
        lambda: world.append(stream, "item-inspected.v1", {"standard": "GB/T 30323-2013"}, docs=[
            {"h": b64u(sha256(rng.randbytes(20)).digest()), "mt": "image/jpeg", "sz": 20}],
            disclosed=[(f"note{i}", {"text": "刮痕 <1&2>", "cm": i, "ratio": 0.25}) for i in range(5)]),
        linked,
    )
    for n in range(events):
        if n == 0:
            world.append(stream, "item-registered.v1", {"category": "used-car"},
                         ids=[world.identifier("vin", number)], by=[("registrant", dealer)],
                         disclosed=[("identifiers", [{"kind": "vin", "value": number}]), ("owner", "李雷")])
        else:
            steps[n % len(steps)]()
        if rng.random() < 0.5:
            world.append(world.stream(f"other {rng.randrange(5)}"), "item-listed.v1", {"market": "market-2"})
        if n % every == every - 1:
            world.publish()
    return stream


def story(events=3, seed=1, witnesses=3, least=2):
    """A world with one item of so many events, mapped and published. Returns world and stream."""
    world = World(seed, witnesses, least)
    world.publish()
    stream = trade(world, events)
    world.publish()
    world.map_heads()
    world.publish()
    return world, stream


def spoilt(draft):
    """Named ways to spoil a good bundle of three events or more, each of which must not be valid."""
    last = max(int(n[7:11]) for n in draft.files if n.startswith("events/"))
    notes = [n for n in draft.files if n.startswith("notes/")]
    key = next(n for n in draft.files if n.startswith("keys/") and n.endswith(".json"))
    identifier = next(n for n in draft.files if n.startswith("ids/"))
    yield "first-event-dropped", draft.without_event(1).zip()
    yield "middle-event-dropped", draft.without_event(2).zip()
    yield "last-event-dropped", draft.without_event(last).zip()
    yield "no-head-map", draft.without_head_map().zip()
    yield "no-key-chain", draft.without(key[:-5]).zip()
    yield "no-identifier-member", draft.without(identifier).zip()
    yield "notes-swapped", draft.swapped(notes[0], notes[-1]).zip()
    yield "proofs-swapped", draft.swapped("events/0001.tlog-proof", "events/0002.tlog-proof").zip()
    yield "events-swapped", draft.swapped("events/0001.sdjwt", "events/0002.sdjwt").zip()
    linked = [n[:-6] for n in draft.files if n.startswith("linked/") and n.endswith(".sdjwt")]
    if linked:
        yield "linked-flipped", draft.flipped(f"{linked[0]}.sdjwt", 200).zip()
        yield "linked-without-proof", draft.without(f"{linked[0]}.tlog-proof").zip()
    yield "checkpoint-flipped", draft.flipped("checkpoint.txt", 40).zip()
    yield "leaf-flipped", draft.flipped("events/0002.sdjwt", 200).zip()
    yield "entries-out-of-order", draft.zip(order=lambda names: [names[1], names[0], *names[2:]])
    yield "deflated", draft.zip(fields={"method": 8})
    yield "hash-of-another-file", draft.zip(files={
        **json.loads(draft.manifest())["files"], "checkpoint.txt": "0" * 64})


def variants(world, stream, rng):
    """(name, raw, further arguments as bytes or text) of good bundles of one log and of spoilt ones."""
    draft = world.draft(stream)
    good = draft.zip()
    yield "good", good, {}
    yield "all-required", good, {"require": "witnessed,saidBy,complete,time"}
    yield "pinned", good, {"pin": rng.choice(world.checkpoints)[1]}
    yield "unmapped", draft.without_head_map().zip(), {"require": "existed"}
    if "events/0003.sdjwt" in draft.files:
        yield from ((name, raw, {}) for name, raw in spoilt(draft))
    names = [n for n in draft.files if n not in ("report.html", "policy.txt", "checkpoint.txt")]
    for i in range(8):
        name = rng.choice(names)
        spot = rng.randrange(len(draft.files[name]))
        yield f"entry-{i}", draft.flipped(name, spot, rng.randrange(1, 256)).zip(), {}
    for i in range(4):
        raw = bytearray(good)
        raw[rng.randrange(len(raw))] ^= rng.randrange(1, 256)
        yield f"byte-{i}", bytes(raw), {}
    world.append(stream, "odometer-observed.v1", {"valueKm": 9}), world.publish(), world.map_heads(), world.publish()
    delta = world.draft(stream).delta_after(draft).zip()
    yield "delta", delta, {"base": good}
    yield "delta-alone", delta, {}
    yield "delta-on-itself", delta, {"base": delta}


def write_many(out, count, seed):
    lines = []
    for s in range(seed, seed + count):
        witnesses = 3 + s % 2
        world, stream = story(1 + s % 6, s, witnesses, witnesses - 1)
        folder = os.path.abspath(os.path.join(out, f"{s:04d}"))
        os.makedirs(folder, exist_ok=True)

        def write(name, raw):
            with open(os.path.join(folder, name), "wb") as f:
                f.write(raw)
            return os.path.join(folder, name)

        shared = {"policy": write("policy.txt", world.policy), "registrars": write("registrars.txt", world.registrars)}
        for name, raw, more in variants(world, stream, random.Random(s)):
            more = {k: write(f"{name}.{k}", v) if isinstance(v, bytes) else v for k, v in more.items()}
            lines.append(json.dumps({"file": write(f"{name}.zip", raw), **shared, **more}))
    with open(os.path.join(out, "LIST.jsonl"), "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")
    return 0


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=5)
    parser.add_argument("--many", type=int, default=0)
    asked = parser.parse_args(arguments)
    if asked.many:
        return write_many(asked.out, asked.many, asked.seed)
    world, stream = story(max(asked.events, 3), asked.seed)
    draft = world.draft(stream)
    os.makedirs(asked.out, exist_ok=True)

    def write(name, raw):
        with open(os.path.join(asked.out, name), "wb") as f:
            f.write(raw)
        return os.path.abspath(os.path.join(asked.out, name))

    policy, registrars = write("policy.txt", world.policy), write("registrars.txt", world.registrars)
    lines = []
    for name, raw in [("good", draft.zip()), *spoilt(draft)]:
        asked_of = {"file": write(f"{name}.zip", raw), "policy": policy, "registrars": registrars}
        lines.append(json.dumps({"name": name, "valid": name == "good", "arguments": asked_of}))
    write("LIST.jsonl", ("\n".join(lines) + "\n").encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
