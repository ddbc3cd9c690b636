"""The container of a bundle, byte by byte (proof.md section 10).

Every field has one allowed value, so the only freedom of a writer is which entries there are. Python's
own zip reader is not used: it forgives what this must refuse.
"""

import re
import struct
import zlib

from strict import MAX_FILE, Malformed, need, uint

MAX_BUNDLE = 1 << 26
MAX_ENTRIES = 20_000
DAY_ONE = 0x0021  # 1980-01-01 in DOS form
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


def read_zip(raw):
    """The entries in their order, name to bytes, or Malformed."""
    need(len(raw) <= MAX_BUNDLE, "longer than 2^26 bytes")
    need(len(raw) >= _END.size, "too short for a zip file")
    end = _END.unpack(raw[-_END.size:])
    mark, disk, first_disk, here, count, length, start, comment = end
    need(mark == b"PK\x05\x06" and comment == 0, "no end record in the last 22 bytes")
    need(disk == first_disk == 0 and here == count, "more than one disk")
    need(count <= MAX_ENTRIES, "more than 20 000 entries")
    need(start + length + _END.size == len(raw), "gap before the end record")
    entries, at, local_at = {}, start, 0
    for _ in range(count):
        need(at + _CENTRAL.size <= start + length, "directory ends early")
        head = _CENTRAL.unpack_from(raw, at)
        name_length, place, sums = head[10], head[16], head[7:10]
        at += _CENTRAL.size + name_length
        need(at <= start + length, "directory ends early")
        name_raw = raw[at - name_length:at]
        need(head == (b"PK\x01\x02", 10, 10, 0, 0, 0, DAY_ONE, *sums, name_length, 0, 0, 0, 0, 0, place),
             "a field of the directory has another value than the only one allowed")
        need(place == local_at, "gap or overlap between entries, or another order than the directory's")
        need(sums[1] == sums[2] <= MAX_FILE, "sizes differ, or longer than 2^20 bytes")
        need(place + _LOCAL.size <= start, "entry outside the file")
        local = _LOCAL.unpack_from(raw, place)
        need(local == (b"PK\x03\x04", 10, 0, 0, 0, DAY_ONE, *sums, name_length, 0), "local header differs")
        content_at = place + _LOCAL.size + name_length
        local_at = content_at + sums[1]
        need(local_at <= start, "entry outside the file")
        need(raw[place + _LOCAL.size:content_at] == name_raw, "local name differs")
        content = raw[content_at:local_at]
        need(zlib.crc32(content) == sums[0], "checksum differs")
        name = _name(name_raw)
        need(name not in entries, "a name twice")
        entries[name] = content
    need(local_at == start and at == start + length, "gap before the directory or in it")
    _in_order(list(entries))
    return entries


_NAME = re.compile(rb"[A-Za-z0-9._/-]+")


def _name(raw):
    need(_NAME.fullmatch(raw) is not None, "a name with other characters")
    name = raw.decode("ascii")
    need(all(part not in ("", ".", "..") for part in name.split("/")), "a path that is not plain")
    return name


def _numbered(chars):
    """Four digits or more, one spelling a number, from 1."""
    need(re.fullmatch(r"[0-9]{4}|[1-9][0-9]{4,18}", chars) is not None and int(chars) > 0, "not an event number")
    return int(chars)


_HEADMAP = {"headmap/leaf.sdjwt": 0, "headmap/leaf.tlog-proof": 1, "headmap/member.json": 2}
UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KINDS = (
    (r"manifest\.json", lambda m: (0,)),
    (r"policy\.txt", lambda m: (1,)),
    (r"checkpoint\.txt", lambda m: (2,)),
    (r"notes/([0-9]+)\.txt", lambda m: (3, uint(m[1]))),
    (r"consistency/([0-9]+)\.txt", lambda m: (4, uint(m[1]))),
    (r"events/([0-9]+)\.(sdjwt|tlog-proof)", lambda m: (5, _numbered(m[1]), m[2])),
    (rf"linked/({UUID})\.(sdjwt|tlog-proof)", lambda m: (6, m[0])),
    (r"keys/([A-Za-z0-9_-]{43})\.json", lambda m: (7, m[0])),
    (r"keys/([A-Za-z0-9_-]{43})/([0-9]+)\.(sdjwt|tlog-proof)", lambda m: (7, _numbered(m[2]) and m[0])),
    (r"credentials/([0-9a-f]{64})\.sdjwt", lambda m: (8, m[1])),
    (r"headmap/.*", lambda m: (9, _headmap(m[0]))),
    (r"ids/([0-9a-f]{64})\.json", lambda m: (10, m[1])),
    (r"report\.html", lambda m: (11,)),
)


def _headmap(name):
    need(name in _HEADMAP, f"unknown entry {name}")
    return _HEADMAP[name]


def _place(name):
    """Where an entry stands: a tuple that grows along the order of the format."""
    for pattern, place in _KINDS:
        match = re.fullmatch(pattern, name)
        if match:
            return place(match)
    raise Malformed(f"unknown entry {name}")


def _in_order(names):
    places = [_place(name) for name in names]
    need(all(a < b for a, b in zip(places, places[1:])), "entries in another order than the format's")
    for name in ("manifest.json", "policy.txt", "checkpoint.txt"):
        need(name in names, f"no {name}")
