"""A mutation report in lines: the score, then each survivor with its place, what stood there and what was tried."""

import json
import sys

report, folder = sys.argv[1:]
files = json.load(open(report, encoding="utf-8"))["files"]
seen, missed = 0, []
for path, file in sorted(files.items()):
    if f"/{folder}/" not in path:
        continue
    lines = file["source"].split("\n")
    for m in file["mutants"]:
        if m["status"] in ("Killed", "Timeout"):
            seen += 1
        elif m["status"] in ("Survived", "NoCoverage"):
            a, b = m["location"]["start"], m["location"]["end"]
            was = lines[a["line"] - 1][a["column"] - 1 : b["column"] - 1 if a["line"] == b["line"] else None]
            place = path[path.index("src/Ledger") :]
            missed.append(f"{place}:{a['line']} {was.strip()} → {m['replacement'].strip()}".replace("\n", " ")[:240])
total = seen + len(missed)
print(f"{folder}: {seen} of {total} seen ({100 * seen / total if total else 100:.1f} %)")
print("\n".join(missed))
