"""A bundle's files in form: manifest, notes, leaves with their proofs, head map, key chains.

What is read here is either in form and where it belongs, or a finding; what it amounts to is said in
verify_bundle.py.
"""

import re
from datetime import datetime, timedelta
from hashlib import sha256

import merkle
from bundlezip import read_zip
from keys import parse_member, parse_registrars, read_chain
from notes import open_checkpoint, parse_consistency, parse_policy, parse_tlog_proof
from sdjwt import digest, exactly, is_int, jwt_bytes, parse_leaf, split_sdjwt
from strict import Malformed, b64u, need, parse_jcs, text, to_b64u

LAST_SECOND = 253_402_300_799


def stamp(seconds):
    return (datetime(1970, 1, 1) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Item:
    """A leaf of the bundle with its proof, and what the checkpoint says of it."""

    def __init__(self, name):
        self.name = name
        self.leaf = self.index = self.hash = None
        self.path, self.note = [], b""
        self.included = False
        self.existed = "bad-inclusion"
        self.faults = []  # (code, detail) of what is malformed

    def __repr__(self):
        return self.name


class Bundle:
    """The entries of one zip, read against one policy."""

    def __init__(self, raw, policy, registrars):
        self.raw, self.policy_raw, self.registrars_raw = raw, policy, registrars
        self.findings, self.warnings = [], []
        self.policy = self.manifest = self.checkpoint = self.head_map = self.base = None
        self.registrars, self.keys, self.chains, self.key_items, self.items = set(), {}, [], [], {}
        self.linked = {}
        self.notes, self.note_roots, self.older = [], {}, {}

    def find(self, code, detail):
        self.findings.append({"code": code, "detail": detail})

    def attempt(self, code, step, *args):
        """The step's value, or None with a finding where something is malformed."""
        try:
            return step(*args)
        except Malformed as e:
            self.find(code, f"{args[0]}: {e}" if args and isinstance(args[0], (str, Item)) else str(e))
            return None

    def open(self):
        """False where nothing of the bundle can be read."""
        self.entries = self.attempt("zip", read_zip, self.raw)
        self.policy = self.attempt("policy", parse_policy, self.policy_raw)
        self.registrars = self.attempt(
            "registrars", lambda: parse_registrars(text(self.registrars_raw or b"\n")))
        if None in (self.entries, self.policy, self.registrars):
            return False
        self.manifest = self.attempt("manifest", self.read_manifest)
        if self.manifest is None:
            return False
        self.check_files()
        raw = self.entries["checkpoint.txt"]
        self.checkpoint = self.attempt("bad-checkpoint", open_checkpoint, raw, self.policy)
        self.read_notes()
        self.items = {n: self.load(f"events/{n:04d}") for n in self.event_numbers()}
        self.linked = {name: self.load(name) for name in self.linked_names()}
        self.check_manifest()
        return True

    # -- manifest and files -------------------------------------------------------------------------

    def read_manifest(self):
        value = parse_jcs(self.entries["manifest.json"])
        need(isinstance(value, dict), "not an object")
        delta = ("since", "first") if "since" in value or "first" in value else ()
        exactly(value, "format", "handle", "events", "size", "headMap", "created", "disclosed", "files", *delta)
        need(value["format"] == "trade-provenance-bundle/1", "another format")
        b64u(value["handle"], 32)
        need(is_int(value["events"], 0 if delta else 1) and is_int(value["size"]), "events or size")
        need(value["headMap"] is None or is_int(value["headMap"]), "headMap is not an index")
        need(isinstance(value["created"], str), "created is not a time")
        need(isinstance(value["disclosed"], list), "disclosed is not a list")
        need(isinstance(value["files"], dict), "files is not an object")
        if delta:
            need(is_int(value["since"], 1) and is_int(value["first"], 1), "since or first")
        listed = {name for name in self.entries if name not in ("manifest.json", "report.html")}
        need(set(value["files"]) == listed, "files are not the entries")
        for mark in value["files"].values():
            need(isinstance(mark, str) and re.fullmatch("[0-9a-f]{64}", mark), "not a SHA-256 in hex")
        return value

    def check_files(self):
        for name, mark in self.manifest["files"].items():
            if sha256(self.entries[name]).hexdigest() != mark:
                self.find("manifest-hash", f"{name}: another SHA-256 than the manifest's")
        for name in ("policy.txt", "report.html"):
            if name in self.entries:
                self.attempt("text", lambda n: text(self.entries[n]), name)
        if self.entries["policy.txt"] != self.policy_raw:
            self.warnings.append("policy.txt of the bundle is not the reader's policy")

    def event_numbers(self):
        return sorted({int(name[7:].split(".")[0]) for name in self.entries if name.startswith("events/")})

    def linked_names(self):
        """Events of other streams, by the name of their files without ending, in the order of names."""
        return sorted({name.split(".")[0] for name in self.entries if name.startswith("linked/")})

    def check_manifest(self):
        manifest, cp = self.manifest, self.checkpoint
        numbers = list(self.items)
        if manifest["events"] != len(numbers):
            self.find("manifest", f"events is {manifest['events']}, there are {len(numbers)}")
        if "first" in manifest and numbers and manifest["first"] != numbers[0]:
            self.find("manifest", f"first is {manifest['first']}, the first event is {numbers[0]}")
        if cp is not None and manifest["size"] != cp.size:
            self.find("manifest", f"size is {manifest['size']}, the checkpoint's is {cp.size}")
        if "since" in manifest and manifest["since"] > manifest["size"]:
            self.find("manifest", "since is beyond size")
        if cp is not None and self.policy.quorum != "none":
            first = cp.first_time
            if first is None or first > LAST_SECOND or stamp(first) != manifest["created"]:
                self.find("manifest", "created is not the smallest cosignature time")
        disclosed = set()
        for name, raw in self.entries.items():
            if name.endswith(".sdjwt"):
                try:
                    disclosed.update(digest(d) for d in split_sdjwt(raw)[1])
                except (Malformed, UnicodeEncodeError):
                    continue  # found where the file is read
        if manifest["disclosed"] != sorted(disclosed):
            self.find("manifest", "disclosed is not the sorted digests of the disclosures")

    def read_notes(self):
        """Older checkpoints of which it is shown that checkpoint.txt goes on from them."""
        cp = self.checkpoint
        for name, raw in self.entries.items():
            if not name.startswith("consistency/"):
                continue
            size = int(name[12:-4])
            parsed = self.attempt("consistency", lambda n: parse_consistency(raw, size), name)
            if parsed and cp and merkle.consistent(size, parsed[0], cp.size, cp.root, parsed[1]):
                self.older[size] = parsed[0]
            elif parsed and cp:
                self.find("consistency", f"{name}: the proof does not hold")
        for name, raw in self.entries.items():
            if not name.startswith("notes/"):
                continue
            note = self.attempt("bad-checkpoint", lambda n: open_checkpoint(raw, self.policy), name)
            if note is None:
                continue
            if note.size != int(name[6:-4]):
                self.find("bad-checkpoint", f"{name}: its size is {note.size}")
            elif note.fault in ("bad-checkpoint", "wrong-origin"):
                self.find(note.fault, f"{name}: {note.detail}")
            elif cp is None or note.origin != cp.origin:
                self.find("wrong-origin", f"{name}: {note.origin}")
            else:
                self.note_roots[note.size] = note.root
                if self.older.get(note.size) != note.root:
                    if note.size in self.older or f"consistency/{note.size}.txt" not in self.entries:
                        self.find("consistency", f"{name}: it is not shown that the checkpoint goes on from it")
                elif note.not_before is not None:
                    self.notes.append(note)
        if cp and cp.fault is None and cp.not_before is not None:
            self.notes.append(cp)
        else:
            self.notes = []  # nothing leads from them to a checkpoint that counts

    # -- leaves and their proofs --------------------------------------------------------------------

    def load(self, prefix):
        item = Item(prefix)
        raw, proof = self.entries.get(prefix + ".sdjwt"), self.entries.get(prefix + ".tlog-proof")
        try:
            need(raw is not None, "no such file")
            item.hash = merkle.leaf_hash(jwt_bytes(raw))
            item.leaf = parse_leaf(raw)
        except Malformed as e:
            item.faults.append(("bad-signature", f"{prefix}.sdjwt: {e}"))
        try:
            need(proof is not None, "no such file")
            item.index, item.path, item.note = parse_tlog_proof(proof)
        except Malformed as e:
            item.faults.append(("bad-inclusion", f"{prefix}.tlog-proof: {e}"))
        self.place(item)
        if prefix.startswith("events/"):
            for fault in item.faults:
                self.find(*fault)
            if item.leaf and (item.leaf.claims["n"] != int(prefix[7:])
                              or item.leaf.claims["item"] != self.manifest["handle"]):
                self.find("event-name", f"{prefix}: the leaf is of another place or chain")
        return item

    def place(self, item):
        """Fills `included` and `existed`: note, log and quorum, then inclusion."""
        cp = self.checkpoint
        if item.index is None:
            return
        if cp is None or item.note != cp.raw:
            item.existed = "bad-checkpoint"
            return
        item.included = item.hash is not None and \
            merkle.included(item.hash, item.index, cp.size, item.path, cp.root)
        if cp.fault is not None:
            item.existed = cp.fault
        elif item.included:
            item.existed = "existed(unwitnessed)" if self.policy.quorum == "none" else "existed"

    # -- head map and keys --------------------------------------------------------------------------

    def read_head_map(self):
        """The head-map leaf in form and in the log; its signature is checked once the keys are read."""
        present = [name for name in self.entries if name.startswith("headmap/")]
        if not present:
            if self.manifest["headMap"] is not None:
                self.find("manifest", "headMap names a leaf that is not there")
            return None
        item = self.load("headmap/leaf")
        if item.index != self.manifest["headMap"]:
            self.find("manifest", "headMap is not the index of headmap/leaf")
        if self.checkpoint is None or self.checkpoint.fault in ("bad-checkpoint", "wrong-origin"):
            return None  # nothing is in a checkpoint that the log did not sign
        return self.attempt("no-head-map", self.parse_head_map, item)

    def parse_head_map(self, item):
        need("headmap/member.json" in self.entries, "no member.json")
        need(not item.faults, "; ".join(detail for _, detail in item.faults))
        need(item.included, "the leaf is not in the log")
        claims = item.leaf.claims
        need(claims["evt"] == "head-map.v1", "the leaf is not a head map")
        said = claims["said"]
        need(is_int(said.get("treeSize")) and is_int(said.get("mapSize")), "treeSize or mapSize")
        need(said["treeSize"] <= self.checkpoint.size, "it covers more than the checkpoint")
        root = b64u(said.get("mapRoot"), 32)
        member, _ = parse_member(self.entries["headmap/member.json"], root)
        need(to_b64u(member.key) == self.manifest["handle"], "member.json is of another stream")
        return {"item": item, "size": said["treeSize"], "root": root, "member": member}

    def read_keys(self):
        """Keys of the chains that verify whole, each with a line of registrations back to leaf 0."""
        chains = {}
        for thumbprint in sorted({name[5:48] for name in self.entries if name.startswith("keys/")}):
            chain = self.attempt("key-chain", self.read_key_folder, thumbprint)
            if chain is not None:
                chains[thumbprint] = chain
        while True:
            bad = self.unsigned_chains(chains)
            if not bad:
                break
            for thumbprint in bad:
                self.find("key-chain", f"{thumbprint}: a leaf of it is not signed by a registered key")
                del chains[thumbprint]
        keys = {}
        for thumbprint, (items, registered) in chains.items():
            keys[thumbprint] = registered[thumbprint]
            self.chains.append(registered)
            self.key_items += items
        return keys

    def read_key_folder(self, thumbprint):
        folder = f"keys/{thumbprint}"
        need(f"{folder}.json" in self.entries, "no member")
        member, value = parse_member(self.entries[f"{folder}.json"], self.head_map["root"], "handle")
        need(value["handle"] == to_b64u(member.key), "handle and entry differ")
        numbers = {int(n[len(folder) + 1:].split(".")[0]) for n in self.entries if n.startswith(folder + "/")}
        need(numbers == set(range(1, len(numbers) + 1)), "a leaf is missing")
        items = [self.load(f"{folder}/{n:04d}") for n in sorted(numbers)]
        for item in items:
            need(not item.faults, "; ".join(detail for _, detail in item.faults))
        if len(items) > member.count and any(i.included and i.index < self.head_map["size"]
                                             for i in items[member.count:]):
            self.find("head-map", f"{folder}: the head map knows {member.count} leaves of {len(items)}")
        registered = read_chain(items, member)
        need(thumbprint in registered, "the chain does not register the key")
        return items, registered

    def unsigned_chains(self, chains):
        """Chains with a leaf that no key registered before it signs. Smaller indices first: they decide."""
        trusted, bad = set(), set()
        every = sorted(((item.index, thumbprint, item) for thumbprint, (items, _) in chains.items()
                        for item in items), key=lambda e: e[:2])
        for index, thumbprint, item in every:
            signer = item.leaf.kid
            key = chains[signer][1][signer] if signer in chains else None
            sound = key is not None and self.signs(key, item) and (
                key.item.hash == item.hash and not key.own if index == 0
                else key.item.index < index and signer in trusted)
            if not sound:
                bad.add(thumbprint)
            elif item.hash == chains[thumbprint][1][thumbprint].item.hash:
                trusted.add(thumbprint)
        return bad

    @staticmethod
    def signs(key, item):
        """Whether this key may sign leaves of that issuer, and did sign this one."""
        return key.purpose == "leaf" and key.item.leaf.claims["iss"] == item.leaf.claims["iss"] and \
            key.jwk.alg == "Ed25519" and key.jwk.verifies(item.leaf.jws.signature, item.leaf.jws.signed)
