"""Key chains of a bundle: who may sign what, and who vouched for it (proof.md section 6)."""

from dataclasses import dataclass, field

from merkle import leaf_hash, root_of
from sdjwt import exactly, is_int, jws_header, parse_jwk, parse_jws
from strict import MAX_UINT64, Malformed, b64, b64u, need, parse_jcs, to_b64u

PURPOSES = ("leaf", "deed", "wipe", "credit", "receipt")
ZERO = bytes(32)


@dataclass(frozen=True)
class Member:
    """What a head map says of one key: how many leaves, which the newest is, and where it stands."""

    key: bytes
    count: int
    leaf: bytes
    index: int


def parse_member(raw, map_root, *more):
    """A `member.json` and its like under this map root; `more` names further members of the object."""
    value = exactly(parse_jcs(raw), "bucketSize", "index", "entry", "hashes", *more)
    size, index, entry, hashes = (value[name] for name in ("bucketSize", "index", "entry", "hashes"))
    need(is_int(size, 1) and is_int(index), "not a position in a bucket")
    need(isinstance(entry, str) and len(entry) == 160 and entry == entry.lower(), "not an entry in hex")
    need(isinstance(hashes, list) and 16 <= len(hashes) <= 16 + 63, "not a path of hashes")
    need(all(isinstance(h, str) for h in hashes), "not a path of hashes")
    path = [b64(h, 32) for h in hashes]
    try:
        packed = bytes.fromhex(entry)
    except ValueError:
        raise Malformed("not an entry in hex") from None
    need(packed.hex() == entry, "not an entry in hex")
    bucket_root = root_of(leaf_hash(packed), index, size, path[:-16])
    need(bucket_root is not None, "no such place in a bucket")
    bucket = int.from_bytes(packed[:2], "big")
    need(root_of(leaf_hash(bucket_root), bucket, 1 << 16, path[-16:]) == map_root, "not in the head map")
    member = Member(packed[:32], int.from_bytes(packed[32:40], "big"), packed[40:72],
                    int.from_bytes(packed[72:], "big"))
    need(1 <= member.count <= MAX_UINT64, "an entry without leaves")
    return member, value


@dataclass
class Registered:
    """One key as its chain registers it."""

    thumbprint: str
    item: object  # the leaf that registers it, with its index
    jwk: object
    purpose: str
    own: bool
    start: int
    end: int
    party: str
    revocations: list = field(default_factory=list)  # seconds from which the key is not to be trusted
    vouched: bool = False

    def revoked(self, at):
        return any(at >= since for since in self.revocations)

    def fault(self, index, at):
        """The verdict word that the key deserves at this time, or None."""
        if self.revoked(at):
            return "key-revoked"
        if self.end is not None and at > self.end:
            return "key-expired"
        late = index is not None and self.item.index > index
        return "key-not-yet-valid" if at < self.start or late else None


def _seconds(said, name, absent):
    if name not in said:
        return absent
    need(is_int(said[name]), f"{name} is not in seconds")
    return said[name]


def read_registration(item):
    """The key that a `key-registered` leaf registers."""
    claims = item.leaf.claims
    said = claims["said"]
    jwk = parse_jwk(said.get("jwk"))
    need(said.get("thumbprint") == jwk.thumbprint, "thumbprint and jwk differ")
    need(said.get("purpose") in PURPOSES and said.get("custody") in ("own", "service"), "purpose or custody")
    need(is_int(said.get("from")), "from is not in seconds")
    return Registered(jwk.thumbprint, item, jwk, said["purpose"], said["custody"] == "own", said["from"],
                      _seconds(said, "to", None), claims["item"])


def read_chain(items, member):
    """The keys of one chain by thumbprint. items: its leaves in order, each of them in form."""
    keys, handle = {}, to_b64u(member.key)
    previous = ZERO
    for n, item in enumerate(items, 1):
        claims = item.leaf.claims
        need(item.included, f"leaf {n} is not in the log")
        need(claims["item"] == handle and claims["n"] == n, f"leaf {n} is of another place or chain")
        need(b64u(claims["prev"]) == previous, f"leaf {n} does not follow the one before it")
        previous = item.hash
        if claims["evt"] == "key-registered.v1":
            key = read_registration(item)
            need(key.thumbprint not in keys, "a key registered twice")
            keys[key.thumbprint] = key
        else:
            need(claims["evt"] == "key-revoked.v1", "a leaf in a key chain that is not about keys")
            key = keys.get(claims["said"].get("thumbprint"))
            need(key is not None, "a key revoked that is not registered")
            key.revocations.append(_seconds(claims["said"], "compromisedSince", claims["iat"]))
    need(items and len(items) == member.count, f"{len(items)} leaves, the head map says {member.count}")
    need((items[-1].hash, items[-1].index) == (member.leaf, member.index), "another last leaf than the head map's")
    return keys


def vouch(keys, registrars, judged_at):
    """Marks the vouched keys of one chain, in the order of their registration.

    judged_at(item): the second at which that leaf is judged.
    """
    for key in keys.values():
        said = key.item.leaf.claims["said"]
        wanted = {"party": key.party, "thumbprint": key.thumbprint, "purpose": key.purpose, "from": key.start}
        try:
            need(key.own and isinstance(said.get("pop"), str) and isinstance(said.get("vouch"), str), "no vouch")
            kid, verifies = _key_jws(said["pop"], wanted)
            need(kid == key.thumbprint and verifies(key.jwk), "no proof of possession")
            kid, verifies = _key_jws(said["vouch"], wanted)
            if "voucher" in said:
                voucher = parse_jwk(said["voucher"])
                need(voucher.thumbprint == kid and kid in registrars, "not a listed registrar")
                need(verifies(voucher), "the registrar's signature does not verify")
            else:
                earlier = keys.get(kid)
                need(earlier is not None and earlier.vouched, "not an earlier vouched key")
                need(earlier.item.leaf.claims["n"] < key.item.leaf.claims["n"], "not an earlier key")
                need(not earlier.revoked(judged_at(key.item)), "vouched for by a revoked key")
                need(verifies(earlier.jwk), "the earlier key's signature does not verify")
            key.vouched = True
        except Malformed:
            key.vouched = False


def _key_jws(chars, wanted):
    jws = parse_jws(chars)
    alg, kid = jws_header(jws, "trade-key+jwt")
    need(jws.payload == wanted and not any(isinstance(v, bool) for v in jws.payload.values()), "other claims")
    return kid, lambda jwk: jwk.alg == alg and jwk.verifies(jws.signature, jws.signed)


def parse_registrars(chars):
    """Thumbprints of the registrars that the reader lists, `<name> <thumbprint>` a line."""
    found = {}
    for line in chars[:-1].split("\n"):
        words = line.replace("\t", " ").split()
        if not words or words[0].startswith("#"):
            continue
        need(len(words) == 2, "not a name and a thumbprint")
        b64u(words[1], 32)
        need(words[0] not in found and words[1] not in found.values(), "a registrar twice")
        found[words[0]] = words[1]
    return set(found.values())
