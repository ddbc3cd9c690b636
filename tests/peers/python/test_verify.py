"""The verifier over bundles made for it: good ones, each verdict once, and many that were tampered with."""

import json
import os
import random
import subprocess
import sys
import tempfile
import unittest
from hashlib import sha256

import make_bundle as maker
import notes
import sdjwt
from credentials import RULE_SETS, level_of
from make_bundle import START, World, b64, b64u, jws, story, trade
from strict import Malformed, jcs
from verify_bundle import verify_bytes, words_of

HERE = os.path.dirname(os.path.abspath(__file__))


def ask(draft, policy=None, raw=None, **how):
    how.setdefault("registrars", draft.world.registrars)
    return verify_bytes(draft.zip() if raw is None else raw, policy or draft.world.policy, **how)


def codes(answer):
    return sorted({finding["code"] for finding in answer["findings"]})


class Bundles(unittest.TestCase):
    def says(self, answer, n, **verdicts):
        """Event n (from 1) of the answer has these verdicts; a value ends in * where it may go on."""
        event = answer["events"][n - 1]
        for verdict, word in verdicts.items():
            ok = event[verdict].startswith(word[:-1]) if word.endswith("*") else event[verdict] == word
            self.assertTrue(ok, f"{verdict}: {word} wanted, {event[verdict]} said; {answer['findings']}")

    def valid(self, answer):
        self.assertEqual([], answer["findings"])
        self.assertTrue(answer["valid"], answer["events"])

    def not_valid(self, answer, *found):
        self.assertFalse(answer["valid"])
        self.assertEqual(sorted(found), codes(answer), answer["findings"])


class Good_bundles(Bundles):
    def test_of_one_two_and_forty_events_are_valid(self):
        for events in (1, 2, 40):
            for witnesses, least in ((3, 2), (4, 3)):
                world, stream = story(events, events, witnesses, least)
                answer = ask(world.draft(stream), require="witnessed,saidBy,complete,time")
                self.valid(answer)
                self.assertEqual(events, len(answer["events"]))

    def test_are_the_same_bytes_for_the_same_seed(self):
        one, other = (w.draft(s).zip() for w, s in (story(6, 9), story(6, 9)))
        self.assertEqual(sha256(one).hexdigest(), sha256(other).hexdigest())
        world, stream = story(6, 10)
        self.assertNotEqual(one, world.draft(stream).zip())

    def test_are_valid_without_the_report_and_with_another_copy_of_the_policy(self):
        world, stream = story(3)
        self.valid(ask(world.draft(stream).without("report.html")))
        self.valid(ask(world.draft(stream).replaced("policy.txt", b"# other\n")))

    def test_are_read_by_program_and_by_batch(self):
        with tempfile.TemporaryDirectory() as folder:
            maker.main([folder, "--seed", "4"])
            path = os.path.join(folder, "{}").format
            with open(path("LIST.jsonl"), encoding="utf-8") as f:
                listed = [json.loads(line) for line in f]
            with open(path("batch.txt"), "w", encoding="utf-8") as f:
                f.writelines(json.dumps(each["arguments"]) + "\n" for each in listed)
                f.write('{"file":"missing","policy":"missing"}\n')
            program = [sys.executable, os.path.join(HERE, "verify_bundle.py")]
            batch = subprocess.run([*program, "--batch", path("batch.txt")], capture_output=True, text=True)
            answers = [json.loads(line) for line in batch.stdout.splitlines()]
            self.assertEqual(2, batch.returncode)
            self.assertIn("error", answers.pop())
            self.assertEqual([each["valid"] for each in listed], [answer["valid"] for answer in answers])
            arguments = ["--policy", path("policy.txt"), "--registrars", path("registrars.txt")]
            for name, status in (("good", 0), ("last-event-dropped", 1)):
                one = subprocess.run([*program, path(f"{name}.zip"), *arguments], capture_output=True, text=True)
                self.assertEqual(status, one.returncode, one.stderr)
                self.assertEqual(["valid", "events", "linked", "findings"], list(json.loads(one.stdout)))
            wrong = subprocess.run([*program, path("good.zip"), *arguments, "--require", "x"], capture_output=True)
            self.assertEqual(2, wrong.returncode)

    def test_what_is_required_is_what_decides(self):
        world, stream = story(3)
        draft = world.draft(stream)
        self.assertFalse(ask(draft, require="own-key")["valid"])  # one of them is on behalf
        self.assertTrue(ask(draft.without_event(2), require="existed,saidBy")["valid"])
        self.assertRaises(ValueError, words_of, "existed,trusted")


class Existence(Bundles):
    def setUp(self):
        self.world, self.stream = story(3)
        self.draft = self.world.draft(self.stream)

    def policy(self, change):
        return change(self.world.policy.decode()).encode()

    def test_without_a_quorum_asked_for_is_unwitnessed(self):
        policy = self.policy(lambda p: p.replace("quorum all-of-them", "quorum none"))
        answer = ask(self.draft, policy)
        self.valid(answer)
        self.says(answer, 1, existed="existed(unwitnessed)", complete="complete-up-to unwitnessed",
                  time="unbounded")
        self.assertFalse(ask(self.draft, policy, require="witnessed")["valid"])
        self.valid(ask(self.draft, policy, raw=self.draft.zip(created="some day")))

    def test_needs_the_quorum_of_the_reader(self):
        few = self.draft.noted(self.world.note(only=["w2"]))
        answer = ask(few)
        self.not_valid(answer)
        self.says(answer, 1, existed="no-quorum", complete="stale-head-map", time="unbounded")

    def test_needs_the_readers_log(self):
        other = maker.key_line("other.example.org/log", 1, maker.Ed25519Signer(b"\x05" * 32).public)[1]
        answer = ask(self.draft, self.policy(lambda p: p.replace(self.world.vkey, other)))
        self.says(answer, 1, existed="wrong-origin")
        self.assertFalse(answer["valid"])

    def test_needs_a_log_key_of_that_name(self):
        stranger = self.world.note(log=maker.Ed25519Signer(b"\x05" * 32))
        self.says(ask(self.draft.noted(stranger)), 1, existed="bad-checkpoint")

    def test_of_a_forged_log_is_not_valid_however_little_is_required(self):
        forger = World(666)
        forger.publish()
        stream = trade(forger, 2)
        forger.publish(), forger.map_heads(), forger.publish()
        forged = forger.draft(stream).without_notes()
        for policy in (self.world.policy, self.policy(lambda p: p.replace("quorum all-of-them", "quorum none"))):
            for word in ("existed", "witnessed", "saidBy", "own-key", "complete", "time"):
                self.assertFalse(ask(forged, policy, require=word)["valid"], word)

    def test_ends_with_a_line_of_a_known_key_that_fails(self):
        note = bytearray(self.draft.files["checkpoint.txt"])
        note[-10] ^= 1  # inside the last signature
        answer = ask(self.draft.noted(bytes(note)))
        self.says(answer, 1, existed="bad-checkpoint")

    def test_is_the_same_with_a_line_of_an_unknown_key(self):
        line = f"— who.example {b64(b'1234' + bytes(64))}\n".encode()
        self.valid(ask(self.draft.noted(self.draft.files["checkpoint.txt"] + line)))

    def test_needs_an_inclusion_proof_of_its_own(self):
        answer = ask(self.draft.swapped("events/0001.tlog-proof", "events/0002.tlog-proof"))
        self.says(answer, 1, existed="bad-inclusion", time="unbounded")

    def test_needs_the_note_of_the_checkpoint_in_each_proof(self):
        newer = self.world.note(at={"w1": START + 10**6})
        one = self.draft.replaced("events/0001.tlog-proof",
                                  lambda raw: raw.replace(self.draft.files["checkpoint.txt"], newer))
        answer = ask(one)
        self.not_valid(answer)
        self.says(answer, 1, existed="bad-checkpoint")
        self.says(answer, 2, existed="existed")

    def test_of_a_note_that_the_checkpoint_does_not_go_on_from(self):
        fork = World(1)  # the same keys, another log
        fork.append(fork.stream("item x"), "item-listed.v1", {"askFen": 1})
        note = next(n for n in self.draft.files if n.startswith("notes/") and n != "notes/1.txt")
        size = int(note[6:-4])
        while len(fork.leaves) < size:
            fork.append(fork.stream("item x"), "item-listed.v1", {"askFen": 1})
        consistency = f"consistency/{size}.txt"
        self.not_valid(ask(self.draft.replaced(note, fork.note(size))), "consistency")
        self.not_valid(ask(self.draft.replaced(consistency, fork.consistency_file(size, size))), "consistency")
        both = self.draft.replaced(note, fork.note(size)).replaced(consistency, fork.consistency_file(size, size))
        self.not_valid(ask(both), "consistency")
        self.not_valid(ask(self.draft.without(consistency)), "consistency")
        stranger = maker.Ed25519Signer(b"\x05" * 32)
        self.not_valid(ask(self.draft.replaced(note, self.world.note(size, log=stranger))), "bad-checkpoint")
        self.not_valid(ask(self.draft.replaced(note, self.world.note(size, origin="x.example"))), "wrong-origin")
        few = self.draft.replaced(note, self.world.note(size, only=["w1"], at={"w1": START}))
        self.valid(ask(few))  # not of use for times, and no fault

    def test_goes_on_under_a_second_key_of_the_log(self):
        old, self.world.log_key = self.world.vkey, maker.Ed25519Signer(b"\x06" * 32)
        new = maker.key_line(maker.ORIGIN, 1, self.world.log_key.public)[1]
        self.world.publish()
        answer = ask(self.world.draft(self.stream), self.policy(lambda p: p.replace(old, f"{old}\nlog {new}")))
        self.valid(answer)
        self.says(ask(self.world.draft(self.stream)), 1, existed="bad-checkpoint")


class Deeds(Bundles):
    """One event with its deeds, in a world with a dealer and a buyer."""

    def world(self):
        world = World(2)
        world.publish()
        world.register("dealer"), world.register("buyer", maker.Es256Signer)
        world.publish()
        return world

    def answer(self, *, party="dealer", before=None, after=None, world=None, evt="item-listed.v1", **event):
        """One event on a fresh stream; before and after change the world around it."""
        world = world or self.world()
        stream = world.stream("item")
        if before:
            before(world)
            world.publish()
        if "by" not in event and "deeds" not in event:
            event["by"] = [("lister", world.parties[party])]
        world.append(stream, evt, {"askFen": 5}, **event)
        world.publish()
        if after:
            after(world)
        world.map_heads()
        world.publish()
        return ask(world.draft(stream))


class Who_said_it(Deeds):
    def test_own_key_and_its_algorithms(self):
        self.says(self.answer(), 1, saidBy="own-key")
        self.says(self.answer(party="buyer"), 1, saidBy="own-key")

    def test_on_behalf(self):
        self.says(self.answer(by=()), 1, saidBy="on-behalf")

    def test_a_key_that_nobody_vouched_for(self):
        self.says(self.answer(before=lambda w: w.register("dealer", vouched=False)), 1, saidBy="own-key-unvouched")

    def test_a_registrar_whom_the_reader_does_not_list(self):
        world, stream = story(1)
        self.says(ask(world.draft(stream), registrars=None), 1, saidBy="own-key-unvouched")

    def test_a_voucher_for_another_key(self):
        def swap(w):
            w.register("dealer", vouch="x.y.z")
        self.says(self.answer(before=swap), 1, saidBy="own-key-unvouched")

    def test_a_key_that_the_earlier_key_vouches_for(self):
        def renew(w):
            w.register("dealer", previous=w.parties["dealer"].signer)
        self.says(self.answer(before=renew), 1, saidBy="own-key")

    def test_a_key_that_a_revoked_key_vouches_for(self):
        def renew(w):
            old = w.parties["dealer"]
            w.revoke(old, w.clock)
            w.publish()
            w.register("dealer", previous=old.signer)
        self.says(self.answer(before=renew), 1, saidBy="own-key-unvouched")

    def test_a_leaf_that_another_key_signed(self):
        other = maker.Ed25519Signer(b"\x09" * 32)
        self.says(self.answer(signer=other), 1, saidBy="unknown-key")
        other.thumbprint = self.world().leaf_key.thumbprint
        self.says(self.answer(signer=other), 1, saidBy="bad-signature")

    def test_a_leaf_of_another_issuer(self):
        self.says(self.answer(iss="https://other.example.org"), 1, saidBy="unknown-key")

    def test_a_deed_key_that_signs_a_leaf(self):
        world = self.world()
        self.says(self.answer(world=world, signer=world.parties["dealer"].signer), 1, saidBy="unknown-key")

    def test_a_deed_with_the_key_of_the_service(self):
        world = self.world()
        deeds = lambda c: [world.deed(c, "lister", world.parties["dealer"], world.leaf_key)]
        self.says(self.answer(world=world, deeds=deeds), 1, saidBy="unknown-key")

    def test_a_deed_with_the_key_of_another_party(self):
        world = self.world()
        deeds = lambda c: [world.deed(c, "lister", world.parties["dealer"], world.parties["buyer"].signer)]
        self.says(self.answer(world=world, deeds=deeds), 1, saidBy="unknown-key")

    def test_a_deed_that_its_key_did_not_sign(self):
        world = self.world()

        def deeds(claims):
            head, body, _ = world.deed(claims, "lister", world.parties["dealer"]).split(".")
            return [f"{head}.{body}.{b64u(bytes(64))}"]
        self.says(self.answer(world=world, deeds=deeds), 1, saidBy="bad-signature")

    def test_a_deed_of_another_form_is_found(self):
        world = self.world()
        dealer = world.parties["dealer"]
        for spoil in (lambda d: d + ".x", lambda d: d.replace(".", ".e", 1), lambda d: "e30." + d.split(".", 1)[1]):
            world = self.world()
            answer = self.answer(world=world, deeds=lambda c: [spoil(world.deed(c, "lister", dealer))])
            self.not_valid(answer, "bad-signature")
        for alg in ("none", "HS256", "EdDSA", "ES256"):
            world = self.world()
            deeds = lambda c: [forged(world, c, alg=alg)]
            self.says(self.answer(world=world, deeds=deeds), 1, saidBy="bad-signature")
        seen = {"size": 0, "root": b64u(maker.mth([]))}
        for changes in ({"role": 1}, {"exp": "9"}, {"exp": True}, {"seen": {**seen, "x": 1}}, {"more": 1}, {"jti": 1},
                        {"seen": {**seen, "size": "0"}}, {"seen": {**seen, "root": "AA"}}, {"seen": 1},
                        {"party": "AA"}, {"deed": 1}):
            world = self.world()
            deeds = lambda c: [world.deed(c, "lister", world.parties["dealer"], **changes)]
            self.not_valid(self.answer(world=world, deeds=deeds), "bad-signature")
        for more in ({"crit": []}, {"jwk": dealer.signer.jwk}, {"typ": "trade-event+sd-jwt"}):
            world = self.world()
            deeds = lambda c: [forged(world, c, **more)]
            self.not_valid(self.answer(world=world, deeds=deeds), "bad-signature")

    def test_a_deed_of_other_claims(self):
        other = b64u(b"\x01" * 32)
        for changes in ({"evt": "item-sold.v1"}, {"jti": "00000000-0000-8000-8000-000000000000"}, {"item": other},
                        {"deed": other}, {"seen": {"size": 99, "root": other}}, {"seen": {"size": 1, "root": other}},
                        {"seen": {"size": 0, "root": other}}):
            world = self.world()
            deeds = lambda c: [world.deed(c, "lister", world.parties["dealer"], **changes)]
            self.says(self.answer(world=world, deeds=deeds), 1, saidBy="claims-differ")

    def test_two_deeds_of_one_role(self):
        world = self.world()
        by = [("lister", world.parties["dealer"]), ("lister", world.parties["buyer"])]
        self.says(self.answer(world=world, by=by), 1, saidBy="claims-differ")

    def test_a_hand_over_with_one_side(self):
        world = self.world()
        by = [("from", world.parties["dealer"])]
        self.says(self.answer(world=world, by=by, evt="custody-transferred.v1"), 1, saidBy="role-missing")

    def test_a_deed_kept_back(self):
        world = self.world()
        deeds = lambda c: [world.deed(c, "lister", world.parties["dealer"], exp=c["iat"] - 3600)]
        self.says(self.answer(world=world, deeds=deeds), 1, saidBy="deed-expired", time="supported(*")

    def test_a_key_before_and_after_its_theft(self):
        stolen = START + 4000

        def revoke(w):
            w.clock += 9000
            w.publish()
            w.revoke(w.parties["dealer"], stolen)
        self.says(self.answer(after=revoke), 1, saidBy="own-key", time="supported(*")

        def later(w):
            w.clock = stolen
            w.publish()
        self.says(self.answer(before=later, after=revoke), 1, saidBy="key-revoked", time="supported(*")

    def test_a_key_past_its_term_and_before_it(self):
        self.says(self.answer(before=lambda w: w.register("dealer", to=w.clock)), 1, saidBy="key-expired")
        late = lambda w: w.register("dealer", **{"from": w.clock + 7200})
        self.says(self.answer(before=late), 1, saidBy="key-not-yet-valid")

    def test_a_key_and_a_deed_are_judged_at_the_claimed_time_where_it_is_supported(self):
        for seconds, said_by in ((125, "own-key"), (124, "key-expired")):  # the iat of the event, before it
            answer = self.answer(before=lambda w: w.register("dealer", to=w.clock + seconds))
            self.says(answer, 1, saidBy=said_by, time="supported(*")
        for seconds, said_by in ((-59, "own-key"), (-60, "deed-expired")):  # the lower bound, before it
            world = self.world()
            deeds = lambda c: [world.deed(c, "lister", world.parties["dealer"], exp=c["iat"] + seconds)]
            self.says(self.answer(world=world, deeds=deeds), 1, saidBy=said_by, time="supported(*")

    def test_a_key_registered_after_the_event(self):
        world = self.world()
        old = world.parties["dealer"]
        signer = maker.Ed25519Signer(world.secret(f"party dealer {len(world.leaves) + 1}"))
        deeds = lambda c: [world.deed(c, "lister", old, signer)]
        answer = self.answer(world=world, deeds=deeds, after=lambda w: w.register(
            "dealer", previous=old.signer, **{"from": START}))
        self.says(answer, 1, saidBy="key-not-yet-valid")

    def test_a_revocation_left_out(self):
        world = self.world()
        dealer = world.parties["dealer"]
        stream = world.stream("item")
        world.append(stream, "item-listed.v1", {"askFen": 5}, by=[("lister", dealer)])
        world.publish()
        world.revoke(dealer, START)
        world.map_heads()
        world.publish()
        draft = world.draft(stream)
        self.says(ask(draft), 1, saidBy="key-revoked")
        short = draft.without(f"keys/{dealer.signer.thumbprint}/0002")
        self.not_valid(ask(short), "key-chain")
        self.says(ask(short), 1, saidBy="unknown-key", existed="existed")

    def test_without_a_head_map_no_key_is_known(self):
        world, stream = story(2)
        self.says(ask(world.draft(stream).without_head_map()), 1, saidBy="unknown-key")

    def test_a_registration_that_no_registered_key_signed(self):
        def forge(w):
            stranger = maker.Ed25519Signer(b"\x0b" * 32)
            w.leaf_key, kept = stranger, w.leaf_key
            w.register("dealer")
            w.leaf_key = kept
        answer = self.answer(before=forge)
        self.not_valid(answer, "key-chain")
        self.says(answer, 1, saidBy="unknown-key")

    def test_a_new_leaf_key_of_the_operator(self):
        world = self.world()
        new = maker.Ed25519Signer(b"\x0c" * 32)
        world.append(world.stream("keys operator"), "key-registered.v1", {
            "thumbprint": new.thumbprint, "jwk": new.jwk, "purpose": "leaf", "custody": "service",
            "from": world.clock})
        world.publish()
        answer = self.answer(world=world, signer=new)
        self.valid(answer)


def forged(world, claims, **header):
    """A deed with the right claims under another header."""
    dealer = world.parties["dealer"]
    body = sdjwt.parse_jws(world.deed(claims, "lister", dealer)).payload
    return jws(dealer.signer, "trade-deed+jwt", body, header)


class Key_chains(Deeds):
    """What a registration must be, so that its key counts, and counts as vouched for."""

    def test_a_registration_that_is_not_vouched_for(self):
        other, typ = maker.Ed25519Signer(b"\x0d" * 32), "trade-key+jwt"
        for said in (
                {"pop": lambda wanted, key: jws(other, typ, wanted, {"kid": key.thumbprint})},
                {"pop": lambda wanted, key: jws(other, typ, wanted)},
                {"pop": lambda wanted, key: jws(key, typ, wanted, {"kid": other.thumbprint})},
                {"vouch": lambda wanted, key: jws(other, typ, wanted, {"kid": World(2).registrar.thumbprint}),
                 "voucher": other.jwk},
                {"pop": lambda wanted, key: jws(key, typ, {**wanted, "purpose": "leaf"})},
                {"pop": lambda wanted, key: jws(key, typ, {**wanted, "more": 1})},
                {"pop": lambda wanted, key: jws(key, "trade-deed+jwt", wanted)}, {"pop": 1}, {"pop": ""},
                {"vouch": lambda wanted, key: jws(other, typ, wanted), "voucher": other.jwk},
                {"vouch": lambda wanted, key: jws(other, typ, wanted)},
                {"vouch": lambda wanted, key: jws(key, typ, wanted), "voucher": World(2).registrar.jwk},
                {"vouch": lambda wanted, key: jws(other, typ, wanted, {"kid": World(2).registrar.thumbprint})},
                {"vouch": lambda wanted, key: jws(World(2).registrar, typ, {**wanted, "from": 1})}, {"vouch": None}):
            answer = self.answer(before=lambda w: w.register("dealer", **said))
            self.says(answer, 1, saidBy="own-key-unvouched", complete="complete-up-to *")

    def test_a_voucher_that_is_itself_not_vouched_for_or_not_of_the_chain_or_later(self):
        def chained(w):
            w.register("dealer", vouched=False)
            w.register("dealer", previous=w.parties["dealer"].signer)

        def foreign(w):
            w.register("dealer", previous=w.parties["buyer"].signer)

        def itself(w):
            w.register("dealer", vouch=lambda wanted, key: jws(key, "trade-key+jwt", wanted), voucher=None)
        def forged(w):
            old = w.parties["dealer"].signer.thumbprint
            w.register("dealer", previous=w.registrar, vouch=lambda wanted, key: jws(
                key, "trade-key+jwt", wanted, {"kid": old}))
        for before in (chained, foreign, itself, forged):
            self.says(self.answer(before=before), 1, saidBy="own-key-unvouched")

    def test_a_key_that_may_not_sign_deeds(self):
        for said in ({"custody": "service"}, {"purpose": "credit"}, {"purpose": "leaf"},
                     {"thumbprint": b64u(bytes(32))}):
            self.says(self.answer(before=lambda w: w.register("dealer", **said)), 1, saidBy="unknown-key")

    def test_a_chain_that_is_not_of_keys_alone_or_not_in_form(self):
        def twice(w):
            said = w.leaves[-1].claims["said"]
            w.append(w.parties["buyer"].handle, "key-registered.v1", said)  # its newest leaf, once again

        def append(evt="key-revoked.v1", said=None, **more):
            def step(w):
                dealer = w.parties["dealer"]
                w.append(dealer.handle, evt, said or {"thumbprint": dealer.signer.thumbprint}, **more)
            return step

        def register(**said):
            return lambda w: w.register("dealer", **said)
        zero = b64u(bytes(32))
        for before in (append("item-listed.v1"), append(said={"thumbprint": zero}), append(prev=zero), append(n=3),
                       append(iss="https://other.example.org"), register(custody="theirs"), register(purpose="x"),
                       append(said={"thumbprint": zero, "compromisedSince": 1}), append(said={"thumbprint": 1}),
                       register(to=-1), register(to="9"), register(jwk={"kty": "OKP"}),
                       register(**{"from": 1.5}), register(**{"from": "1"}),
                       append(said={"thumbprint": World(2).secret("x").hex(), "compromisedSince": -1})):
            answer = self.answer(before=before)
            self.assertFalse(answer["valid"])
            self.assertIn("key-chain", codes(answer))
            self.says(answer, 1, saidBy="unknown-key")
        answer = self.answer(before=twice, party="buyer")
        self.not_valid(answer, "key-chain")
        self.says(answer, 1, saidBy="unknown-key")

    def test_a_chain_unlike_the_head_map(self):
        def lie(at, value):
            def change(entries):
                key = world.parties["dealer"].handle
                entries[key] = entries[key][:at] + value + entries[key][at + len(value):]
            return change
        for at, value, found in ((32, (2).to_bytes(8, "big"), ["key-chain"]), (40, b"\x01" * 32, ["key-chain"]),
                                 (72, (99).to_bytes(8, "big"), ["key-chain"]),
                                 (32, (1).to_bytes(8, "big"), ["head-map", "key-chain"])):
            world = self.world()
            if "head-map" in found:
                world.register("dealer", previous=world.parties["dealer"].signer)
                world.publish()
            stream = world.stream("item")
            world.append(stream, "item-listed.v1", {"askFen": 5}, by=[("lister", world.parties["dealer"])])
            world.publish(), world.map_heads(lie(at, value)), world.publish()
            answer = ask(world.draft(stream))
            self.not_valid(answer, *found)
            self.says(answer, 1, saidBy="unknown-key")

    def test_a_registration_that_a_deed_key_signed(self):
        def forge(w):
            w.leaf_key, kept = w.parties["buyer"].signer, w.leaf_key
            w.register("dealer")
            w.leaf_key = kept
        world = World(2)
        world.publish()
        world.register("dealer"), world.register("buyer")
        answer = self.answer(world=world, before=forge)
        self.not_valid(answer, "key-chain")
        self.says(answer, 1, saidBy="unknown-key")

    def test_a_leaf_that_is_signed_with_es256_under_the_name_of_ed25519(self):
        world = self.world()
        signer = maker.Es256Signer(b"\x0f" * 32)
        world.append(world.stream("keys operator"), "key-registered.v1", {
            "thumbprint": signer.thumbprint, "jwk": signer.jwk, "purpose": "leaf", "custody": "service",
            "from": world.clock})
        signer.alg = "Ed25519"
        self.says(self.answer(world=world, signer=signer), 1, saidBy="bad-signature")

    def test_files_of_a_chain_that_are_wrong(self):
        world, stream = story(3)
        draft = world.draft(stream)
        dealer, buyer = (f"keys/{world.parties[p].signer.thumbprint}" for p in ("dealer", "buyer"))
        for spoilt in (draft.without(f"{dealer}.json"), draft.without(f"{dealer}/0001.tlog-proof"),
                       draft.swapped(f"{dealer}.json", f"{buyer}.json"), draft.without(f"{dealer}/"),
                       draft.swapped(f"{dealer}/0001.tlog-proof", f"{buyer}/0001.tlog-proof"),
                       draft.replaced(f"{dealer}.json", lambda r: r.replace(b'"handle":"', b'"handle":"A', 1)),
                       draft.flipped(f"{dealer}/0001.sdjwt", -5),
                       renamed(draft, dealer, "keys/" + b64u(bytes(32))),
                       draft.flipped(f"{dealer}/0001.tlog-proof", 40)):
            answer = ask(spoilt)
            self.not_valid(answer, "key-chain")
            self.says(answer, 1, saidBy="unknown-key", existed="existed")


def renamed(draft, old, new):
    made = draft.copy()
    made.files = {name.replace(old, new): raw for name, raw in draft.files.items()}
    return made


class Completeness(Bundles):
    def setUp(self):
        self.world, self.stream = story(5)
        self.draft = self.world.draft(self.stream)

    def grow(self, count=1, seconds=60):
        for _ in range(count):
            self.world.append(self.stream, "odometer-observed.v1", {"valueKm": 1}, seconds=seconds)
        self.world.publish()

    def test_names_each_event_that_is_left_out(self):
        for k in range(1, 5):
            answer = ask(self.draft.without_event(k))
            self.assertFalse(answer["valid"])
            self.assertEqual({f"gap({k})"}, {e["complete"] for e in answer["events"]})
        answer = ask(self.draft.without_event(5))
        self.assertEqual({"truncated(4,5)"}, {e["complete"] for e in answer["events"]})
        answer = ask(self.draft.without_event(5).without_event(4))
        self.assertEqual({"truncated(3,5)"}, {e["complete"] for e in answer["events"]})

    def test_without_a_head_map(self):
        self.says(ask(self.draft.without_head_map()), 1, complete="no-head-map")
        self.says(ask(self.draft, require="existed"), 1, complete="complete-up-to *")
        named = self.draft.without_head_map()
        named.meta["headMap"] = self.draft.meta["headMap"]
        self.not_valid(ask(named), "manifest")
        answer = ask(self.draft.without_head_map(), require="existed")
        self.says(answer, 1, complete="not-asked")
        self.valid(answer)

    def test_with_a_head_map_that_does_not_verify(self):
        for spoilt in (self.draft.flipped("headmap/leaf.sdjwt", 300), self.draft.without("headmap/member.json"),
                       self.draft.without("headmap/leaf."),
                       self.draft.replaced("headmap/member.json", lambda raw: raw.replace(b'"index":0', b'"index":1')),
                       self.draft.swapped("headmap/leaf.tlog-proof", "events/0001.tlog-proof")):
            answer = ask(spoilt)
            self.assertIn("no-head-map", codes(answer))
            self.says(answer, 1, complete="no-head-map", saidBy="unknown-key")

    def test_with_a_head_map_of_another_form(self):
        for more in ({"treeSize": 10**6}, {"treeSize": "5"}, {"mapSize": None}, {"mapRoot": b64u(bytes(32))},
                     {"mapRoot": 1}, {"evt": "item-listed.v1"}):
            world, stream = story(2)
            world.map_heads(**more)
            world.publish()
            answer = ask(world.draft(stream))
            self.not_valid(answer, "no-head-map")
            self.says(answer, 1, complete="no-head-map", saidBy="unknown-key")
        other = self.draft.replaced("headmap/member.json", jcs(self.world.member(
            self.world.maps[-1], self.world.parties["dealer"].handle)))
        self.not_valid(ask(other), "no-head-map")

    def test_with_a_head_map_that_a_stranger_signed(self):
        kept, self.world.leaf_key = self.world.leaf_key, maker.Ed25519Signer(b"\x0e" * 32)
        self.world.map_heads()
        self.world.leaf_key = kept
        self.world.publish()
        answer = ask(self.world.draft(self.stream))
        self.not_valid(answer, "no-head-map")
        self.says(answer, 1, complete="no-head-map", saidBy="unknown-key", existed="existed")

    def test_with_an_old_head_map_and_all_that_came_after(self):
        self.grow(2)
        answer = ask(self.world.draft(self.stream, upto=7))
        self.says(answer, 5, complete="complete-up-to *")
        self.says(answer, 6, complete="stale-head-map")

    def test_with_an_old_head_map_and_nothing_that_came_after(self):
        self.grow(2, seconds=700)
        answer = ask(self.world.draft(self.stream))
        self.assertEqual({"stale-head-map"}, {e["complete"] for e in answer["events"]})

    def test_up_to_the_newest_checkpoint_that_the_head_map_covers(self):
        self.grow(1, seconds=400)
        self.grow(1, seconds=100)
        answer = ask(self.world.draft(self.stream))
        self.valid(answer)
        size, note = max(c for c in self.world.checkpoints if c[0] <= self.world.maps[-1].size)
        opened = notes.open_checkpoint(note, notes.parse_policy(self.world.policy))
        self.says(answer, 1, complete=f"complete-up-to {maker.utc(opened.not_before)}")

    def test_up_to_the_checkpoint_itself_where_nothing_else_was_logged(self):
        _, note = self.world.checkpoints[-1]
        opened = notes.open_checkpoint(note, notes.parse_policy(self.world.policy))
        self.says(ask(self.draft.without_notes()), 1, complete=f"complete-up-to {maker.utc(opened.not_before)}")

    def test_a_leaf_that_does_not_follow_the_one_before_it(self):
        for more in ({"prev": b64u(bytes(32))}, {"n": 7}):
            world, stream = story(2)
            world.append(stream, "odometer-observed.v1", {"valueKm": 1}, **more)
            world.publish(), world.map_heads(), world.publish()
            self.says(ask(world.draft(stream, upto=3)), 1, complete="gap(3)")

    def test_needs_the_note_that_gives_the_time(self):
        self.grow(1)
        self.says(ask(self.world.draft(self.stream).without_notes()), 1, complete="stale-head-map")

    def test_a_head_map_that_lies_about_the_length(self):
        def shorter(entries):
            entries[self.stream] = entries[self.stream][:32] + (4).to_bytes(8, "big") + entries[self.stream][40:]
        self.world.map_heads(shorter)
        self.world.publish()
        answer = ask(self.world.draft(self.stream, upto=5))
        self.not_valid(answer, "head-map")
        self.says(answer, 1, complete="stale-head-map")

    def test_a_head_map_that_names_another_last_leaf(self):
        for at, value in ((40, b"\x01" * 32), (72, (1).to_bytes(8, "big"))):
            def other(entries):
                e = entries[self.stream]
                entries[self.stream] = e[:at] + value + e[at + len(value):]
            self.world.map_heads(other)
            self.world.publish()
            self.not_valid(ask(self.world.draft(self.stream)), "head-map")

    def test_an_identifier_bound_twice_by_another_stream(self):
        handle = next(leaf.claims["ids"][0] for leaf in self.world.leaves if "ids" in leaf.claims)
        self.world.append(self.world.stream("clone"), "item-registered.v1", {"category": "used-car"}, ids=[handle])
        self.world.publish()
        self.world.map_heads()
        self.world.publish()
        for stream in (self.stream, self.world.stream("clone")):
            answer = ask(self.world.draft(stream))
            self.not_valid(answer, "identifier-bound-twice")
            self.says(answer, 1, complete="identifier-bound-twice")

    def test_an_identifier_that_the_map_binds_elsewhere(self):
        handle = next(leaf.claims["ids"][0] for leaf in self.world.leaves if "ids" in leaf.claims)

        def elsewhere(entries):
            entries[handle] = entries[handle][:40] + b"\x01" * 32 + entries[handle][72:]
        self.world.map_heads(elsewhere)
        self.world.publish()
        self.not_valid(ask(self.world.draft(self.stream)), "head-map")

    def test_an_identifier_without_its_member(self):
        name = next(n for n in self.draft.files if n.startswith("ids/"))
        self.says(ask(self.draft.without(name)), 1, complete="no-head-map")
        spoilt = ask(self.draft.replaced(name, self.draft.files["headmap/member.json"]))
        self.not_valid(spoilt, "no-head-map")

    def test_a_delta_goes_on_from_its_base(self):
        base = self.draft
        self.grow(2)
        self.world.map_heads()
        self.world.publish()
        delta = self.world.draft(self.stream).delta_after(base)
        answer = ask(delta, base=base.zip())
        self.valid(answer)
        self.assertEqual(2, len(answer["events"]))
        self.says(ask(delta), 1, complete="gap(1)")
        self.says(ask(delta.without_event(6), base=base.zip()), 1, complete="gap(6)")
        self.not_valid(ask(delta, base=base.without_event(2).zip()))
        self.not_valid(ask(delta, base=delta.zip()), "base")
        self.not_valid(ask(base, base=base.zip()), "base")
        other = World(77)
        other.publish()
        trade(other, 5), other.publish(), other.map_heads(), other.publish()
        self.assertIn("base", codes(ask(delta, base=other.draft(other.stream("item car")).zip())))
        trade(self.world, 5, "bike")
        self.world.publish(), self.world.map_heads(), self.world.publish()
        later = self.world.draft(self.stream)
        bike = self.world.draft(self.world.stream("item bike"))
        for wrong in (later, bike, base.without("keys/"), base.flipped("events/0001.sdjwt", 200)):
            self.not_valid(ask(delta, base=wrong.zip()), "base")
        unlike = later.delta_after(base)
        for changes in ({"since": base.world.checkpoints[1][0]}, {"first": 7}):
            answer = ask(unlike, raw=unlike.zip(**changes), base=base.zip())
            self.assertIn("base", codes(answer))
        self.not_valid(ask(unlike.without(f"consistency/{unlike.meta['since']}.", f"notes/{unlike.meta['since']}."),
                           base=base.zip()), "base")

    def test_a_delta_of_no_events(self):
        base = self.draft
        self.world.append(self.world.stream("other"), "item-listed.v1", {"market": "market-2"})
        self.world.publish(), self.world.map_heads(), self.world.publish()
        delta = self.world.draft(self.stream).delta_after(base)
        answer = ask(delta, base=base.zip())
        self.valid(answer)
        self.assertEqual([], answer["events"])
        self.not_valid(ask(delta), "complete")

    def test_an_identifier_bound_again_after_the_base(self):
        base = self.draft
        self.grow(1)
        self.world.append(self.world.stream("clone"), "item-registered.v1", {"category": "used-car"},
                          ids=[leaf.claims["ids"][0] for leaf in self.world.leaves if "ids" in leaf.claims][:1])
        self.world.map_heads()
        self.world.publish()
        cloned = self.world.draft(self.stream).delta_after(base)
        self.says(ask(cloned, base=base.zip()), 1, complete="identifier-bound-twice")

    def test_a_pinned_checkpoint(self):
        size, note = self.world.checkpoints[1]
        self.valid(ask(self.draft, pin=note))
        self.not_valid(ask(self.draft.without(f"notes/{size}.", f"consistency/{size}."), pin=note), "pin")
        self.valid(ask(self.draft, pin=self.world.checkpoints[-1][1]))
        fork = World(1)
        fork.append(fork.stream("item x"), "item-listed.v1", {"askFen": 1})
        fork.append(fork.stream("item y"), "item-listed.v1", {"askFen": 2})
        self.assertEqual(self.world.vkey, fork.vkey)
        self.not_valid(ask(self.draft, pin=fork.note()), "pin")
        self.not_valid(ask(self.draft, pin=b"x\n"), "pin")
        self.not_valid(ask(self.draft, pin=self.world.note(log=maker.Ed25519Signer(b"\x05" * 32))), "pin")
        self.valid(ask(self.draft, pin=self.world.note(only=["w1"])))


class Linked_events(Bundles):
    """Events of other streams: shown with their proof, noted by an event of the chain, no claim beyond that."""

    def setUp(self):
        self.world, self.stream = story(1)
        self.batch = self.world.stream("batch of twenty")

    def lead(self, evt="export-licence-granted.v1", **more):
        return self.world.append(self.batch, evt, {"validUntil": "2026-12-31"}, **more)

    def noted(self, lead, **changes):
        said = {"evt": "export-licence-granted", "ref": lead.claims["jti"], "stream": self.batch, **changes}
        self.world.append(self.stream, "linked-fact-noted.v1", said)

    def draft(self):
        self.world.publish(), self.world.map_heads(), self.world.publish()
        return self.world.draft(self.stream)

    def name(self, lead):
        return f"linked/{lead.claims['jti']}"

    def test_one_that_the_chain_notes(self):
        lead = self.lead()
        self.noted(lead)
        answer = ask(self.draft(), require="witnessed,saidBy,complete,time")
        self.valid(answer)
        (shown,) = answer["linked"]
        self.assertEqual(("export-licence-granted.v1", "existed", "on-behalf", "not-asked"),
                         tuple(shown[m] for m in ("type", "existed", "saidBy", "complete")))

    def test_one_that_is_left_out_or_never_was_there_is_no_fault(self):
        lead = self.lead()
        self.noted(lead)
        answer = ask(self.draft().without("linked/"))
        self.valid(answer)
        self.assertNotIn("linked", answer)

    def test_one_that_nobody_notes(self):
        lead, other = self.lead(), self.lead()
        self.noted(lead)
        draft, name = self.draft(), self.name(lead)
        files = {n.replace(name, self.name(other)): c for n, c in draft.files.items()}
        draft.files = files
        self.not_valid(ask(draft), "linked")

    def test_one_noted_under_another_stream_or_name(self):
        for changes in ({"stream": self.world.stream("another batch")}, {"evt": "export-licence-refused"},
                        {"evt": "export-licence-granted.v1"}, {"ref": self.world.jti("no", "event")}):
            with self.subTest(changes):
                self.setUp()
                lead = self.lead()
                self.noted(lead, **changes)
                draft = self.draft()
                size, note = self.world.checkpoints[-1]
                self.world._put(draft.files, self.name(lead), self.world.leaves.index(lead), size, note)
                self.not_valid(ask(draft), "linked")

    def test_one_without_its_proof_or_with_another(self):
        lead, other = self.lead(), self.lead()
        self.noted(lead), self.noted(other)
        draft = self.draft()
        one, two = self.name(lead), self.name(other)
        self.not_valid(ask(draft.without(f"{one}.tlog-proof")), "linked")
        self.not_valid(ask(draft.without(f"{one}.sdjwt")), "linked")
        answer = ask(draft.swapped(f"{one}.tlog-proof", f"{two}.tlog-proof"))
        self.not_valid(answer)
        self.assertEqual({"bad-inclusion"}, {e["existed"] for e in answer["linked"]})

    def test_one_that_a_stranger_signed_is_what_is_required_of_every_event(self):
        lead = self.lead(signer=self.world.registrar)
        self.noted(lead)
        draft = self.draft()
        answer = ask(draft)
        self.not_valid(answer)
        self.assertEqual("unknown-key", answer["linked"][0]["saidBy"])
        self.valid(ask(draft, require="existed,complete"))

    def test_a_delta_may_show_what_its_base_notes(self):
        lead = self.lead()
        self.noted(lead)
        base = self.draft()
        self.world.append(self.stream, "odometer-observed.v1", {"valueKm": 9})
        whole = self.draft()
        delta = whole.delta_after(base)
        self.valid(ask(delta, base=base.zip()))
        delta.files |= {n: c for n, c in whole.files.items() if n.startswith("linked/")}
        self.valid(ask(delta, base=base.zip()))
        self.not_valid(ask(delta), "linked")


class Times(Bundles):
    def one(self, iat=0, at=None, seconds=0, lower=True):
        """One event whose iat differs from the clock, between two checkpoints."""
        world = World(3, 4, 3)
        if lower:
            world.publish()
        stream = world.stream("item")
        world.clock += seconds
        world.append(stream, "item-listed.v1", {"askFen": 5}, iat=world.clock + 60 + iat)
        world.publish(at=at)
        world.map_heads()
        world.publish()
        return ask(world.draft(stream), require="existed")

    def test_around_the_claimed_time(self):
        self.says(self.one(), 1, time=f"supported({maker.utc(START + 66)},{maker.utc(START + 132)})")
        for iat in (-179, 127):  # 120 s before the lower bound, after the upper one
            self.says(self.one(iat=iat), 1, time="supported(*")
        for iat in (-180, 128):
            self.says(self.one(iat=iat), 1, time="not-supported")

    def test_of_a_date_before_or_after(self):
        for iat in (-30 * 86400, 3600, -300, 300):
            self.says(self.one(iat=iat), 1, time="not-supported")

    def test_that_are_too_far_apart(self):
        self.says(self.one(seconds=8 * 86400), 1, time="wide(*")
        self.says(self.one(seconds=8 * 86400, iat=3600), 1, time="not-supported")

    def test_without_a_lower_bound(self):
        self.says(self.one(lower=False), 1, time="upper-only")

    def test_which_one_dishonest_witness_of_three_of_four_can_only_widen(self):
        self.says(self.one(at={"w1": 1_577_836_800}), 1, time="supported(*")
        self.says(self.one(at={"w4": 4_000_000_000}), 1, time="supported(*")
        self.says(self.one(at={w: 1_577_836_800 for w in ("w1", "w2", "w3")}), 1, time="not-supported")

    def test_two_times_of_a_checkpoint(self):
        policy = notes.parse_policy(World(3, 4, 3).policy)
        times = {"w1": 10, "w2": 40, "w3": 20, "w4": 30}
        self.assertEqual((30, 20), (policy.not_after(times), policy.not_before(times)))
        self.assertEqual((None, None), (policy.not_after({"w1": 1}), policy.not_before({"w1": 1})))

    def test_a_time_that_cannot_be_written_down(self):
        world, stream = story(1)
        policy = notes.parse_policy(world.policy)
        for time, fault in ((1, None), (253_402_300_799, None), (0, "bad-checkpoint"), (1 << 63, "bad-checkpoint"),
                            (253_402_300_800, "bad-checkpoint")):
            note = world.note(at={"w1": time})
            self.assertEqual(fault, notes.open_checkpoint(note, policy).fault)
        draft = world.draft(stream).noted(note)
        self.assertFalse(ask(draft, raw=draft_zip(draft))["valid"])

    def test_a_line_of_another_length_under_a_known_key(self):
        world = World(1)
        policy, note = notes.parse_policy(world.policy), world.note().decode()
        for line in note.splitlines()[-4:]:
            name, payload = line.split(" ")[1], maker.base64.b64decode(line.split(" ")[2])
            for other in (payload[:68] if len(payload) == 76 else payload + bytes(8), payload + b"\x00"):
                spoilt = note.replace(line, f"— {name} {b64(other)}").encode()
                self.assertEqual("bad-checkpoint", notes.open_checkpoint(spoilt, policy).fault)


def draft_zip(draft):
    """Packed although its `created` cannot be computed."""
    files = {name: sha256(raw).hexdigest() for name, raw in draft.files.items() if name != "report.html"}
    good = draft.world.draft(draft.meta["handle"])
    manifest = json.loads(good.manifest()) | {"files": files}
    names = sorted([*draft.files, "manifest.json"], key=maker.place)
    return maker.zip_bytes([(n, jcs(manifest) if n == "manifest.json" else draft.files[n]) for n in names])


class Credentials(Bundles):
    def bundle(self, change=None, purpose="wipe", **more):
        world = World(5)
        world.publish()
        wiper = world.register("wiper", purpose=purpose)
        world.publish()
        world.wipe(world.stream("phone"), wiper, change, **more)
        world.publish()
        world.map_heads()
        world.publish()
        draft = world.draft(world.stream("phone"))
        self.assertTrue(any(n.startswith("credentials/") for n in draft.files))
        return draft

    def test_a_wipe_with_its_credential(self):
        self.valid(ask(self.bundle()))

    def test_what_is_not_told_is_unknown_under_the_newest_rule_set_and_was_good_under_the_oldest(self):
        def silent(member):
            def change(claims):
                del claims["media"][0]["action"][member]
            return change

        def unread(claims):
            del claims["media"][0]["check"]["residues"]

        def unsized(claims):
            del claims["media"][0]["capacityBytes"]
        oldest, newest = list(RULE_SETS)[0], list(RULE_SETS)[-1]
        for change in (silent("hidden"), silent("bytesAddressed"), silent("unreached"), silent("result"),
                       silent("started"), unread, unsized):
            self.valid(ask(self.bundle(change, judged={"ruleSet": oldest})))
            self.not_valid(ask(self.bundle(change, judged={"ruleSet": newest})), "credential")

            def clear(claims):
                change(claims)
                claims["derived"]["level"] = "clear"
            self.valid(ask(self.bundle(clear, judged={"ruleSet": newest})))
            self.not_valid(ask(self.bundle(clear, judged={"ruleSet": oldest})), "credential")

    def test_one_of_a_rule_set_that_nobody_knows_is_not_derived(self):
        for judged in ({"ruleSet": "2026-01"}, {"other": 1}, None):
            self.not_valid(ask(self.bundle(judged=judged)), "credential")

    def test_one_that_is_spoilt(self):
        def level(claims):
            claims["derived"]["level"] = "destruct"

        def residues(claims):
            claims["media"][0]["check"]["residues"] = 1

        def hasty(claims):
            claims["media"][0]["action"]["finished"] = claims["media"][0]["action"]["started"]

        def elsewhere(claims):
            claims["item"] = b64u(bytes(32))
        for change in (level, residues, hasty, elsewhere, lambda c: c.pop("media"), lambda c: c.update(media=[{}])):
            self.not_valid(ask(self.bundle(change)), "credential")
        self.not_valid(ask(self.bundle(purpose="deed")), "credential")
        keyless = self.bundle()
        chain = f"keys/{keyless.world.parties['wiper'].signer.thumbprint}"
        self.not_valid(ask(keyless.without(chain)), "credential")
        self.not_valid(ask(self.bundle(lambda c: c.update(iss="https://other.example.org"))), "credential")
        draft = self.bundle()
        name = next(n for n in draft.files if n.startswith("credentials/"))
        self.not_valid(ask(draft.replaced(name, lambda raw: raw[:-1])), "credential")
        self.not_valid(ask(draft.replaced(name, lambda raw: raw + b"WyJhIiwiYiIsMV0~")), "credential")
        unsigned = draft.files[name].split(b"~")
        unsigned[0] = unsigned[0].rsplit(b".", 1)[0] + b"." + b64u(bytes(64)).encode()
        world = draft.world
        world.credentials = {b64u(sha256(unsigned[0]).digest()): (sha256(unsigned[0]).hexdigest(), b"~".join(unsigned))}
        world.append(world.stream("phone"), "wipe-attested.v1", {"mediumIx": 0}, docs=[
            {"h": b64u(sha256(unsigned[0]).digest()), "mt": "application/dc+sd-jwt", "sz": 1}])
        world.publish(), world.map_heads(), world.publish()
        self.not_valid(ask(world.draft(world.stream("phone"))), "credential")
        moved = draft.without(name)
        moved.files[f"credentials/{'0' * 64}.sdjwt"] = draft.files[name]
        self.not_valid(ask(moved), "credential")

    def test_levels_follow_from_evidence(self):
        report, photo = {"mt": "application/pdf"}, {"mt": "image/jpeg"}
        cleared = {"hpa": "absent", "dco": "cleared", "ama": "absent"}
        full = {"method": "full", "residues": 0}

        def level(kind, technique, evidence=(report,), check=full, **action):
            action = {"technique": technique, "result": "ok", "bytesAddressed": 100, "hidden": cleared,
                      "unreached": [], "started": "", "deviceStatus": {}, **action}
            medium = {"type": kind, "capacityBytes": 100, "action": action, "check": check}
            # All is told: then it is the same, whatever the rule set makes of what is not.
            levels = {level_of(medium, list(evidence), as_told) for as_told in (False, True)}
            self.assertEqual(1, len(levels))
            return levels.pop()

        for wanted, found in (
                (0, level("nvme", "factory-reset")), (0, level("hdd", "overwrite", passes=1, result="failed")),
                (0, level("hdd", "overwrite", (), passes=1)), (1, level("hdd", "overwrite", passes=1)),
                (0, level("hdd", "overwrite", passes=1, bytesAddressed=99)), (1, level("nvme", "overwrite")),
                (1, level("ssd-sata", "nvme-format-ses")), (2, level("hdd", "ata-secure-erase-enhanced")),
                (1, level("hdd", "sanitize-overwrite", hidden={**cleared, "dco": "unknown"})),
                (2, level("ssd-sata", "sanitize-block")), (0, level("nvme", "nvme-sanitize")),
                (2, level("nvme", "nvme-sanitize", deviceStatus={"SPROG": 0xFFFF, "SSTAT": 1})),
                (0, level("nvme", "nvme-sanitize", deviceStatus={"SPROG": 0xFFFF, "SSTAT": 3})),
                (0, level("nvme", "sanitize-crypto")),
                (2, level("nvme", "sanitize-crypto", encryptedSinceFirstUse="yes")),
                (2, level("emmc", "emmc-sanitize", deviceStatus={})), (0, level("emmc", "ufs-purge", deviceStatus={})),
                (3, level("hdd", "degauss")), (0, level("nvme", "degauss")), (3, level("nvme", "shred", [photo])),
                (0, level("nvme", "shred")), (1, level("ssd-sata", "sanitize-block", unreached=[{"code": 1}])),
                (1, level("ssd-sata", "sanitize-block", check={"method": "none"})),
                (0, level("ssd-sata", "sanitize-block", check={"method": "full", "residues": 2}))):
            self.assertEqual(wanted, found)


class Malformed_files(Bundles):
    """Each rule of section 10 broken once; the manifest and its hashes are right again each time."""

    @classmethod
    def setUpClass(cls):
        cls.world, cls.stream = story(3)
        cls.draft = cls.world.draft(cls.stream)
        cls.note = next(n for n in cls.draft.files if n.startswith("notes/"))
        cls.key = next(n for n in cls.draft.files if n.startswith("keys/") and n.endswith(".json"))

    def test_text(self):
        consistency = self.note.replace("notes", "consistency")
        for name, code in (("policy.txt", "text"), ("report.html", "text"), ("checkpoint.txt", "bad-checkpoint"),
                           (self.note, "bad-checkpoint"), (consistency, "consistency")):
            for spoil in (lambda r: r.replace(b"\n", b"\r\n"), lambda r: b"\xef\xbb\xbf" + r, lambda r: r[:-1],
                          lambda r: b"\xff" + r, lambda r: r[:-1] + b"\xc0\xaf\n"):
                spoilt = self.draft.replaced(name, spoil)
                raw = spoilt.zip() if name != "checkpoint.txt" else draft_zip(spoilt)
                answer = ask(spoilt, raw=raw)
                self.assertIn(code, codes(answer), name)
                self.assertFalse(answer["valid"])

    def test_leaves(self):
        for spoil in (lambda r: r[:-1], lambda r: r + b"\n", lambda r: r + b"~", lambda r: r + b"e30.e30.AA",
                      lambda r: r.replace(b".", b"=.", 1), lambda r: r.replace(b"~", b".AA~", 1),
                      lambda r: b"", lambda r: b"~", lambda r: r.replace(b"~", b"~!~", 1), lambda r: r[1:]):
            answer = ask(self.draft.replaced("events/0002.sdjwt", spoil))
            self.assertIn("bad-signature", codes(answer))
            self.says(answer, 2, saidBy="bad-signature", complete="gap(2)")

    def test_disclosures(self):
        raw = self.draft.files["events/0001.sdjwt"]
        jwt, one, other, _ = raw.split(b"~")
        good = ([one, other], [other, one], [one], [])
        for shown in good:
            self.valid(ask(self.draft.replaced("events/0001.sdjwt", b"~".join([jwt, *shown, b""]))))
        for shown in ([one, one], [one, b""], [b64u(b'["a","b",1]').encode()], [one + b"="], [one[:-1]]):
            answer = ask(self.draft.replaced("events/0001.sdjwt", b"~".join([jwt, *shown, b""])))
            self.assertIn("bad-signature", codes(answer))

    def test_proofs(self):
        def line(wanted, new):
            return lambda r: r.replace(wanted, new, 1)
        for spoil in (line(b"@v1", b"@v2"), line(b"index ", b"index +"), line(b"index ", b"index 0"),
                      line(b"index ", b"index  "), line(b"index", b"extra e\nindex"), line(b"=\n", b"\n"),
                      line(b"\n\n", b"\n"), lambda r: b"", line(b"index 3", b"index 18446744073709551616"),
                      line(b"\n\n", b"\n" + b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n" * 64 + b"\n")):
            answer = ask(self.draft.replaced("events/0001.tlog-proof", spoil))
            self.assertIn("bad-inclusion", codes(answer))
            self.says(answer, 1, existed="bad-inclusion")
            self.assertIsNone(answer["events"][0]["index"])
        extra = ask(self.draft.replaced("events/0001.tlog-proof", line(b"index", b"extra AAAA\nindex")))
        self.valid(extra)

    def test_members(self):
        for name, code in (("headmap/member.json", "no-head-map"), (self.key, "key-chain")):
            for spoil in (lambda r: r + b"\n", lambda r: b" " + r, lambda r: r.replace(b":", b": ", 1),
                          lambda r: r.replace(b'"index":0', b'"index":0.0'), lambda r: r[:-1] + b',"x":1}',
                          lambda r: r.replace(b'"index":0', b'"index":0,"index":0'), lambda r: b"[" * 99,
                          lambda r: r.replace(b'"index":0', b'"index":-0'), lambda r: r.replace(b"=", b"", 1)):
                answer = ask(self.draft.replaced(name, spoil))
                self.assertIn(code, codes(answer))

    def test_manifests(self):
        good = json.loads(self.draft.manifest())
        for changes in ({"format": "trade-provenance-bundle/2"}, {"events": 4}, {"events": "3"}, {"size": 1},
                        {"headMap": 0}, {"headMap": None}, {"created": "2026-01-05T02:00:00Z"}, {"disclosed": []},
                        {"disclosed": good["disclosed"][::-1]}, {"more": 1}, {"since": 1}, {"handle": "AA"},
                        {"handle": b64u(bytes(32))}, {"since": 1, "first": 2}, {"events": 3.5}, {"size": True},
                        {"created": 1}, {"disclosed": None}, {"files": []}, {"headMap": "9"}, {"headMap": -1},
                        {"since": 0, "first": 1}, {"since": 99, "first": 1}, {"size": "9"}, {"events": -1},
                        {"files": {n: h.upper() for n, h in good["files"].items()}},
                        {"files": {n: 1 for n in good["files"]}}, {"handle": None},
                        {"files": {n: h for n, h in good["files"].items() if n != self.note}},
                        {"files": {**good["files"], "report.html": "0" * 64}}):
            answer = ask(self.draft, raw=self.draft.zip(**changes))
            self.assertFalse(answer["valid"], changes)
            if changes.get("since") != 1:
                self.assertNotEqual([], answer["findings"], changes)

    def test_files_that_the_manifest_does_not_know(self):
        files = json.loads(self.draft.manifest())["files"]
        answer = ask(self.draft, raw=self.draft.zip(files={**files, "checkpoint.txt": "0" * 64}))
        self.not_valid(answer, "manifest-hash")

    def test_zip(self):
        files = {"manifest.json": self.draft.manifest(), **self.draft.files}
        entries = [(name, files[name]) for name in sorted(files, key=maker.place)]
        good = maker.zip_bytes(entries)
        self.valid(ask(self.draft, raw=good))
        start = len(good) - 22 - int.from_bytes(good[-10:-6], "little")
        for at in [*range(30 + len("manifest.json{")), *range(start, start + 46), *range(len(good) - 22, len(good))]:
            for bit in (1, 128):
                raw = bytearray(good)
                raw[at] ^= bit
                self.not_valid(ask(self.draft, raw=bytes(raw)), "zip")
        moved = (start + 1).to_bytes(4, "little")
        self.not_valid(ask(self.draft, raw=good[:start] + b"\x00" + good[start:-6] + moved + good[-2:]), "zip")
        renamed = [*entries[:-1], ("report.htm", b"\n")]
        for raw in (b"", good[:-1], good + b"\x00", b"\x00" + good, maker.zip_bytes(entries[::-1]),
                    maker.zip_bytes([*entries, entries[-1]]), maker.zip_bytes(renamed), maker.zip_bytes([]),
                    maker.zip_bytes([*entries[:-1], ("/report.html", b"\n")]), maker.zip_bytes(entries[1:]),
                    maker.zip_bytes([*entries[:-1], ("ids/../report.html", b"\n")]),
                    maker.zip_bytes([*entries[:-1], ("ids/", b"")]), maker.zip_bytes([*entries[:-1], ("a\\b", b"")]),
                    maker.zip_bytes([*entries[:-1], ("notes/01.txt", b"\n")]),
                    maker.zip_bytes([*entries[:-1], ("report.html", bytes(1 << 20) + b"\n")]),
                    *(maker.zip_bytes(entries, **field) for field in (
                        {"method": 8}, {"made": 20}, {"made": 0x031E}, {"needed": 20}, {"flags": 8}, {"flags": 0x800},
                        {"time": 1}, {"date": 0x22}, {"attributes": 1}, {"comment": b"x"}, {"gap": b"\x00"},
                        {"extra": b"\x01\x00\x00\x00"}))):
            answer = ask(self.draft, raw=raw)
            self.not_valid(answer, "zip")
            self.assertEqual([], answer["events"])

    @staticmethod
    def other_log():
        return maker.key_line("l8.example", 1, maker.Ed25519Signer(b"\x11" * 32).public)[1]

    def test_policies(self):
        good = self.world.policy.decode()
        group = next(line for line in good.splitlines() if line.startswith("group"))
        vkey = good.splitlines()[1].split()[2]
        log_as_04 = maker.key_line("w9.example", 4, self.world.log_key.public)[1]
        fresh = maker.Ed25519Signer(b"\x10" * 32).public
        new, log_new = maker.key_line("w9.example", 4, fresh)[1], maker.key_line("l9.example", 1, fresh)[1]
        self.valid(ask(self.draft, (good + f"witness w9 {new}\nlog {self.other_log()} https://x.example/\n").encode()))
        for spoilt in (good + f"witness none {new}\n", good + f"witness w1 {new}\n", good + f"group w1 1 w3\n",
                       good + f"witness all-of-them {new}\n", good + f"log {new}\n", good + f"witness w9 {log_new}\n",
                       good + f"witness w9 {new}\nlog {log_new}\n", good + f"log {log_new} x y\n", good + "log\n",
                       good + f"witness w9 {new} x y\n", good + "group g 1\n", good + "witness w9\n",
                       good + f"witness w9 {new}\ngroup g 2 w9\n", good.replace("quorum all-of-them", "quorum w9"),
                       good[:-1], good + good, good.replace("quorum", "quorums"), good.replace(" 2 ", " 4 "),
                       good.replace(" 2 ", " 0 "), good.replace(" 2 ", " 02 "), good.replace("log ", "log\u00a0"),
                       good.replace("w1 witness", "none witness"), good + "# a\x07\n", good.replace("\n", "\r\n"),
                       good.replace("quorum all-of-them", "quorum all-of-them # mine"), good + "quorum none\n",
                       good.replace(group, group + " w9"), good.replace(group, group + " w1"), group + "\n" + good,
                       good + f"witness w8 {vkey}\n", good + f"witness w9 {log_as_04}\n", good + f"log {vkey}\n",
                       good.replace("witness w1", f"witness w0 {self.world.vkey}\nwitness w1"), "quorum none",
                       good.replace("+", "+0", 1), good.replace("quorum all-of-them\n", "")):
            self.not_valid(ask(self.draft, spoilt.encode()), "policy")
        self.valid(ask(self.draft, ("\n \t# mine\n" + good.replace(" ", "\t ")).encode()))
        self.not_valid(ask(self.draft, registrars=b"market-office\n"), "registrars")
        self.valid(ask(self.draft, registrars=b"# mine\n\n" + self.world.registrars))
        for spoilt in (b"x y", b"x y\n", b"x %s more\n" % (b"A" * 43), self.world.registrars * 2,
                       self.world.registrars + b"other" + self.world.registrars[13:], self.world.registrars[:-1]):
            self.not_valid(ask(self.draft, registrars=spoilt), "registrars")


class Malformed_leaves(unittest.TestCase):
    """Claims of a leaf and their forms, without a bundle around them."""

    def leaf(self, header=None, **changes):
        signer = maker.Ed25519Signer(b"\x01" * 32)
        claims = {"iss": "https://x.example", "iat": 1, "jti": "00000000-0000-8000-8000-000000000001",
                  "evt": "item-listed.v1", "item": b64u(bytes(32)), "n": 1, "prev": b64u(bytes(32)), "said": {}}
        claims = {k: v for k, v in {**claims, **changes}.items() if v is not None}
        return jws(signer, "trade-event+sd-jwt", claims, header).encode() + b"~"

    def raw(self, payload, header=b'{"alg":"Ed25519","typ":"trade-event+sd-jwt","kid":"%s"}' % (b"A" * 43)):
        return f"{b64u(header)}.{b64u(payload)}.{b64u(bytes(64))}~".encode()

    def test_good_ones(self):
        mark = b64u(b"\x01" * 32)
        for changes in ({}, {"ids": []}, {"at": "2026-02-28T23:59:59.000Z"}, {"ids": [mark]},
                        {"judged": {}}, {"act": ["a.b.c"]},
                        {"docs": [{"h": mark, "mt": "image/jpeg", "sz": 1}]},
                        {"_sd_alg": "sha-256", "_sd": [mark]}, {"said": {"a": [[[[[[[[[[[[[1]]]]]]]]]]]]]}},
                        {"ref": [{"jti": "00000000-0000-8000-8000-000000000001", "h": mark}]}):
            self.assertEqual(1, sdjwt.parse_leaf(self.leaf(**changes)).claims["n"])

    def test_claims(self):
        mark, zero = b64u(b"\x01" * 32), b64u(bytes(32))
        for changes in ({"iss": None}, {"iat": None}, {"said": None}, {"more": 1}, {"iat": -1}, {"iat": 1.0}, {"n": 0},
                        {"n": True}, {"n": 1 << 53}, {"prev": "AA"}, {"prev": zero[:-1] + "B"}, {"item": zero + "="},
                        {"jti": "00000000-0000-8000-8000-00000000000A"}, {"evt": "item-listed"}, {"evt": "X.v1"},
                        {"at": "2026-02-30T00:00:00.000Z"}, {"at": "2026-02-28T00:00:00Z"}, {"said": []}, {"act": []},
                        {"act": ["a"] * 5}, {"act": [1]}, {"ids": [zero, 1]}, {"docs": [{"h": zero, "mt": "x"}]},
                        {"docs": [{"h": zero, "mt": "x", "sz": "1"}]},
                        {"docs": [{"h": "AA", "mt": "x", "sz": 1}]}, {"docs": [{"h": zero, "mt": 1, "sz": 1}]},
                        {"docs": {}}, {"ids": zero}, {"_sd_alg": "sha-256", "_sd": ["AA"]}, {"act": {"a": 1}},
                        {"ref": [{"jti": "00000000-0000-8000-8000-000000000001", "h": "AA"}]}, {"iss": 1}, {"iss": "https:?/x"},
                        {"ref": [{"jti": "00000000-0000-8000-8000-000000000001", "h": zero, "x": 1}]}, {"iss": ""},
                        {"ref": [{"jti": 1, "h": zero}]}, {"at": "2026-02-8T023:59:59.000Z"}, {"at": 1},
                        {"ref": [{"jti": "x", "h": zero}]},
                        {"_sd": [mark]}, {"_sd_alg": "sha-256"}, {"_sd_alg": "sha-512", "_sd": [mark]},
                        {"_sd_alg": "sha-256", "_sd": [mark, zero]}, {"_sd_alg": "sha-256", "_sd": [mark, mark]},
                        {"said": {"_sd": [mark]}}, {"said": {"a": [{"...": mark}]}}, {"judged": {"x": 0.5}},
                        {"said": {"a": [[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]}}, {"said": {"t": "x" * 17000}}):
            self.assertRaises(Malformed, sdjwt.parse_leaf, self.leaf(**changes))

    def test_headers(self):
        kid = b64u(bytes(32))
        for header in ({"alg": "EdDSA"}, {"alg": "none"}, {"alg": "ES256"}, {"typ": "JWT"}, {"crit": []}, {"kid": "x"},
                       {"jwk": {}}, {"kid": kid[:-1] + "B"}):
            self.assertRaises(Malformed, sdjwt.parse_leaf, self.leaf(header=header))

    def test_json(self):
        good = json.dumps({"iss": "https://x", "iat": 1, "jti": "00000000-0000-8000-8000-000000000001", "evt": "a.v1",
                           "item": b64u(bytes(32)), "n": 1, "prev": b64u(bytes(32)), "said": {"t": "@"}}).encode()
        self.assertEqual("https://x", sdjwt.parse_leaf(self.raw(good)).claims["iss"])
        for spoilt in (good + b"x", good[:-1], good[:-1] + b",}", b"//\n" + good, b"[]", b"null",
                       good.replace(b'"@"', b"NaN"),
                       good.replace(b'"@"', b"-0"), good.replace(b'"@"', b"1e2"), good.replace(b'"@"', b"01"),
                       good.replace(b"@", b"\\ud800"), good.replace(b"@", b"\x01"), good.replace(b"@", b"\xff"),
                       good.replace(b'{"t"', b'{"t":1,"t"'), b"\xef\xbb\xbf" + good, good.replace(b'"@"', b"9" * 5000),
                       good.replace(b"@", b"\xed\xa0\x80"), b"[" * 9000):
            self.assertRaises(Malformed, sdjwt.parse_leaf, self.raw(spoilt))

    def test_disclosures(self):
        def shown(claims, *values):
            texts = [b64u(json.dumps(v).encode()) for v in values]
            digests = sorted({sdjwt.digest(t) for t in texts})
            return self.leaf(**claims, _sd_alg="sha-256", _sd=digests) + "".join(t + "~" for t in texts).encode()
        self.assertEqual(1, len(sdjwt.parse_leaf(shown({}, ["s", "owner", {"a": 1.5}])).disclosures))
        for values in ([["s", "_sd", 1]], [["s", "...", 1]], [["s", "iss", 1]], [["s", 1, 1]], [[1, "a", 1]],
                       [["s", 1]],
                       [["s", "a", 1], ["t", "a", 1]], [["s", "a", {"_sd": []}]], [["s", "a", [{"...": "x"}]]], [{}]):
            self.assertRaises(Malformed, sdjwt.parse_leaf, shown({}, *values))

    def test_nested_disclosures_of_credentials(self):
        def mark(*disclosure):
            text = b64u(json.dumps(disclosure).encode())
            return text, sdjwt.digest(text)
        (element, element_mark), (serial, serial_mark) = mark("s", "490154203237518"), mark("s", "serial", "SN")
        payload = {"device": {"_sd": [serial_mark], "imei": [{"...": element_mark}, {"...": b64u(bytes(32))}]}}
        self.assertEqual({"device": {"serial": "SN", "imei": ["490154203237518"]}},
                         sdjwt.disclose(payload, [element, serial]))
        self.assertEqual({"device": {"imei": []}}, sdjwt.disclose(payload, []))
        twice = {"a": {"_sd": [serial_mark]}, "b": {"_sd": [serial_mark]}}
        self.assertRaises(Malformed, sdjwt.disclose, twice, [serial])
        self.assertRaises(Malformed, sdjwt.disclose, {"_sd": [element_mark]}, [element])
        self.assertRaises(Malformed, sdjwt.disclose, {"serial": 1, "_sd": [serial_mark]}, [serial])


class Tampering(Bundles):
    """Thousands of small changes, none of which may leave a bundle valid."""

    def test_of_any_one_byte_of_the_file(self):
        world, stream = story(3, 21)
        good, rng = world.draft(stream).zip(), random.Random(21)
        for _ in range(3000):
            raw, at = bytearray(good), rng.randrange(len(good))
            raw[at] ^= rng.randrange(1, 256)
            answer = verify_bytes(bytes(raw), world.policy, world.registrars, require="existed")
            self.assertFalse(answer["valid"], at)

    def test_of_any_one_byte_of_an_entry_with_checksum_and_manifest_made_new(self):
        world, stream = story(3, 22)
        draft, rng = world.draft(stream), random.Random(22)
        # Free to whoever packs: the report and his copy of the policy; cosignatures that a quorum can spare.
        names = [n for n in draft.files if n not in ("report.html", "policy.txt") and not n.startswith("notes/")]
        for i in range(1500):
            name = names[i % len(names)]
            at, bit = rng.randrange(len(draft.files[name])), rng.randrange(1, 256)
            spoilt = draft.flipped(name, at, bit)
            raw = draft_zip(spoilt) if name == "checkpoint.txt" else spoilt.zip()
            answer = ask(spoilt, raw=raw, require="existed,saidBy,complete,time")
            self.assertFalse(answer["valid"], (name, at, bit))

    def test_of_notes_changes_times_at_most(self):
        world, stream = story(3, 23)
        draft, rng = world.draft(stream), random.Random(23)
        names = [n for n in draft.files if n.startswith("notes/")]
        for i in range(300):
            name = names[i % len(names)]
            body = draft.files[name].index(b"\n\n")
            at = rng.randrange(len(draft.files[name]))
            answer = ask(draft.flipped(name, at, rng.randrange(1, 256)), require="time")
            if answer["valid"]:
                self.assertGreater(at, body)  # a line of a key that is no longer known
                self.says(answer, 1, existed="existed", time="supported(*")

    def test_of_the_manifest_itself(self):
        world, stream = story(3, 24)
        draft, rng = world.draft(stream), random.Random(24)
        files = {"manifest.json": draft.manifest(), **draft.files}
        names = sorted(files, key=maker.place)
        for _ in range(500):
            raw = bytearray(files["manifest.json"])
            raw[rng.randrange(len(raw))] ^= rng.randrange(1, 256)
            packed = maker.zip_bytes([(n, bytes(raw) if n == "manifest.json" else files[n]) for n in names])
            self.assertFalse(verify_bytes(packed, world.policy, world.registrars)["valid"])

    def test_of_whole_entries(self):
        world, stream = story(5, 25)
        draft = world.draft(stream)
        for name, raw in maker.spoilt(draft):
            self.assertFalse(ask(draft, raw=raw, require="existed,saidBy,complete,time")["valid"], name)
        for name in list(draft.files):
            if name not in ("report.html", "policy.txt", "checkpoint.txt") and "consistency/" not in name:
                answer = ask(draft.without(name), require="existed,saidBy,complete,time")
                if not name.startswith("notes/"):
                    self.assertFalse(answer["valid"], name)


if __name__ == "__main__":
    unittest.main()
