"""Asks the tests about every mutant of a report, each in a process of its own, and writes the score, then each survivor
with its place, what stood there and what was tried. Exit 1 below 80 %, 2 where the tests fail without any.
"""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

report, folder, tests = sys.argv[1:]


def run(mutant, patience):
    """Whether the tests pass with this mutant; one that takes too long does not pass."""
    env = {**os.environ, "STRYKER_MUTANT_ID_CONTROL_VAR": "LEDGER_MUTANT", "LEDGER_MUTANT": str(mutant)}
    try:
        done = subprocess.run([tests, "-stopOnFail"], env=env, timeout=patience, capture_output=True, check=False)
        return done.returncode == 0
    except subprocess.TimeoutExpired:
        return False


began = time.monotonic()
if not run(-1, 600):
    print("The tests fail although nothing was changed.", file=sys.stderr)
    sys.exit(2)
patience = 10 * (time.monotonic() - began) + 10
asked = []
for path, file in sorted(json.load(open(report, encoding="utf-8"))["files"].items()):
    lines = file["source"].split("\n")
    for m in file["mutants"]:
        if f"/{folder}/" in path and m["status"] not in ("Ignored", "CompileError"):
            a, b = m["location"]["start"], m["location"]["end"]
            was = lines[a["line"] - 1][a["column"] - 1 : b["column"] - 1 if a["line"] == b["line"] else None]
            place = f"{path[path.index('src/Ledger') :]}:{a['line']}"
            asked.append((m["id"], f"{place} {was.strip()} → {m['replacement'].strip()}".replace("\n", " ")[:240]))
with ThreadPoolExecutor(os.cpu_count()) as pool:
    passed = list(pool.map(lambda m: run(m[0], patience), asked))
missed = [text for (_, text), survived in zip(asked, passed) if survived]
share = 100 * (len(asked) - len(missed)) / len(asked) if asked else 100
print(f"{folder}: {len(asked) - len(missed)} of {len(asked)} seen ({share:.1f} %)")
print("\n".join(missed))
sys.exit(share < 80)
