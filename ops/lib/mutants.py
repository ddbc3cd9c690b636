"""A mutation report in lines: the score, then each survivor with its place, what stood there and what was tried.

A static value is made once a process, and the mutator's runner asks one process for all: whatever it changes in such a
value is never seen by any test. Those are counted apart and not judged here; tables of rules, events and refusals are
held by the approved READMEs and goldens instead. Exit 1 below 80 % of what was judged.
"""

import json
import sys

report, folder = sys.argv[1:]
files = json.load(open(report, encoding="utf-8"))["files"]
seen, static, missed = 0, 0, []
for path, file in sorted(files.items()):
    if f"/{folder}/" not in path:
        continue
    lines = file["source"].split("\n")
    for m in file["mutants"]:
        if m["status"] in ("Killed", "Timeout"):
            seen += 1
        elif m["status"] in ("Survived", "NoCoverage"):
            if m.get("static"):
                static += 1
                continue
            a, b = m["location"]["start"], m["location"]["end"]
            was = lines[a["line"] - 1][a["column"] - 1 : b["column"] - 1 if a["line"] == b["line"] else None]
            place = path[path.index("src/Ledger") :]
            missed.append(f"{place}:{a['line']} {was.strip()} → {m['replacement'].strip()}".replace("\n", " ")[:240])
total = seen + len(missed)
share = 100 * seen / total if total else 100
print(f"{folder}: {seen} of {total} seen ({share:.1f} %); {static} in static values, not judged")
print("\n".join(missed))
sys.exit(share < 80)
