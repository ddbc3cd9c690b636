"""Wipe and credit credentials: their form, and the level of a wipe recomputed (proof.md section 8)."""

import json
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sdjwt import disclose, is_int, jws_header, parse_jws, split_sdjwt
from strict import Malformed, need

# Versions of the rule sets of the product, and by which evaluator each derives a level; its tests write the file.
RULE_SETS = json.loads((Path(__file__).parent / "rulesets.json").read_text())
LEVELS = ("none", "clear", "purge", "destruct")
FLASH = {"ssd-sata", "nvme", "emmc", "ufs", "sd-card", "embedded", "infotainment", "key", "dashcam"}
PHYSICAL = {"shred", "disintegrate", "melt", "pulverise", "incinerate"}
OVERWRITES = {"overwrite", "sanitize-overwrite", "nvme-format-ses", "ata-secure-erase", "ata-secure-erase-enhanced"}
PURPOSES = {"wipe-attested.v1": "wipe", "credit-signal-shared.v1": "credit"}


def _ceiling(kind, action, photo):
    """What the technique can reach at most on such a medium, before anything lowers it."""
    technique, status = action["technique"], action.get("deviceStatus")
    if kind == "hdd" and technique in ("ata-secure-erase-enhanced", "sanitize-overwrite"):
        return 2
    if kind == "hdd" and technique == "overwrite":
        return 1 if is_int(action.get("passes"), 1) else 0
    if kind in ("ssd-sata", "nvme") and technique == "sanitize-block":
        return 2
    if kind == "nvme" and technique == "nvme-sanitize":
        return 2 if _finished(status) else 0
    if technique in ("sanitize-crypto", "opal-revert"):
        return 2 if action.get("encryptedSinceFirstUse") == "yes" else 0
    if (kind, technique) in (("emmc", "emmc-sanitize"), ("ufs", "ufs-purge")):
        return 2 if status is not None else 0
    if technique == "degauss":
        return 3 if kind == "hdd" else 0
    if technique in PHYSICAL:
        return 3 if photo else 0
    return 1 if technique in OVERWRITES and kind in FLASH else 0


def _finished(status):
    """NVMe: SPROG FFFFh, and 1 (completed) in the three low bits of SSTAT."""
    return isinstance(status, dict) and status.get("SPROG") == 0xFFFF and \
        is_int(status.get("SSTAT")) and status["SSTAT"] & 7 == 1


def _doubtful(medium, action):
    """Whether something was left out, or nobody told that nothing was."""
    if action["technique"] in PHYSICAL | {"degauss"}:
        return action.get("result") != "ok"
    areas, reached, whole = action.get("hidden", {}), action.get("bytesAddressed"), medium.get("capacityBytes")
    return action.get("result") != "ok" or "started" not in action or action.get("unreached") != [] \
        or (action["technique"] == "sanitize-block" and action.get("deviceStatus") is None) \
        or any(areas.get(name) not in ("absent", "cleared") for name in ("hpa", "dco", "ama")) \
        or reached is None or whole is None or reached < whole


def level_of(medium, evidence, as_told):
    """The level of one medium as an index into LEVELS, from its evidence alone.

    as_told: what nobody told is unknown; else it counts as good, as rule sets of before 2026-12-01 had it.
    """
    action, check = medium["action"], medium.get("check", {})
    photo = any(str(e.get("mt", "")).startswith("image/") for e in evidence)
    if action.get("result") == "failed" or not evidence or check.get("residues", 0) != 0:
        return 0
    level = _ceiling(medium["type"], action, photo)
    if as_told:
        partly = _doubtful(medium, action)
    elif action["technique"] in PHYSICAL | {"degauss"}:
        partly = False
    else:
        areas = action.get("hidden", {"hpa": "unknown"} if medium["type"] == "hdd" else {})
        whole = medium["capacityBytes"] if action["technique"] in OVERWRITES else 0
        partly = action.get("unreached") or "unknown" in areas.values() or action.get("bytesAddressed", 0) < whole
    if partly:
        level -= 1
    if check.get("method", "none") == "none" or (as_told and "residues" not in check):
        level = min(level, 1) if level == 2 else level
    return max(level, 0)


def _time(chars):
    return datetime.strptime(chars, "%Y-%m-%dT%H:%M:%SZ")


def _plausible(medium):
    action = medium["action"]
    if "started" not in action or action["technique"] in PHYSICAL | {"degauss"}:
        return
    seconds = (_time(action["finished"]) - _time(action["started"])).total_seconds()
    ceiling = {"nvme": 7_000_000_000}.get(medium["type"], 600_000_000)
    need(seconds > 0, "finished before it was started")
    if action["technique"] in ("overwrite", "sanitize-overwrite"):
        need(action.get("bytesAddressed", 0) / seconds <= ceiling, "faster than the interface")


def check_credential(raw, events, find_key):
    """Malformed where a credential is not what an event of the bundle says it is.

    events: the leaves' claims; find_key(kid, purpose, iss, event): its Jwk, or None.
    """
    jwt, disclosures = split_sdjwt(raw)
    mark = sha256(jwt.encode()).digest()
    jws = parse_jws(jwt)
    alg, kid = jws_header(jws, "dc+sd-jwt")
    claims = disclose(jws.payload, disclosures)
    clear = jws.payload
    named = [e for e in events if e["evt"] in PURPOSES and mark in e["hashes"]]
    need(named, "no event names it")
    purpose = PURPOSES[named[0]["evt"]]
    need(isinstance(clear.get("iss"), str) and isinstance(clear.get("vct"), str), "iss or vct is missing")
    need(clear["vct"].endswith("/1"), "vct of another version")
    key = find_key(kid, purpose, clear["iss"], named[0])
    need(key is not None and key.alg == alg, "no key of this purpose")
    need(key.verifies(jws.signature, jws.signed), "its signature does not verify")
    try:
        if purpose == "wipe":
            need(claims["item"] == named[0]["item"], "it is of another item")
            media = claims["media"]
            need(isinstance(media, list) and media, "no media")
            for medium in media:
                _plausible(medium)
            judged = RULE_SETS.get(named[0]["ruleSet"])
            need(judged is not None, "its event names no rule set known here")
            as_told = judged != "level-supported"
            level = min(level_of(medium, claims.get("evidence", []), as_told) for medium in media)
            need(claims["derived"]["level"] == LEVELS[level], f"the evidence carries {LEVELS[level]} only")
        else:
            need(is_int(clear["exp"]) and isinstance(claims.get("sub", ""), str), "exp is missing")
    except (KeyError, TypeError, ValueError, AttributeError) as e:
        raise e if isinstance(e, Malformed) else Malformed("a member is missing or of another type") from None
