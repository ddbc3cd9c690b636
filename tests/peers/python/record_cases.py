#!/usr/bin/python3
"""Every case that test_verify.py asks about, as files: another verifier has to answer the same.

    record_cases.py OUT      runs the tests but those of Tampering, which make_bundle.py --many has like of, and
                             writes the bundles and policies, and LIST.jsonl for verify_bundle.py --batch
"""

import json
import os
import sys
import unittest
from hashlib import sha256

import test_verify
from verify_bundle import verify_bytes


def main(out):
    lines = {}

    def put(raw):
        name = os.path.join(os.path.abspath(out), sha256(raw).hexdigest())
        with open(name, "wb") as f:
            f.write(raw)
        return name

    def recorded(raw, policy, registrars=None, base=None, require=None, pin=None):
        files = {"file": raw, "policy": policy, "registrars": registrars, "base": base, "pin": pin}
        case = {name: put(value) for name, value in files.items() if value is not None}
        lines[json.dumps(case | ({"require": require} if require is not None else {}))] = True
        return verify_bytes(raw, policy, registrars, base, require, pin)

    os.makedirs(out, exist_ok=True)
    test_verify.verify_bytes = recorded
    wanted = [case for name, case in vars(test_verify).items() if isinstance(case, type)
              and issubclass(case, unittest.TestCase) and name != "Tampering"]
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    passed = unittest.TextTestRunner(verbosity=0).run(unittest.TestSuite(map(load, wanted))).wasSuccessful()
    with open(os.path.join(out, "LIST.jsonl"), "w", encoding="utf-8") as f:
        f.write("".join(line + "\n" for line in lines))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
