"""The published vectors and the worked example of the design, each through this peer's own code."""

import base64
import json
import random
import struct
import unittest
from base64 import b64encode as encode
from hashlib import sha256
from pathlib import Path

import make_bundle as maker
import merkle
import notes
import sdjwt
from keys import parse_member
from strict import Malformed, b64, b64u, jcs, parse_jcs, parse_json, text, uint
from verify_bundle import verify_bytes


def vectors():
    """The folder `shared/vectors` beside the repository or above it."""
    for above in Path(__file__).resolve().parents:
        if (above / "shared" / "vectors").is_dir():
            return above / "shared" / "vectors"
    raise FileNotFoundError("shared/vectors")


def lines(name):
    return [json.loads(line) for line in (vectors() / name).read_text("utf-8").splitlines()]


def raw(chars):
    return base64.b64decode(chars or "")


def b64encode(data):
    return encode(data).decode()


EXAMPLE = json.loads((vectors() / "worked-example.json").read_text("utf-8"))


class Merkle(unittest.TestCase):
    def test_published_inclusion_proofs(self):
        for case in lines("merkle-inclusion.jsonl"):
            holds = merkle.included(raw(case["leafHash"]), case["leafIdx"], case["treeSize"],
                                    [raw(p) for p in case["proof"] or []], raw(case["root"]))
            self.assertEqual(not case["wantErr"], holds, case["name"])

    def test_published_consistency_proofs(self):
        for case in lines("merkle-consistency.jsonl"):
            holds = merkle.consistent(case["size1"], raw(case["root1"]), case["size2"], raw(case["root2"]),
                                      [raw(p) for p in case["proof"] or []])
            self.assertEqual(not case["wantErr"], holds, case["name"])

    def test_check_values(self):
        self.assertEqual("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                         merkle.leaf_hash(b"").hex())
        self.assertEqual("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56",
                         merkle.leaf_hash(b"L123456").hex())
        self.assertEqual("aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb",
                         merkle.node(b"N123", b"N456").hex())
        eight = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
        self.assertEqual("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
                         maker.mth([merkle.leaf_hash(bytes.fromhex(e)) for e in eight]).hex())

    def test_every_proof_of_every_small_tree_and_none_of_a_neighbour(self):
        hashes = [merkle.leaf_hash(bytes([i])) for i in range(34)]
        for size in range(1, len(hashes)):
            root = maker.mth(hashes[:size])
            for i in range(size):
                path = maker.path(i, hashes[:size])
                self.assertTrue(merkle.included(hashes[i], i, size, path, root))
                self.assertFalse(merkle.included(hashes[i], i, size, path + [root], root))
                self.assertFalse(merkle.included(hashes[i], i + 1, size, path, root))
                old = maker.mth(hashes[:i + 1])
                grown = maker.consistency(i + 1, hashes[:size])
                self.assertTrue(merkle.consistent(i + 1, old, size, root, grown))
                self.assertFalse(merkle.consistent(i + 1, old, size, root, grown + [root]))
                self.assertFalse(merkle.consistent(i + 1, root, size, old, grown) and old != root)


class Notes(unittest.TestCase):
    def test_published_notes(self):
        for case in lines("note-golang.jsonl"):
            if case["kind"] == "vkey":
                self.assertEqual(case["ok"], self.parses(notes.parse_vkey, case["vkey"]), case["name"])
            elif case["kind"] == "vkey-property":
                key = case["vkey"]
                cuts = {key[i:j] for i in range(len(key)) for j in range(i + 1, len(key) + 1)} - {key}
                bumps = {key[:i] + chr(ord(key[i]) + 1) + key[i + 1:] for i in range(len(key))}
                self.assertEqual([], [k for k in cuts | bumps if self.parses(notes.parse_vkey, k)])
            elif case["kind"] == "sign" and "signed_note" in case:
                self.assertEqual(case["signed_note"], self.sign(case["skey"], case["text"]))
            elif case["kind"] == "open":
                self.open(case)

    def parses(self, reader, value):
        try:
            reader(value)
            return True
        except Malformed:
            return False

    def sign(self, skey, text):
        name, _, seed = skey[len("PRIVATE+KEY+"):].split("+", 2)
        signer = maker.Ed25519Signer(raw(seed)[1:])
        key_id, _ = maker.key_line(name, 1, signer.public)
        return f"{text}\n— {name} {maker.b64(key_id + signer.sign(text.encode()))}\n"

    def open(self, case):
        keys = [notes.parse_vkey(v) for v in case["verifiers"]]
        try:
            body, signatures = notes.split_note(raw(case["note_base64"]))
            verified = notes.verified_lines(body, signatures, keys)
        except (Malformed, notes.Rejected) as e:
            self.assertFalse(case["ok"], (case["name"], e))
            return
        names = list(dict.fromkeys(key.name for key, _ in verified))
        self.assertEqual(case["ok"], names != [], case["name"])
        self.assertEqual(case.get("verified", []), names, case["name"])
        if "origin" in case:
            self.assertEqual((case["origin"], int(case["size"])), notes.parse_checkpoint(body)[:2])

    def test_examples_of_the_specifications(self):
        cases = {case["name"]: case for case in lines("c2sp-examples.jsonl")}
        for case in cases.values():
            if "vkey" in case and "ok" in case:
                body, signatures = notes.split_note(case["note"].encode())
                try:
                    found = notes.verified_lines(body, signatures, [notes.parse_vkey(case["vkey"])])
                except notes.Rejected:
                    found = []
                self.assertEqual(case["ok"], found != [], case["name"])
        layout = cases["cosigned-checkpoint-layout"]["note"].encode()
        self.assertEqual([68, 76], [len(p) for _, p in notes.split_note(layout)[1]])
        self.assertRaises(Malformed, lambda: notes.split_note(
            notes.parse_tlog_proof(cases["tlog-proof-layout"]["proof"].encode())[2]))
        self.assertEqual(raw(cases["empty-checkpoint-root"]["root_base64"]), merkle.EMPTY)
        self.policy_layout(cases["policy-layout"]["policy"])
        self.cosignature(cases["cosignature-ed25519-deterministic"])

    def policy_layout(self, layout):
        for i in range(7):
            signer = maker.Ed25519Signer(bytes([i]) * 32)
            vkey = maker.key_line(f"key{i}.example", 1 if i == 0 else 4, signer.public)[1]
            layout = layout.replace("<vkey>", vkey, 1)
        policy = notes.parse_policy(layout.encode())
        for names, meets in (("X1 X2 Y3", True), ("X1 X2", False), ("X1 Y1 Y2 Y3", False), ("X3 X2 Y1", True)):
            self.assertEqual(meets, policy.meets(set(names.split())), names)

    def cosignature(self, case):
        signer = maker.Ed25519Signer(bytes.fromhex(case["seed_hex"]))
        key_id, vkey = maker.key_line(case["cosigner"], 4, signer.public)
        payload = raw(case["line_payload_base64"])
        self.assertEqual(key_id, payload[:4])
        self.assertEqual(case["time"], notes.line_time(notes.parse_vkey(vkey), payload, case["checkpoint_body"]))
        wrong = payload[:11] + b"\xff" + payload[12:]
        self.assertIsNone(notes.line_time(notes.parse_vkey(vkey), wrong, case["checkpoint_body"]))

    def test_bodies_of_checkpoints(self):
        for case in lines("tlog-golang.jsonl"):
            if "body" in case:
                good = case["name"] in ("format-tree", "bad-origin-for-this-reader")
                self.assertEqual(good, self.parses(notes.parse_checkpoint, case["body"]), case["name"])
            if "record_utf8" in case:
                self.assertEqual(raw(case["record_hash_base64"]), merkle.leaf_hash(case["record_utf8"].encode()))
        for size in ("", "00", "01", "+1", "-1", " 1", "1 ", "١", "18446744073709551616"):
            self.assertFalse(self.parses(uint, size), size)
        self.assertEqual((1 << 64) - 1, uint("18446744073709551615"))


class Forms(unittest.TestCase):
    """Small things that have one spelling, and everything that is not it."""

    def refused(self, reader, *cases):
        for case in cases:
            self.assertRaises(Malformed, reader, *(case if isinstance(case, tuple) else (case,)))

    def test_base64(self):
        self.assertEqual(b"\xfb\xff", b64("+/8="))
        self.assertEqual(b"\xfb\xff", b64u("-_8"))
        self.refused(b64, "+/9=", "+/8", "+/8==", "-_8=", "+/8=\n", " +/8=", "+/8\u00e9", ("AAAA", 4), "A===", "=")
        self.refused(b64u, "-_9", "-_8=", "+/8", "-_8\n", "A", "-_8\u00e9", ("AAAA", 4), None, 1, b"AAAA")

    def test_text(self):
        self.assertEqual("é\n", text("é\n".encode()))
        self.refused(text, b"", b"a", b"a\r\n", b"\xef\xbb\xbfa\n", b"\xff\n", b"a" * (1 << 20) + b"\n")

    def test_canonical_files(self):
        self.assertEqual({"a": [1, "é<"]}, parse_jcs('{"a":[1,"é<"]}'.encode()))
        for spoilt in ('{"a":1}\n', '{"a": 1}', '{"b":1,"a":1}', '{"a":1.0}', '{"a":1e1}', '{"a":9007199254740992}',
                       '{"a":"\\u00e9"}', '{"a":"\\/"}', '{"a":1}}', '{"a":1,"a":1}', "[" * 17 + "]" * 17):
            self.refused(parse_jcs, spoilt.encode())

    def test_notes(self):
        line = f"— log.example {b64encode(bytes(68))}\n"
        good = "o\n1\n\n" + line
        self.assertEqual(("o\n1\n", [("log.example", bytes(68))]), notes.split_note(good.encode()))
        self.assertEqual("a\n\nb\n", notes.split_note(f"a\n\nb\n\n{line}".encode())[0])
        for spoilt in (good[:-1], "o\n1\n" + line, "o\n1\n\n", good + "\n", good + "x\n", good.replace("\n1", "\t1"),
                       good.replace("— ", "- "), good.replace("— ", "—"), good.replace(" log", "  log"),
                       good.replace("log.", "log+"), good.replace("log.", "log\u00a0"), good.replace("=\n", "\n"),
                       good.replace("log.example ", " "), "o\n\n— log.example AAAA\n", "o\n\n— log.example\n",
                       "o\n\n" + line * 101, good.replace("=\n", "= \n")):
            self.refused(notes.split_note, spoilt.encode())
        root = b64encode(bytes(32))
        self.assertEqual(("o", 0, bytes(32)), notes.parse_checkpoint(f"o\n0\n{root}\n"))
        self.refused(notes.parse_checkpoint, f"\n0\n{root}\n", f"o\n0\n{root}\nx\n", f"o\n0\n{root}", "o\n0\n",
                     f"o\n00\n{root}\n", f"o\n0\n{root[:-1]}\n", f"o\n0\n{b64encode(bytes(33))}\n")

    def test_proofs(self):
        line = b64encode(bytes(32)) + "\n"
        good = f"from 5 {line}{line}"
        self.assertEqual((bytes(32), [bytes(32)]), notes.parse_consistency(good.encode(), 5))
        for spoilt in (good[:-1], good.replace("5", "05"), good.replace("from", "From"), good.replace("5 ", "5  "),
                       good + "\n", good.replace("5", "6"), f"from 5 {line}{line * 64}", f"5 {line}", good + "AA==\n"):
            self.refused(notes.parse_consistency, (spoilt.encode(), 5))
        good = f"c2sp.org/tlog-proof@v1\nindex 7\n{line}\nnote"
        self.assertEqual((7, [bytes(32)], b"note"), notes.parse_tlog_proof(good.encode()))
        for spoilt in ("", "\n\nnote", good.replace("index 7\n", ""), good.replace("7\n", "7\nindex 7\n"),
                       good.replace("\n\n", "\n"), good.replace("index", "\nindex"), good.replace(line, line * 64),
                       good.replace("index 7", "extra AAAA\nextra AAAA\nindex 7"), good.replace("v1", "v1 ")):
            self.refused(notes.parse_tlog_proof, spoilt.encode())

    def test_jwks(self):
        okp, ec = maker.Ed25519Signer(b"\x01" * 32).jwk, maker.Es256Signer(b"\x01" * 32).jwk
        for good in (okp, ec):
            self.assertEqual(43, len(sdjwt.parse_jwk(good).thumbprint))
            self.refused(sdjwt.parse_jwk, {**good, "crv": "X25519"}, {**good, "alg": "none"}, {**good, "x": "AA"},
                         {**good, "kty": "RSA"}, {k: v for k, v in good.items() if k != "x"})
        self.refused(sdjwt.parse_jwk, None, [], "x")

    def test_proofs_with_hashes_of_another_length(self):
        leaf, root = bytes(32), bytes(32)
        self.assertTrue(merkle.included(leaf, 0, 1, [], root))
        self.assertFalse(merkle.included(leaf[:-1], 0, 1, [], leaf[:-1]))
        self.assertIsNone(merkle.root_of(leaf, 0, 2, [bytes(31)]))
        self.assertIsNone(merkle.root_of(leaf, -1, 2, [bytes(32)]))
        self.assertFalse(merkle.consistent(1, bytes(31), 1, bytes(31), []))
        self.assertFalse(merkle.consistent(2, root, 2, b"\x01" * 32, []))
        self.assertFalse(merkle.consistent(3, root, 5, root, []))


class Json(unittest.TestCase):
    def test_canonical_form(self):
        for case in lines("jcs.jsonl"):
            value = parse_json(raw(case["input_base64"]).decode(), integers_only=False)
            self.assertEqual(case["output_hex"], jcs(value).hex(), case["name"])

    def test_numbers_as_ecmascript_writes_them(self):
        # RFC 8785, appendix B: the bits of a double and its text.
        for bits, shown in (("0000000000000000", "0"), ("8000000000000000", "0"), ("0000000000000001", "5e-324"),
                            ("7fefffffffffffff", "1.7976931348623157e+308"), ("4340000000000000", "9007199254740992"),
                            ("4430000000000000", "295147905179352830000"),
                            ("44b52d02c7e14af5", "9.999999999999997e+22"),
                            ("44b52d02c7e14af6", "1e+23"), ("444b1ae4d6e2ef4f", "999999999999999900000"),
                            ("444b1ae4d6e2ef50", "1e+21"), ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
                            ("3eb0c6f7a0b5ed8d", "0.000001"), ("41b3de4355555553", "333333333.3333332"),
                            ("41b3de4355555556", "333333333.3333334"),
                            ("becbf647612f3696", "-0.0000033333333333333333"),
                            ("43143ff3c1cb0959", "1424953923781206.2")):
            self.assertEqual(shown, jcs(struct.unpack(">d", bytes.fromhex(bits))[0]).decode())

    def test_disclosures_of_the_rfc(self):
        for case in json.loads((vectors() / "sdjwt-disclosures.json").read_text("utf-8"))["disclosures"]:
            self.assertEqual(case["array"], sdjwt.read_disclosure(case["b64"]))
            self.assertEqual(case["sha256_b64url"], sdjwt.digest(case["b64"]))


class Worked_example(unittest.TestCase):
    def test_keys(self):
        for part, type_byte, name in ((EXAMPLE["log"], 1, EXAMPLE["log"]["origin"]),
                                      (EXAMPLE["witness"], 4, EXAMPLE["witness"]["name"])):
            signer = maker.Ed25519Signer(bytes.fromhex(part["seed_hex"]))
            self.assertEqual(part["vkey"], maker.key_line(name, type_byte, signer.public)[1])
            self.assertEqual(signer.public, notes.parse_vkey(part["vkey"]).public)
        issuer = maker.Ed25519Signer(bytes.fromhex(EXAMPLE["issuer"]["seed_hex"]))
        self.assertEqual((EXAMPLE["issuer"]["kid"], EXAMPLE["issuer"]["public_hex"]),
                         (issuer.thumbprint, issuer.public.hex()))

    def test_handles_ids_salts_and_decoys(self):
        kh, salt_key = (bytes.fromhex(EXAMPLE[k]) for k in ("Kh_hex", "subject_salt_key_hex"))
        for stream in EXAMPLE["handles"]["streams"]:
            self.assertEqual(stream["handle_base64url"], maker.b64u(maker.mac(kh, "stream", stream["uuid"])))
        for known in EXAMPLE["handles"]["identifiers"]:
            self.assertEqual(known["handle_base64url"],
                             maker.b64u(maker.mac(kh, "id", known["kind"], known["value"])))
        world = maker.World()
        world.kh = kh
        for leaf in EXAMPLE["leaves"]:
            payload = leaf["payload"]
            self.assertEqual(payload["jti"], world.jti(leaf["scope"], leaf["key"], leaf["position"]))
            digests = []
            for position, disclosure in enumerate(leaf["disclosures"]):
                salt, name, value = sdjwt.read_disclosure(disclosure)
                self.assertEqual(maker.b64u(maker.mac(
                    salt_key, "salt", payload["jti"], position, name, sha256(jcs(value)).digest())[:16]), salt)
                digests.append(sdjwt.digest(disclosure))
            digests += [maker.b64u(maker.mac(salt_key, "decoy", payload["jti"], p))
                        for p in range(len(digests), len(payload.get("_sd", [])))]
            self.assertEqual(payload.get("_sd", []), sorted(digests))

    def test_leaves_are_made_again_byte_for_byte(self):
        issuer = maker.Ed25519Signer(bytes.fromhex(EXAMPLE["issuer"]["seed_hex"]))
        for leaf in EXAMPLE["leaves"]:
            self.assertEqual(leaf["jwt"], maker.jws(issuer, "trade-event+sd-jwt", leaf["payload"]))
            read = sdjwt.parse_leaf("~".join([leaf["jwt"], *leaf["disclosures"], ""]).encode())
            self.assertEqual((raw(leaf["leaf_hash_base64"]), leaf["payload"], issuer.thumbprint),
                             (read.hash, read.claims, read.kid))
            self.assertTrue(notes.ed25519(issuer.public, read.jws.signature, read.jws.signed))

    def test_roots_proofs_tile_and_entry_bundle(self):
        hashes = [raw(leaf["leaf_hash_base64"]) for leaf in EXAMPLE["leaves"]]
        roots = [maker.mth(hashes[:n]) for n in range(4)]
        self.assertEqual([raw(r) for r in EXAMPLE["roots_base64"]], roots)
        self.assertEqual(b"".join(hashes), raw(EXAMPLE["tile_0_000_p_3_base64"]))
        entries = b"".join(len(leaf["jwt"]).to_bytes(2, "big") + leaf["jwt"].encode() for leaf in EXAMPLE["leaves"])
        self.assertEqual(EXAMPLE["entry_bundle_sha256"], sha256(entries).hexdigest())
        inclusion = [raw(h) for h in EXAMPLE["inclusion_1_of_3"]]
        self.assertEqual(maker.path(1, hashes), inclusion)
        self.assertTrue(merkle.included(hashes[1], 1, 3, inclusion, roots[3]))
        for size in (1, 2):
            proof = [raw(h) for h in EXAMPLE[f"consistency_{size}_to_3"]]
            self.assertEqual(maker.consistency(size, hashes), proof)
            self.assertTrue(merkle.consistent(size, roots[size], 3, roots[3], proof))

    def test_checkpoint_cosignature_and_proof(self):
        log, witness = (maker.Ed25519Signer(bytes.fromhex(EXAMPLE[k]["seed_hex"])) for k in ("log", "witness"))
        origin, name = EXAMPLE["log"]["origin"], EXAMPLE["witness"]["name"]
        body = f"{origin}\n3\n{EXAMPLE['roots_base64'][3]}\n"
        time = 1767751300
        first = maker.key_line(origin, 1, log.public)[0] + log.sign(body.encode())
        signed = f"cosignature/v1\ntime {time}\n{body}".encode()
        second = maker.key_line(name, 4, witness.public)[0] + time.to_bytes(8, "big") + witness.sign(signed)
        self.assertEqual(EXAMPLE["checkpoint"],
                         f"{body}\n— {origin} {maker.b64(first)}\n— {name} {maker.b64(second)}\n")
        opened = notes.open_checkpoint(EXAMPLE["checkpoint"].encode(), notes.parse_policy(EXAMPLE["policy"].encode()))
        self.assertEqual((None, 3, time, time), (opened.fault, opened.size, opened.not_before, opened.not_after))
        index, path, note = notes.parse_tlog_proof(EXAMPLE["tlog_proof_index_1"].encode())
        self.assertEqual((1, EXAMPLE["checkpoint"].encode()), (index, note))
        self.assertTrue(merkle.included(raw(EXAMPLE["leaves"][1]["leaf_hash_base64"]), 1, 3, path, opened.root))
        self.assertEqual(EXAMPLE["monitor_path"], sha256(origin.encode()).hexdigest() + "/checkpoint")

    def test_head_map_and_members(self):
        world, head_map = maker.World(), EXAMPLE["head_map"]
        world.bound = {}
        for entry in map(bytes.fromhex, head_map["entries_hex"]):
            world.bound[maker.b64u(entry[:32])] = (int.from_bytes(entry[32:40], "big"), entry[40:72],
                                                   int.from_bytes(entry[72:], "big"))
        world.map_heads()
        made, root = world.maps[-1], raw(head_map["root_base64"])
        self.assertEqual(root, made.root)
        for name in ("member_item", "member_identifier"):
            member = head_map[name]
            key = maker.b64u(bytes.fromhex(member["entry"])[:32])
            self.assertEqual(member, world.member(made, key))
            self.assertEqual(key, maker.b64u(parse_member(jcs(member), root)[0].key))
            hashes, entry = member["hashes"], member["entry"]
            for spoilt in ({"index": 1}, {"index": -1}, {"index": "0"}, {"index": False}, {"bucketSize": 2},
                           {"bucketSize": 0}, {"bucketSize": True}, {"bucketSize": None}, {"more": 1},
                           {"hashes": hashes[:-1]}, {"hashes": hashes * 5}, {"hashes": []}, {"hashes": None},
                           {"hashes": [1] * 16}, {"hashes": [h + "\n" for h in hashes]}, {"hashes": hashes[::-1]},
                           {"entry": entry.upper()}, {"entry": entry[:-1] + "7"}, {"entry": entry[:-2]},
                           {"entry": entry[:-1] + "g"}, {"entry": entry[:-1] + " "}, {"entry": 1}):
                self.assertRaises(Malformed, parse_member, jcs({**member, **spoilt}), root)

    def test_an_entry_of_no_leaves_is_no_member(self):
        world = maker.World()
        world.bound = {maker.b64u(bytes(32)): (0, bytes(32), 0)}
        world.map_heads()
        member = jcs(world.member(world.maps[-1], maker.b64u(bytes(32))))
        self.assertRaises(Malformed, parse_member, member, world.maps[-1].root)

    def test_a_bundle_of_its_leaves_exists_and_says_by_whom_only_with_a_key(self):
        world, note = maker.World(), EXAMPLE["checkpoint"].encode()
        world.leaves = [maker.Leaf(leaf["jwt"], leaf["payload"], leaf["disclosures"]) for leaf in EXAMPLE["leaves"]]
        world.checkpoints = [(3, note)]
        stream = EXAMPLE["handles"]["streams"][1]["handle_base64url"]
        bundle = world.draft(stream, head_map=False).zip()
        policy = EXAMPLE["policy"].encode()
        answer = verify_bytes(bundle, policy, require="existed,witnessed")
        self.assertEqual((True, []), (answer["valid"], answer["findings"]))
        self.assertEqual([
            {"index": 1, "type": "item-registered.v1", "existed": "existed", "saidBy": "unknown-key",
             "complete": "not-asked", "time": "upper-only"},
            {"index": 2, "type": "item-listed.v1", "existed": "existed", "saidBy": "unknown-key",
             "complete": "not-asked", "time": "upper-only"}], answer["events"])
        self.assertFalse(verify_bytes(bundle, policy)["valid"])


class Signatures(unittest.TestCase):
    def test_ed25519_has_one_spelling(self):
        signer = maker.Ed25519Signer(b"\x07" * 32)
        signature = signer.sign(b"m")
        order = (1 << 252) + 27742317777372353535851937790883648493
        high = signature[:32] + (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
        self.assertTrue(notes.ed25519(signer.public, signature, b"m"))
        self.assertFalse(notes.ed25519(signer.public, high, b"m"))
        # The neutral element, canonical and not: with S = 0 and R neutral any message would verify.
        neutral = (1).to_bytes(32, "little")
        for other in ((1 << 255) - 18, (1 << 255) | 1):
            spelt = other.to_bytes(32, "little")
            self.assertFalse(notes.ed25519(spelt, neutral + bytes(32), b"m"))

    def test_es256_takes_a_high_s_and_nothing_else(self):
        signer = maker.Es256Signer(b"\x08" * 32)
        jwk, signature = sdjwt.parse_jwk(signer.jwk), signer.sign(b"m")
        s = int.from_bytes(signature[32:], "big")
        self.assertTrue(jwk.verifies(signature, b"m"))
        self.assertTrue(jwk.verifies(signature[:32] + (signer.N - s).to_bytes(32, "big"), b"m"))
        for spoilt in (signature + b"\x00", signature[:-1], bytes(64), signature[:32] + bytes(32)):
            self.assertFalse(jwk.verifies(spoilt, b"m"))
        self.assertEqual(signer.thumbprint, jwk.thumbprint)
        rng = random.Random(3)
        self.assertRaises(Malformed, sdjwt.parse_jwk, {**signer.jwk, "d": maker.b64u(rng.randbytes(32))})


if __name__ == "__main__":
    unittest.main()
