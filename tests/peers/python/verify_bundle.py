#!/usr/bin/python3
"""A second verifier of provenance bundles, written from proof.md alone. No clock, no network, no database.

    verify_bundle.py FILE.zip --policy POLICY.txt [--registrars FILE] [--base FILE.zip]
                     [--require LIST] [--pin CHECKPOINT]
    verify_bundle.py --batch LIST.txt       each line a JSON object with these arguments; one answer a line

Prints one JSON document and exits 0 only when the bundle is valid, 1 when not, 2 when used wrongly.
"""

import argparse
import json
import sys
from hashlib import sha256

import merkle
from bundle import Bundle, stamp
from credentials import check_credential
from keys import ZERO, parse_member, vouch
from notes import open_checkpoint
from sdjwt import deed_digest, exactly, is_int, jws_header, jwt_bytes, parse_jws
from strict import Malformed, b64u, need

SLACK, WIDEST, STALE = 120, 7 * 86_400, 600
REQUIRES = ("existed", "witnessed", "saidBy", "own-key", "complete", "time")
DEFAULT_REQUIRE = "existed,saidBy,complete"
ROLES = {"custody-transferred.v1": {"from", "to"}, "deal-agreed.v1": {"seller", "buyer"}}
SAID_BY = ("own-key", "own-key-unvouched", "on-behalf")


class Verification(Bundle):
    """What one bundle says under one policy. `run` fills findings and events."""

    def __init__(self, raw, policy, registrars=None, base=None, require=(), pin=None):
        super().__init__(raw, policy, registrars)
        self.base_raw, self.require, self.pin_raw = base, set(require), pin
        self.events, self.linked_events = [], []

    # -- order of section 10 ------------------------------------------------------------------------

    def run(self):
        if not self.open():
            return self
        if self.base_raw is not None:
            self.read_base()
        self.head_map = self.read_head_map()
        self.keys = self.read_keys() if self.head_map else {}
        for registered in self.chains:
            vouch(registered, self.registrars, lambda item: self.judged_at(item)[0])
        self.check_head_map_signature()
        # Below the reader's quorum a map may be one of several: it says nothing of what was revoked.
        if self.checkpoint is None or self.checkpoint.fault is not None:
            self.keys = {}
        self.check_pin()
        said_by = {n: self.said_by(item) for n, item in self.items.items()}
        linked = {name: self.said_by(item) for name, item in self.linked.items()}
        complete = self.completeness()
        for n, item in sorted(self.items.items()):
            self.events.append(self.verdicts(item, said_by[n], complete(n)))
        for name, item in self.linked.items():
            self.linked_events.append(self.verdicts(item, linked[name], "not-asked"))
        if not self.items and "complete" in self.require and not complete(0).startswith("complete-up-to"):
            self.find("complete", f"{complete(0)}, and there is no event to say it")
        self.check_linked()
        self.check_credentials()
        return self

    def verdicts(self, item, said_by, complete):
        return {
            "index": item.index,
            "type": item.leaf.claims["evt"] if item.leaf else None,
            "existed": item.existed,
            "saidBy": said_by,
            "complete": complete,
            "time": self.time_verdict(item),
        }

    def answer(self):
        linked = {"linked": self.linked_events} if self.linked_events else {}
        return {"valid": self.valid(), "events": self.events, **linked, "findings": self.findings}

    def valid(self):
        if self.findings or self.manifest is None:
            return False
        return all(self.meets(event, word) for event in self.events for word in self.require) and all(
            self.meets(event, word) for event in self.linked_events for word in self.require - {"complete"})

    @staticmethod
    def meets(event, word):
        if word == "existed":
            return event["existed"] in ("existed", "existed(unwitnessed)")
        if word == "witnessed":
            return event["existed"] == "existed"
        if word == "saidBy":
            return event["saidBy"] in SAID_BY
        if word == "own-key":
            return event["saidBy"] == "own-key"
        if word == "complete":
            return event["complete"].startswith("complete-up-to ")
        return event["time"].startswith("supported(")

    def check_head_map_signature(self):
        if self.head_map is None:
            return
        fault = self.leaf_fault(self.head_map["item"])
        if fault is not None:
            self.find("no-head-map", f"headmap/leaf: {fault}")
            self.head_map, self.keys = None, {}

    # -- time ---------------------------------------------------------------------------------------

    def bounds(self, item):
        """Lower and upper second of a leaf by the reader's witnesses, None where there is none."""
        if not item.included:
            return None, None
        before = [note for note in self.notes if note.size <= item.index]
        after = [note for note in self.notes if note.size > item.index]
        largest = max((note.size for note in before), default=None)
        smallest = min((note.size for note in after), default=None)
        lower = max((note.not_before for note in before if note.size == largest), default=None)
        upper = min((note.not_after for note in after if note.size == smallest), default=None)
        return lower, upper

    def time_verdict(self, item):
        lower, upper = self.bounds(item)
        if upper is None:
            return "unbounded"
        if lower is None:
            return "upper-only"
        if item.leaf is None or not lower - SLACK <= item.leaf.claims["iat"] <= upper + SLACK:
            return "not-supported"
        word = "wide" if upper - lower > WIDEST else "supported"
        return f"{word}({stamp(lower)},{stamp(upper)})"

    def judged_at(self, item):
        """The seconds at which keys, and at which the `exp` of deeds, are judged for a leaf."""
        lower, upper = self.bounds(item)
        iat = item.leaf.claims["iat"]
        if self.time_verdict(item).startswith("supported("):
            return iat, lower
        return (iat, iat) if upper is None else (upper, upper)

    # -- who said it --------------------------------------------------------------------------------

    def leaf_fault(self, item):
        """What is wrong with the issuer's own signature, as a verdict word, or None."""
        key = self.keys.get(item.leaf.kid)
        if key is None or key.purpose != "leaf" or key.item.leaf.claims["iss"] != item.leaf.claims["iss"]:
            return "unknown-key"
        if not self.signs(key, item):
            return "bad-signature"
        return key.fault(item.index, self.judged_at(item)[0])

    def said_by(self, item):
        if item.leaf is None:
            return "bad-signature"
        fault = self.leaf_fault(item)
        if fault is not None:
            return fault
        claims = item.leaf.claims
        if "act" not in claims:
            return "on-behalf"
        roles, vouched = set(), True
        for chars in claims["act"]:
            deed = self.attempt("bad-signature", lambda _: read_deed(chars), item)
            if deed is None:
                return "bad-signature"
            key = self.keys.get(deed["kid"])
            fault = self.deed_fault(item, deed, key, roles)
            if fault is not None:
                return fault
            roles.add(deed["claims"]["role"])
            vouched = vouched and key.vouched
        if not ROLES.get(claims["evt"], set()) <= roles:
            return "role-missing"
        return "own-key" if vouched else "own-key-unvouched"

    def deed_fault(self, item, deed, key, roles):
        claims, leaf = deed["claims"], item.leaf.claims
        if key is None or key.purpose != "deed" or not key.own or key.party != claims["party"]:
            return "unknown-key"
        if key.jwk.alg != deed["alg"] or not key.jwk.verifies(deed["jws"].signature, deed["jws"].signed):
            return "bad-signature"
        seen, root = claims["seen"]["size"], b64u(claims["seen"]["root"])
        if any(claims[name] != leaf[name] for name in ("evt", "item", "jti")) \
                or claims["deed"] != deed_digest(leaf) or claims["role"] in roles \
                or (item.index is not None and seen > item.index) \
                or root != (merkle.EMPTY if seen == 0 else self.note_roots.get(seen, root)):
            return "claims-differ"
        at, exp_at = self.judged_at(item)
        fault = key.fault(item.index, at)
        return fault or ("deed-expired" if claims["exp"] < exp_at else None)

    # -- completeness -------------------------------------------------------------------------------

    def read_base(self):
        """The bundle that a delta goes on from: valid by itself, and a prefix of this checkpoint."""
        base = Verification(self.base_raw, self.policy_raw, self.registrars_raw,
                            require=self.require - {"complete"}).run()
        try:
            need("since" in self.manifest, "the bundle is not a delta")
            need(base.valid(), f"it is not valid itself ({(base.findings or [{'code': 'verdict'}])[0]['code']})")
            need("since" not in base.manifest, "it is a delta itself")
            need(base.manifest["handle"] == self.manifest["handle"], "it is of another stream")
            need(self.checkpoint and base.checkpoint.origin == self.checkpoint.origin, "it is of another log")
            need(base.checkpoint.size == self.manifest["since"], "its size is not the delta's since")
            need(self.older.get(base.checkpoint.size) == base.checkpoint.root, "no consistency from it")
            need(self.manifest["first"] == max(base.items) + 1, "the delta does not begin after it")
            self.base = base
        except Malformed as e:
            self.find("base", str(e))

    def chain(self):
        """The leaves by n, those of the base included."""
        found = dict(self.base.items) if self.base else {}
        return {**found, **self.items}

    def completeness(self):
        """A function from n to the verdict `complete` of that event."""
        if self.manifest["headMap"] is None and "complete" not in self.require:
            return lambda n: "not-asked"
        chain = self.chain()
        by_map = self.map_verdict(chain)  # first, for what it finds
        baseless = "since" in self.manifest and self.base is None
        verdict = "gap(1)" if baseless else broken(chain, self.manifest["handle"]) or by_map
        if self.head_map is None or not verdict.startswith("complete-up-to"):
            return lambda n: verdict
        count = self.head_map["member"].count
        return lambda n: verdict if n <= count else "stale-head-map"

    def map_verdict(self, chain):
        if self.head_map is None:
            return "no-head-map"
        size, member = self.head_map["size"], self.head_map["member"]
        false = [f"event {n} of index {item.index} is not in it" for n, item in chain.items()
                 if item.included and item.index < size and n > member.count]
        false += [f"event {n} has the index {item.index}, it covers {size} leaves" for n, item in chain.items()
                  if item.included and item.index >= size and n <= member.count]
        if member.index >= size:
            false.append("its entry is of a leaf that it does not cover")
        last = chain.get(member.count)
        named = last is None or (last.hash, last.index) == (member.leaf, member.index)
        if not named and last.included:
            false.append(f"leaf {member.count} of the chain is another one")
        bound, missing = self.identifiers(chain, false)
        for detail in false:
            self.find("head-map", detail)
        for handle in bound:
            self.find("identifier-bound-twice", handle)
        if missing:
            return "no-head-map"
        if false:
            return "stale-head-map"
        if not named and last.hash != member.leaf:
            return f"gap({member.count})"
        seen = max(chain, default=0)
        if seen < member.count:
            return f"truncated({seen},{member.count})"
        return "identifier-bound-twice" if bound else self.up_to(size)

    def identifiers(self, chain, false):
        """Handles bound more than once, and whether a member is missing or does not verify."""
        bound, missing, members = [], False, {}
        for name in self.entries:
            if name.startswith("ids/"):
                member = self.attempt("no-head-map", self.read_identifier, name)
                missing = missing or member is None
                members[name[4:-5]] = member
        for n, item in sorted(chain.items()):
            claims = item.leaf.claims if item.leaf else {}
            if item.included and item.index >= self.head_map["size"]:
                continue
            for handle in claims.get("ids", []):
                member = members.get(b64u(handle).hex())
                if member is None:
                    missing = True
                elif member.count != 1:
                    bound.append(handle)
                elif item.included and (member.leaf, member.index) != (item.hash, item.index):
                    false.append(f"identifier {handle} of event {n} is bound by another leaf")
        return bound, missing

    def read_identifier(self, name):
        member, _ = parse_member(self.entries[name], self.head_map["root"])
        need(member.key.hex() == name[4:-5], "the entry is of another handle")
        return member

    def up_to(self, size):
        """`complete-up-to T`, or why there is no T that is near enough."""
        cp = self.checkpoint
        if cp.fault is not None:
            return "stale-head-map"
        if self.policy.quorum == "none":
            return "complete-up-to unwitnessed"
        if self.covered(size, cp.size):
            return f"complete-up-to {stamp(cp.not_before)}"
        largest = max((note.size for note in self.notes if note.size <= size), default=None)
        time = max((note.not_before for note in self.notes if note.size == largest), default=None)
        if time is None or cp.not_before - time > STALE:
            return "stale-head-map"
        return f"complete-up-to {stamp(time)}"

    def covered(self, start, end):
        """Whether each leaf of [start, end) is in the bundle, so that nothing can hide there."""
        here = {item.index for item in self.all_items() if item.included}
        return end - start <= len(here) and all(i in here for i in range(start, end))

    def all_items(self):
        own = [*self.items.values(), *self.linked.values(), *self.key_items]
        own += [self.head_map["item"]] if self.head_map else []
        return own + (self.base.all_items() if self.base else [])

    # -- pin and credentials ------------------------------------------------------------------------

    def check_pin(self):
        if self.pin_raw is None:
            return
        try:
            pin, cp = open_checkpoint(self.pin_raw, self.policy), self.checkpoint
            need(pin.fault in (None, "no-quorum"), f"the pinned checkpoint: {pin.fault}")
            need(cp is not None and cp.origin == pin.origin, "another log")
            same = (pin.size, pin.root) in ((cp.size, cp.root), (0, merkle.EMPTY))
            need(same or self.older.get(pin.size) == pin.root, "it is not shown that the checkpoint goes on from it")
        except Malformed as e:
            self.find("pin", str(e))

    def check_linked(self):
        """Each event of another stream is one that an event of the chain notes (section 10)."""
        noted = [item.leaf.claims["said"] for item in self.chain().values()
                 if item.leaf and item.leaf.claims["evt"] == "linked-fact-noted.v1"]
        for item in self.linked.values():
            self.attempt("linked", self.read_linked, item, noted)

    @staticmethod
    def read_linked(item, noted):
        need(not item.faults, "; ".join(detail for _, detail in item.faults))
        claims = item.leaf.claims
        need(item.name == f"linked/{claims['jti']}", "the leaf is of another event")
        need(any(said.get("ref") == claims["jti"] and said.get("stream") == claims["item"]
                 and said.get("evt") == claims["evt"].rpartition(".")[0] for said in noted),
             "no event of the chain notes it under this stream and name")

    def check_credentials(self):
        events = [{"evt": item.leaf.claims["evt"], "item": item.leaf.claims["item"], "leaf": item,
                   "ruleSet": item.leaf.claims.get("judged", {}).get("ruleSet"),
                   "hashes": {b64u(doc["h"]) for doc in item.leaf.claims.get("docs", [])}}
                  for item in self.chain().values() if item.leaf]
        for name, raw in self.entries.items():
            if name.startswith("credentials/"):
                self.attempt("credential", self.read_credential, name, raw, events)

    def read_credential(self, name, raw, events):
        need(sha256(jwt_bytes(raw)).hexdigest() == name[12:-6], "named by another hash")
        check_credential(raw, events, self.credential_key)

    def credential_key(self, kid, purpose, issuer, event):
        key, item = self.keys.get(kid), event["leaf"]
        if key is None or key.purpose != purpose or key.item.leaf.claims["iss"] != issuer:
            return None
        return key.jwk if key.fault(item.index, self.judged_at(item)[0]) is None else None


def broken(chain, handle):
    """`gap(n)` for the first n whose leaf is missing or does not follow, or None."""
    previous = ZERO
    for n in range(1, max(chain, default=0) + 1):
        claims = chain[n].leaf.claims if n in chain and chain[n].leaf else None
        if claims is None or claims["n"] != n or claims["item"] != handle or b64u(claims["prev"]) != previous:
            return f"gap({n})"
        previous = chain[n].hash
    return None


def read_deed(chars):
    """A deed in form: its JWS, alg, kid and claims."""
    jws = parse_jws(chars)
    alg, kid = jws_header(jws, "trade-deed+jwt")
    claims = exactly(jws.payload, "party", "role", "evt", "item", "jti", "deed", "seen", "exp")
    for name in ("role", "evt", "item", "jti"):
        need(isinstance(claims[name], str), f"{name} is not text")
    b64u(claims["party"], 32), b64u(claims["deed"], 32)
    exactly(claims["seen"], "size", "root")
    need(is_int(claims["seen"]["size"]) and is_int(claims["exp"]), "seen or exp")
    b64u(claims["seen"]["root"], 32)
    return {"jws": jws, "alg": alg, "kid": kid, "claims": claims}


# -- command line ---------------------------------------------------------------------------------------


def words_of(require):
    words = DEFAULT_REQUIRE.split(",") if require is None else [w for w in require.split(",") if w]
    unknown = [w for w in words if w not in REQUIRES]
    if unknown:
        raise ValueError(f"--require does not know {', '.join(unknown)}")
    return words


def verify(file, policy, registrars=None, base=None, require=None, pin=None):
    """The verification of a file; paths in, a Verification out."""
    def read(path):
        with open(path, "rb") as f:
            return f.read()

    optional = [read(path) if path else None for path in (registrars, base, pin)]
    return Verification(read(file), read(policy), optional[0], optional[1], words_of(require), optional[2]).run()


def verify_bytes(raw, policy, registrars=None, base=None, require=None, pin=None):
    """The same over bytes, as the JSON document."""
    return Verification(raw, policy, registrars, base, words_of(require), pin).run().answer()


def answer_line(line):
    """Prints the answer to one line of a batch; 2 where the line itself is of no use."""
    try:
        answer, status = verify(**json.loads(line)).answer(), 0
    except (OSError, ValueError, TypeError) as e:
        answer, status = {"error": str(e)}, 2
    print(json.dumps(answer, separators=(",", ":")), flush=True)
    return status


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", nargs="?")
    for name in ("policy", "registrars", "base", "require", "pin", "batch"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--json", action="store_true", help="the only form there is")
    asked = vars(parser.parse_args(arguments))
    batch, _ = asked.pop("batch"), asked.pop("json")
    try:
        if batch:
            with open(batch, encoding="utf-8") as lines:
                return max(map(answer_line, lines), default=0)
        if not asked["file"] or not asked["policy"]:
            parser.error("a bundle and --policy are needed")
        run = verify(**asked)
    except (OSError, ValueError, TypeError) as e:
        print(f"verify_bundle: {e}", file=sys.stderr)
        return 2
    for warning in run.warnings:
        print(f"verify_bundle: {warning}", file=sys.stderr)
    print(json.dumps(run.answer(), separators=(",", ":")))
    return 0 if run.valid() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
