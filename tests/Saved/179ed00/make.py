#!/usr/bin/env python3
"""Makes the saved ledger of this folder with the program of 179ed00; see README.md.

    make.py PROGRAM OUT      PROGRAM: artifacts/bin/Api/release/Api of a checkout of 179ed00
                             OUT: a folder, made anew: what README.md names is written there

All keys in it are test values. Nothing here is part of any later build: the folder is made once and kept.
"""
import base64, gzip, hashlib, json, os, pathlib, shutil, signal, subprocess, sys, time, urllib.error, urllib.request

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PROGRAM, OUT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
WORK = OUT / "work"
DATA = WORK / "data"
PORT = int(os.environ.get("PORT", "15911"))
ORIGIN = "ledger.example.org/trade-test"
DAY = "2026-01-05T02:00:00Z"
M, M2, M3 = "MK-510104-0011", "MK-510104-0012", "MK-510104-0013"
ST = "ST-510104-01"
SLASHED = "MK-510100-0007/K-118"
made = 0


# --- keys: each but kh is 32 equal bytes, as tests/Support has them ----------------------------------------------
def same(b):
    return bytes([b]) * 32


def public(seed):
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def write_keys():
    (DATA / "keys").mkdir(parents=True)
    (DATA / "witness").mkdir()
    key_id = hashlib.sha256(ORIGIN.encode() + b"\n\x01" + public(same(1))).digest()[:4].hex()
    skey = f"PRIVATE+KEY+{ORIGIN}+{key_id}+{base64.b64encode(bytes([1]) + same(1)).decode()}\n"
    for name, value in {
        "keys/kh": bytes(range(1, 33)), "keys/kl": same(4), "keys/leaf": same(3), "keys/kek-1": same(5),
        "keys/log": skey.encode(), "witness/key": same(2),
    }.items():
        (DATA / name).write_bytes(value)
        os.chmod(DATA / name, 0o600)


# --- the program -------------------------------------------------------------------------------------------------
def environment():
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LEDGER_")}
    return {**kept, "LC_ALL": "C.UTF-8", "LEDGER_HEAD_MAP_SECONDS": "4"}


def run(*arguments, ok=(0,)):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, env=environment())
    if done.returncode not in ok:
        sys.exit(f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


def with_data(*arguments, ok=(0,)):
    return run(*arguments, "--data", DATA, ok=ok)


class Service:
    def __enter__(self):
        log = open(WORK / "service.log", "a")
        self.process = subprocess.Popen([PROGRAM, "serve", "--data", str(DATA), "--port", str(PORT)],
                                        stdout=log, stderr=log, env=environment())
        for _ in range(600):
            try:
                if get("/health/ready", raw=True)[0] == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.2)
        sys.exit("the service does not answer")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


# --- HTTP --------------------------------------------------------------------------------------------------------
def send(method, path, body=None, headers=None, patience=60):
    path = path if path.startswith("/") else f"/api/v1/{path}"
    data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", data=data, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=patience) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers


def get(path, headers=None, raw=False):
    status, text, answered = send("GET", path, None, headers)
    if raw:
        return status, text
    if status != 200:
        sys.exit(f"GET {path}: {status} {text.decode()}")
    return json.loads(text)


class Made:
    def __init__(self, json_, location):
        self.json, self.location, self.id = json_, location, json_.get("id")


def post(path, body, actor=None, role=None, site=None, second=None, at=DAY, key=None, more=None, status=201):
    global made
    made += 1
    headers = {"Content-Type": "application/json", "Idempotency-Key": key or f"saved-{made}", **(more or {})}
    for name, value in (("Actor", actor), ("Role", role), ("Site", site), ("Second-Actor", second)):
        if value:
            headers[f"Ledger-{name}"] = value
    if at:
        body = {**body, "occurredAt": at}
    got, text, answered = send("POST", path, body, headers)
    if got != status:
        sys.exit(f"POST {path} {json.dumps(body, ensure_ascii=False)}: {got} {text.decode()}")
    return Made(json.loads(text), answered.get("Location"))


def at_market(path, body, **more):
    return post(path, body, **{"actor": f"{M}-desk", "role": "CLK", "site": M, **more})


def two(path, body, **more):
    return post(path, body, **{"actor": "office", "role": "REG", "second": "office-two", **more})


def settle(size=None):
    """Waits until everything said so far lies under a head map and a witnessed checkpoint."""
    newest = int(sql("select max(l.idx) from proof.leaf l join ledger.mt_events e on e.id = l.event_id"
                     " where e.type <> 'head-map.v1'"))
    for _ in range(600):
        mapped = sql("select max(t) from proof.map_bucket")
        published = sql("select max(size) from proof.checkpoint")
        log = sql("select max(l.idx) from proof.leaf l join ledger.mt_events e on e.id = l.event_id"
                  " where e.type = 'head-map.v1'")
        if mapped and published and log and int(mapped) > newest and int(published) > int(log):
            return
        time.sleep(0.2)
    sys.exit("no head map came")


# --- the database ------------------------------------------------------------------------------------------------
def server():
    lines = (DATA / "pg" / "postmaster.pid").read_text().splitlines()
    return ["-h", lines[4], "-p", lines[3], "-U", "ledger"]


def sql(text):
    return subprocess.run(["psql", *server(), "-d", "ledger", "-Atqc", text], capture_output=True, text=True,
                          check=True).stdout.strip()


# --- a party that signs ------------------------------------------------------------------------------------------
def b64u(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def jwk(seed):
    return {"kty": "OKP", "crv": "Ed25519", "x": b64u(public(seed))}


def thumbprint(seed):
    key = jwk(seed)
    return b64u(hashlib.sha256(json.dumps({k: key[k] for k in ("crv", "kty", "x")}, separators=(",", ":"))
                               .encode()).digest())


def sign(seed, text):
    return f"{text}.{b64u(Ed25519PrivateKey.from_private_bytes(seed).sign(text.encode()))}"


def statement(by, party, of, since):
    header = {"alg": "Ed25519", "typ": "trade-key+jwt", "kid": thumbprint(by)}
    payload = {"party": party, "thumbprint": thumbprint(of), "purpose": "deed", "from": since}
    return sign(by, ".".join(b64u(json.dumps(p, separators=(",", ":")).encode()) for p in (header, payload)))


REGISTRAR, OWN, OTHER = same(21), same(22), same(23)
SINCE = 1_767_225_600


def register_key(party, seed):
    handle = get(f"parties/{party.replace('/', '%2F')}/keys")["party"]
    post(f"parties/{party.replace('/', '%2F')}/keys", {
        "jwk": jwk(seed), "from": SINCE, "pop": statement(seed, handle, seed, SINCE),
        "vouch": statement(REGISTRAR, handle, seed, SINCE), "voucher": jwk(REGISTRAR)}, at=None)


def signed(path, body, seed, role, **who):
    """Asks for the deed, signs it, records the command with it."""
    global made
    made += 1
    key = f"signed-{made}"
    headers = {"Content-Type": "application/json", "Idempotency-Key": key, "Ledger-Deed-Key": thumbprint(seed)}
    for name, value in who.items():
        headers[f"Ledger-{name.capitalize()}"] = value
    body = {**body, "occurredAt": DAY}
    status, text, _ = send("POST", f"{path}?prepare=true&role={role}", body, headers)
    if status != 200:
        sys.exit(f"{path}: {status} {text.decode()}")
    act = sign(seed, json.loads(text)["deed"])
    return post(path, {**body, "act": [act]}, at=None, key=key, more=headers)


# --- numbers -----------------------------------------------------------------------------------------------------
def vin(n):
    text = list(f"LSVAM4180C2{n:06d}")
    values = {**{str(i): i for i in range(10)},
              **dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9]))}
    weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
    rest = sum(values[c] * w for c, w in zip(text, weights)) % 11
    text[8] = "X" if rest == 10 else str(rest)
    return "vin:" + "".join(text)


def imei(n):
    body = f"35{n:012d}"
    digits = [int(c) for c in body]
    total = sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits))
    return f"imei:{body}{-total % 10}"


def doc(n):
    return hashlib.sha256(f"document {n}".encode()).hexdigest()


# --- the story ---------------------------------------------------------------------------------------------------
def sites():
    for code, name in ((M, "锦江旧货市场"), (M2, "锦江旧货二市"), (M3, "锦江旧货三市")):
        post("markets", {"code": code, "name": name}, at="2024-01-01T02:00:00Z")
    post(f"markets/{M3}/suspensions", {"reason": "未按规定查验车辆"}, actor="office", role="REG", second="office-two")
    post(f"markets/{M3}/reinstatements", {"reason": "整改完成"}, actor="office", role="REG", second="office-two")
    post(f"markets/{M3}/closures", {"reason": "歇业"}, actor="office", role="REG", second="office-two")
    staff = {"person": "G-07", "desk": "1号柜台", "roles": ["CLK"]}
    post(f"markets/{M}/staff", staff, actor=M, site=M)
    post(f"markets/{M}/staff/removals", {"person": "G-07", "desk": "1号柜台", "reason": "离职"}, actor=M, site=M)
    for code in (ST, "ST-510104-02"):
        post("stations", {"code": code, "name": "登记服务站", "authority": "公安", "validFrom": "2024-01-01"},
             at="2024-01-01T02:00:00Z")
    post("stations/ST-510104-02/suspensions", {"reason": "未按规定查验车辆"}, actor="office", role="REG", second="office-two")


def parties():
    org = "914403001922038216"
    post("parties", {"kind": "organisation", "uscc": org, "name": "四川机动车鉴定评估有限公司", "region": "510104"})
    post("parties", {"kind": "person", "ref": f"{M}/K-7"})
    post(f"parties/{org}/identity-confirmations", {"method": "registry", "evidence": doc(1)})
    post(f"parties/{org}/roles", {"role": "APR", "basis": doc(2), "validFrom": "2026-01-01", "validTo": "2028-12-31"})
    post(f"parties/{org}/roles", {"role": "DLR", "basis": doc(2), "validFrom": "2026-01-01"})
    post(f"parties/{org}/roles/DLR/endings", {"reason": "离职"})
    issuer = "11510000MB1K12345X"
    two("issuers", {"org": issuer, "name": "四川省市场监督管理局", "purposes": ["licence"]})
    licence = {"kind": "accreditation", "number": "CNAS L1234", "issuer": "CNAS", "scope": "WM/T 8-2022",
               "validFrom": "2026-01-01", "validTo": "2099-12-31"}
    post(f"parties/{org}/licences", licence)
    post(f"parties/{org}/licences", {**licence, "number": "L-9", "issuer": issuer})
    post(f"parties/{org}/licences/endings", {"kind": "accreditation", "number": "L-9", "reason": "主动注销"})
    two(f"issuers/{issuer}/suspensions", {"reason": "未按期报送"})
    two(f"issuers/{issuer}/revocations", {"reason": "资质失效"})
    register_key(M2, OWN)
    register_key(f"{M}/K-7", OTHER)
    post(f"parties/{M}%2FK-7/keys/{thumbprint(OTHER)}/revocations", {"reason": "设备遗失"}, at=None)


def credit():
    person, org = f"parties/{M}%2FK-7", "parties/914403001922038216"
    base = {"subjectKind": "seller", "kind": "administrative-penalty", "sourceAuthority": "成都市市场监督管理局",
            "sourceDoc": doc(3), "legalBasis": "二手车流通管理办法第二十三条", "tier": "serious"}
    notice = post(f"{person}/credit-notices", {"kind": "administrative-penalty", "channel": "letter"})
    post(f"{person}/credit-signals", {**base, "isPerson": True, "noticeId": notice.id})
    one = post(f"{org}/credit-signals", {**base, "isPerson": False}).id
    itself = {"actor": "914403001922038216"}
    text = {"text": "处罚决定已被撤销"}
    post(f"{org}/credit-signals/{one}/statements", text, **itself)
    post(f"{org}/credit-signals/{one}/objections", text, **itself)
    post(f"{org}/credit-signals/{one}/objection-answers", {"outcome": "corrected"})
    ended = {**base, "isPerson": False, "actEndedOn": "2025-08-01", "tier": "ordinary"}
    repaired = post(f"{org}/credit-signals", ended, at="2025-09-05T02:00:00Z").id
    post(f"{org}/credit-signals/{repaired}/repairs", {"basis": "已履行处罚并作出信用承诺"})
    withdrawn = post(f"{org}/credit-signals", {**base, "isPerson": False, "sourceDoc": doc(5)}).id
    post(f"{org}/credit-signals/{withdrawn}/withdrawals", {"reason": "处罚已撤销"})
    # Its last day is long past: the service ends it by itself.
    post("parties/91510100MA6CABCD17/credit-signals",
         {"subjectKind": "platform", "isPerson": False, "kind": "court-enforcement", "sourceAuthority": "法院",
          "sourceDoc": doc(4), "legalBasis": "第十六条", "actEndedOn": "2015-01-05"}, at="2016-01-05T02:00:00Z")
    consent = {"purpose": "credit-sharing", "separately": True, "textHash": doc(6)}
    given = post(f"{person}/consents", consent).id
    post(f"{person}/consents", {**consent, "purpose": "loan"})
    post(f"{person}/consents/{given}/withdrawals", {})
    read = "%E5%BE%81%E4%BF%A1"
    get(f"{org}/credit-signals?purpose=trade&basis={read}", {"Ledger-Actor": "dealer-7", "Ledger-Role": "DLR"})


def car(n, owner, registered="2020-03-15", **more):
    it = at_market("items", {"category": "used-car", "identifiers": [vin(n)], "make": "大众", "model": "帕萨特",
                             "firstRegistered": registered, "scrapCategory": "private-small", "owner": owner, **more})
    at_market(f"{it.location}/disclosures", {"accident": "no", "flood": "no", "repair": "yes", "text": "更换过前保险杠"})
    return it.location


def deal(item, seller, buyer, fen=7_900_000):
    trade = at_market(f"{item}/trades", {"seller": seller, "sellerKind": "person", "buyer": buyer, "buyerKind": "person"})
    at_market(f"{trade.location}/agreements", {"priceFen": fen})
    at_market(f"{trade.location}/payments", {"amountFen": fen, "channel": "bank"})
    at_market(f"{trade.location}/invoices", {"kind": "sale", "grossFen": fen, "netFen": fen - 39_303, "taxFen": 39_303,
                                             "rateBp": 50, "invoiceNo": f"0511{made:07d}"})
    return trade


def cars():
    one = car(1, "K-118")
    at_market(f"{one}/identifiers", {"identifier": "vin:1M8GDM9AXKP042788"})
    at_market(f"{one}/inspections", {"standard": "GB/T 30323-2013", "scoreTenths": 905, "grade": 1, "accident": False})
    reading = {"valueKm": 52_300, "source": "desk", "observedOn": "2026-01-04"}
    first = at_market(f"{one}/odometer-readings", reading)
    second = at_market(f"{one}/odometer-readings", {**reading, "valueKm": 52_310})
    at_market(f"{one}/odometer-readings", {**reading, "valueKm": 31_900, "observedOn": "2026-01-05", "confirmed": True})
    e = lambda m: m.json["eventIds"][0]
    at_market(f"{one}/events/{e(first)}/corrections", {"reason": "录入有误", "facts": {"valueKm": 52_299}}, more={"If-Match": "*"})
    at_market(f"{one}/events/{e(second)}/voidings", {"reason": "重复录入"}, more={"If-Match": "*"})
    at_market(f"{one}/repairs", {"outcome": "fixed", "work": "更换电池", "costFen": 35_000, "parts": ["电池"]})
    at_market(f"{one}/use-changes", {"to": "taxi-small", "changedOn": "2026-01-02"})
    at_market(f"{one}/brands", {"brand": "accident", "brandSource": "insurer"})
    at_market(f"{one}/brand-resolutions", {"brand": "accident", "how": "复检未见结构损伤", "evidence": doc(10)})
    at_market(f"{one}/appraisals", {"amountFen": 7_600_000, "method": "现行市价法", "appraiser": "APR-3", "validUntil": "2026-12-31"})
    at_market(f"{one}/periodic-inspections", {"kind": "annual", "passed": True, "validUntil": "2027-06-30", "cycle": 1})
    at_market(f"{one}/part-replacements", {"part": "battery", "origin": "oem", "oldSerial": "B-01", "newSerial": "B-02"})
    at_market(f"{one}/registrations", {"kind": "first", "region": "510104", "plate": "川A12345"})
    at_market(f"{one}/document-losses", {"document": "机动车登记证书"})
    at_market(f"{one}/document-reissues", {"document": "机动车登记证书"})
    at_market(f"{one}/alterations", {"what": "变更车身颜色"})
    listed = at_market(f"{one}/listings", {"market": M, "askFen": 8_000_000, "seller": "K-118"})
    at_market(f"{listed.location}/prices", {"askFen": 7_800_000})
    at_market(f"{listed.location}/mirrors", {"market": M2, "consentBy": M})
    trade = deal(one, "K-118", "K-204")
    papers = {"tradeId": trade.id, "station": ST, "papers": [doc(12)]}
    at_market(f"{one}/transfer-submissions", papers)
    at_market(f"{one}/transfer-refusals", {"tradeId": trade.id, "reason": "登记证书缺页"})
    at_market(f"{one}/transfer-submissions", papers)
    at_market(f"{one}/vehicle-checks", {"rubbing": doc(13), "vinMatches": True, "engineMatches": True})
    at_market(f"{one}/transfers", {"tradeId": trade.id, "station": ST, "toRegion": "510104", "registeredOn": "2026-01-05"})
    claim = at_market(f"{one}/complaints", {"tradeId": trade.id, "topic": "fraud", "amountFen": 23_700_000})
    at_market(f"{one}/complaints/{claim.id}/settlements", {"outcome": "upheld", "multiple": 3, "paidFen": 23_700_000})

    two_ = car(2, "K-119")
    lien = at_market(f"{two_}/encumbrances", {"kind": "mortgage", "holder": "BANK-1", "since": "2026-01-04", "until": "2028-01-05"})
    at_market(f"{lien.location}/extensions", {"holder": "BANK-1", "until": "2029-01-05"})
    trade = at_market(f"{two_}/trades", {"seller": "K-119", "sellerKind": "person", "buyer": "K-205", "buyerKind": "person"})
    at_market(f"{lien.location}/consents", {"holder": "BANK-1", "tradeId": trade.id, "until": "2026-12-31T15:59:59.999Z"})
    at_market(f"{lien.location}/releases", {"holder": "BANK-1", "reason": "结清"})
    at_market(f"{trade.location}/cancellations", {"by": "buyer", "reason": "贷款未获批"})
    lease = at_market(f"{two_}/encumbrances", {"kind": "lease", "holder": "BANK-1", "since": "2026-01-04"}, status=201)
    at_market(f"{lease.location}/lessees", {"holder": "BANK-1", "lessee": "K-300"})
    hold = post(f"{two_}/holds", {"authority": "court", "docNo": "(2026)川01执123号"}, actor="court", role="POL")
    post(f"{hold.location}/releases", {"authority": "court", "reason": "解除"}, actor="court", role="POL")

    three = car(3, "K-120")
    raised = at_market(f"{three}/identity-conflicts", {"identifier": vin(3), "evidence": doc(14), "make": "大众", "model": "帕萨特", "owner": "K-2207"})
    own = three.split("/")[-1]
    at_market(f"{three}/identity-conflicts/resolutions", {"other": raised.location.split("/")[-1], "genuine": own,
                                                         "decidedBy": "成都市公安局交通管理局", "evidence": doc(14)})
    four = car(4, "K-121")
    at_market(f"{four}/identity-conflicts", {"identifier": vin(4), "evidence": doc(15), "owner": "K-2208"})
    at_market(f"{four}/odometer-readings", {"valueKm": 90_000, "source": "desk", "observedOn": "2026-01-04"})
    at_market(f"{four}/odometer-readings", {"valueKm": 30_000, "source": "desk", "observedOn": "2026-01-05", "confirmed": True})
    at_market(f"{four}/sale-declarations", {"seller": "K-121", "buyer": "K-206", "soldOn": "2026-01-04"})
    five = car(5, "K-122")
    at_market(f"{five}/identifiers", {"identifier": vin(51)})
    at_market(f"{five}/identifiers/corrections", {"identifier": vin(5), "reason": "录入时误读一位", "evidence": doc(16)})
    listed = at_market(f"{five}/listings", {"market": M, "askFen": 3_000_000, "seller": "K-122"})
    at_market(f"{listed.location}/withdrawals", {"reason": "车主撤回"})
    listed = at_market(f"{five}/listings", {"market": M, "askFen": 3_000_000, "seller": "K-122"})
    post(f"{listed.location}/voidings", {"reason": "虚假车况", "basis": "市监处字〔2026〕12号"}, actor="office", role="REG")
    six = car(6, "K-123")
    at_market(f"{six}/listings", {"market": M, "askFen": 3_000_000, "seller": "K-123", "endsOn": "2026-01-20"})
    return one


def goods():
    fridge = at_market("items", {"category": "appliance", "identifiers": ["serial:HAIER/BCD-1"], "make": "海尔", "model": "BCD", "owner": "K-130"}).location
    at_market(f"{fridge}/stock", {"dealer": "D-7", "mode": "purchase", "priceFen": 50_000})
    at_market(f"{fridge}/refurbishments", {"level": "full", "parts": ["screen"], "warrantyMonths": 6, "safetyTest": doc(20)})
    at_market(f"{fridge}/refurb-grades", {"grade": "A", "labels": ["翻新"]})
    at_market(f"{fridge}/stock-releases", {"reason": "已售"})
    at_market(f"{fridge}/warranties", {"months": 3})
    sofa = at_market("items", {"category": "furniture", "identifiers": ["tag:000000000016"], "make": "全友", "model": "S1", "owner": "K-131"}, status=201).location
    at_market(f"{sofa}/tags", {"tag": "7K3M9P2QXWAR", "medium": "qr", "photo": doc(11)})
    at_market(f"{sofa}/listings", {"market": M, "askFen": 40_000, "seller": "K-131"})
    trade = deal(sofa, "K-131", "K-132", 40_000)
    at_market(f"{trade.location}/completions", {})
    at_market(f"{trade.location}/rescissions", {"reason": "重大事故未告知", "refundFen": 40_000})
    return fridge


def phone(n, intake=True):
    it = at_market("items", {"category": "electronics", "identifiers": [imei(n), imei(n + 1)], "make": "华为", "model": "Mate 60", "owner": "K-140"}).location
    if not intake:
        return it, None
    into = at_market(f"{it}/intakes", {"reason": "wipe", "from": "K-140", "place": "A-03"}).id
    at_market(f"{it}/media", {"media": [{"ix": 0, "type": "ufs", "capacityBytes": 128_000_000_000, "serial": f"UFS-{n}"}]})
    at_market(f"{it}/wipe-consents", {"intakeId": into, "media": [0], "method": "UFS purge", "effect": "不可恢复", "subject": "K-140"})
    return it, into


def wipe(it, into, version="4.2", **evidence):
    return at_market(f"{it}/wipes", {
        "intakeId": into, "mediumIx": 0, "evidence": {"technique": "ufs-purge", "result": "ok", **evidence},
        "tool": {"name": "cleaner", "version": version}, "startedAt": "2026-01-05T03:00:00Z",
        "finishedAt": "2026-01-05T03:05:00Z", "operator": "W-01", "docs": [doc(30)]}, at="2026-01-05T03:10:00Z")


def check(it, attestation, **more):
    at_market(f"{it}/wipe-verifications", {
        "attestationId": attestation, "check": {"method": "sampled", "sampled": 4_603, "total": 1_000_000, "residues": 0},
        "tool": {"name": "reader", "version": "1.0"}, "verifier": "W-02", **more}, at="2026-01-05T04:00:00Z")


def phones():
    one, into = phone(100)
    at_market(f"{one}/account-unlinkings", {"kind": "activation-lock"})
    check(one, wipe(one, into).id)
    at_market(f"{one}/listings", {"market": M, "askFen": 268_000, "seller": "K-140"}, at="2026-01-05T05:00:00Z")
    two_, into2 = phone(110)
    check(two_, wipe(two_, into2, "4.1").id)
    three, into3 = phone(120)
    at_market(f"{three}/intakes/{into3}/transfers", {"from": "K-140", "to": "K-201", "place": "B-01", "sealNo": "S-7788"}, second="W-01")
    at_market(f"{three}/media/0/destructions", {"technique": "disintegrate", "photos": [doc(31)], "weightGrams": 12}, at="2026-01-05T04:00:00Z")
    four, _ = phone(130)
    at_market(f"{four}/media/0/removals", {"custodyTo": "W-01"})
    five, into5 = phone(140)
    check(five, wipe(five, into5, "3.9").id, accepted=False, check={"method": "sampled", "sampled": 4_603, "total": 1_000_000, "residues": 3})
    around = {"finding": "实验室从已清除的存储中恢复出照片", "tool": "cleaner", "from": "2026-01-01T00:00:00.000Z", "to": "2026-01-06T16:00:00.000Z"}
    confirmed = post("incidents", {**around, "versions": ["4.1"]}, actor="office", role="REG", second="office-two", at=None)
    unfounded = post("incidents", {**around, "versions": ["4.2"]}, actor="office", role="REG", second="office-two", at=None)
    recorded("wipe-suspended", 2)
    post(f"{confirmed.location}/closures", {"outcome": "confirmed", "finding": "复测发现残留"}, actor="office", role="REG", second="office-two", at=None)
    post(f"{unfounded.location}/closures", {"outcome": "unfounded", "finding": "复测未发现残留"}, actor="office", role="REG", second="office-two", at=None)
    recorded("wipe-revoked"), recorded("wipe-reinstated")
    return one


def recorded(event, least=1):
    """What the service does by itself comes behind what it answers."""
    for _ in range(150):
        if int(sql(f"select count(*) from ledger.mt_events where type = '{event}.v1'")) >= least:
            return
        time.sleep(0.2)
    print(f"{event} did not come")


def export():
    code = "91510100MA6CABCD17"
    post("exporters", {"code": code, "name": "成都二手车出口有限公司", "fixedOffice": True, "displaySite": True, "tradeExperience": True, "documents": [doc(40)]})
    post(f"exporters/{code}/approvals", {"issuingBody": "成都市商务局", "validTo": "2028-12-31"})
    post(f"exporters/{code}/suspensions", {"reason": "涉嫌骗取许可证"})
    post(f"exporters/{code}/reinstatements", {"reason": "查无实据"})
    other = "91510100MA6DABCD2W"
    post("exporters", {"code": other, "name": "成都二手车出口二公司", "fixedOffice": True, "displaySite": True, "tradeExperience": True})
    post(f"exporters/{other}/removals", {"reason": "自行退出"})

    def noted(n):
        item = post("items", {"category": "used-car", "identifiers": [vin(n)], "make": "大众", "model": "帕萨特", "firstRegistered": "2020-03-15", "scrapCategory": "private-small"})
        post(f"{item.location}/export-inspections", {"standard": "WM/T 8-2022", "passed": True, "inspectedOn": "2026-01-05"})
        post(f"{item.location}/export-annotations", {"annotatedOn": "2026-01-05", "tempPlate": f"川A临{n}", "tempPlateUntil": "2026-02-03", "insuranceUntil": "2026-02-03"})
        return item.location

    def batch():
        return post("export-batches", {"exporter": code, "hsCode": "8703234110", "destination": "AE", "port": "上海"}).location

    def add(batch_, item):
        post(f"{batch_}/items", {"item": item.split("/")[-1], "hsCode": "8703234110", "make": "大众", "model": "帕萨特", "firstRegistered": "2020-03-15", "pendingExportOn": "2026-01-05"})

    one, two_ = noted(60), noted(61)
    post(f"{one}/after-sale-confirmations", {"maker": "上汽大众", "destination": "AE", "vehicle": vin(60), "seal": doc(41), "outlets": ["Dubai"]})
    first = batch()
    add(first, one), add(first, two_)
    post(f"{first}/items/{two_.split('/')[-1]}/removals", {"reason": "改内销"})
    post(f"{first}/applications", {"prohibitionsChecked": True})
    licence = {"licenceNo": "26-51-000123", "issuingBody": "成都市商务局", "validUntil": "2026-12-31"}
    post(f"{first}/licences", licence)
    customs = {"count": 1, "declarationNo": "790120261234567890"}
    post(f"{first}/customs-declarations", customs)
    post(f"{first}/customs-withdrawals", {"reason": "改港"})
    post(f"{first}/customs-declarations", customs)
    post(f"{one}/departures", {"exportedOn": "2026-01-05", "port": "上海"})
    post(f"{one}/destination-registrations", {"country": "KE", "registeredOn": "2026-01-05", "registry": "NTSA", "odometerKm": 52_400})
    post(f"{one}/reimports", {"importedOn": "2026-01-05"})
    post(f"{two_}/export-annotations/cancellations", {"reason": "车主撤回"})
    for n, act, body in ((62, "licence-refusals", {"reasons": ["四项信息不一致"]}), (63, "licence-returns", {"reason": "未使用"})):
        item, more = noted(n), batch()
        add(more, item)
        post(f"{more}/applications", {"prohibitionsChecked": True})
        if act == "licence-returns":
            post(f"{more}/licences", {**licence, "licenceNo": f"26-51-{n}"})
        post(f"{more}/{act}", body)


def supervision(one):
    version = get("rules?on=2027-01-01")["items"][0]["ruleSet"]
    two("rulesets", {"version": version, "changes": ["wipe-gate-resale"]}, at=None)
    for _ in range(300):
        raised = get("regulator/cases?state=suspected")["items"]
        if raised:
            break
        time.sleep(0.2)
    case = f"cases/{raised[0]['id']}"
    post(f"{case}/openings", {"officer": "JD-07", "number": "川市监案〔2026〕17号"}, at=None, actor="office")
    post(f"{case}/closures", {"outcome": "founded", "finding": "里程表被调"}, at=None, actor="office")
    post("cases", {"pattern": "clone", "items": [vin(4)], "officer": "JD-07"}, at=None, actor="office")
    indicator = "indicators/used-car-trade"
    two(f"{indicator}/baselines", {"region": "510000", "year": 2023, "value": 2, "source": doc(50)})
    two(f"{indicator}/targets", {"region": "510000", "targetYear": 2027, "growthBp": 5_000})
    for _ in range(300):
        status, text, _ = send("POST", f"{indicator}/reports", {"period": "2026-01"}, {
            "Content-Type": "application/json", "Idempotency-Key": "report", "Ledger-Actor": "office", "Ledger-Second-Actor": "office-two", "Ledger-Role": "REG"})
        if status == 201:
            break
        if json.loads(text).get("code") != "view-behind":
            sys.exit(f"report: {status} {text.decode()}")
        time.sleep(0.2)
    watcher = {"Ledger-Actor": "inspector", "Ledger-Role": "REG", "Ledger-Purpose": "inspection", "Ledger-Case": "2026-17"}
    get(f"regulator/histories?market={M}", watcher)
    get(f"regulator/histories?identifier={vin(1)}", watcher)
    get(f"regulator/alerts", watcher)


def slashes():
    """Item 3 of the issue that asked for this folder: who acts has a slash and no site."""
    who = {"actor": SLASHED, "role": "DLR"}
    tv = post("items", {"category": "appliance", "identifiers": ["serial:TCL/S-1"], "make": "TCL", "owner": "K-500"}, **who).location
    post(f"{tv}/repairs", {"outcome": "fixed", "work": "更换屏幕"}, **who)
    # The same text, read the other way round: the market's own word has the slash. 179ed00 takes it for the first one.
    merged = post("items", {"category": "appliance", "identifiers": ["serial:TCL/S-2"], "make": "TCL", "owner": "K-118/K-500"}, actor="MK-510100-0007", role="CLK").location
    # A word with a slash under a scope without one: always read as it was said.
    plain = post("items", {"category": "appliance", "identifiers": ["serial:TCL/S-3"], "make": "TCL", "owner": f"{M}/2026/118"}, **{"actor": f"{M}-desk", "site": M}).location
    return tv, merged, plain


def imported():
    register, markets = WORK / "register.csv", WORK / "markets.csv"
    run("demo", "--rows", 24, "--seed", 7, "-o", register, "--markets", markets)
    rows = markets.read_text().splitlines()
    used = {line.split(",")[0] for line in register.read_text().splitlines()}
    with_data("import", markets, "--kind", "history")
    with_data("import", register)
    history = WORK / "history.csv"
    history.write_text(
        "row_key,source,identifiers,category,brand,model,event,occurred_at,facts\n"
        "h-1,fixitclinic,register:fixitclinic/1690,appliance,Cuisinart,,repair-recorded,2020-01-01,outcome=unknown\n"
        "h-2,fixitclinic,register:fixitclinic/1690,appliance,Cuisinart,,repair-recorded,2021-01-01,outcome=fixed\n"
        "h-3,fixitclinic,register:fixitclinic/1416,electronics,Apple,Tablet,repair-recorded,2019-01-10,outcome=fixed\n")
    with_data("import", history, "--kind", "history")


def verify(name, file, *more):
    arguments = ["verify", file, "--policy", "policy.txt", *more]
    done = subprocess.run([PROGRAM, *arguments, "--json"], capture_output=True, text=True, cwd=OUT, env=environment())
    return {"name": name, "arguments": arguments, "exit": done.returncode, "verdict": json.loads(done.stdout),
            "warnings": done.stderr.splitlines()}


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    WORK.mkdir(parents=True)
    os.chmod(OUT.parent, 0o755)
    for folder in (OUT, WORK):
        os.chmod(folder, 0o755)
    write_keys()
    facts = {"commit": "179ed00", "origin": ORIGIN, "registrar": thumbprint(REGISTRAR)}
    with Service():
        sites(), parties(), credit()
        one = cars()
        fridge, mobile = goods(), phones()
        export()
        supervision(one)
        tv, merged, plain = slashes()
        signed_item = post("items", {"category": "appliance", "identifiers": ["serial:HAIER/BCD-9"], "make": "海尔", "owner": f"{M2}/K-1"}, actor=M2, site=M2).location
        signed(f"{signed_item}/listings", {"market": M2, "askFen": 1_000, "seller": f"{M2}/K-1"}, OWN, "seller", actor=M2, site=M2)
        settle()
        market = sql(f"select stream_id from ledger.mt_events where type = 'market-opened.v1' and data->>'code' = '{M2}' limit 1")
        for name, item in (("car", one), ("phone", mobile), ("signed", signed_item), ("market", market), ("slash", tv)):
            done = json.loads(with_data("bundle", item.split("/")[-1], "-o", OUT / f"{name}.zip", "--json").stdout)
            facts[name] = {"item": item.split("/")[-1], "size": done["size"]}
    imported()
    with_data("keys", "rotate")
    with Service():
        at_market(f"{one}/repairs", {"outcome": "fixed", "work": "补漆"})
        at_market(f"{mobile}/repairs", {"outcome": "fixed", "work": "换壳"})
        at_market(f"{mobile}/identifiers", {"identifier": "serial:HUAWEI/M60-1"})
        post(f"markets/{M2}/suspensions", {"reason": "抽查"}, actor="office", role="REG", second="office-two")
        recorded("listing-expired")
        settle()
        issued = at_market(f"{mobile}/bundles", {"purpose": "出口报关", "recipient": "HG-01"}, at=None)
        (OUT / "issued.zip").write_bytes(send("GET", issued.location)[1])
        facts["issued"] = {"item": mobile.split("/")[-1], "at": issued.location}
        settle()
        for name, item in (("phone", mobile), ("market", market)):
            with_data("bundle", item.split("/")[-1], "-o", OUT / f"{name}-delta.zip", "--since", facts[name]["size"], "--json")
        with_data("bundle", one.split("/")[-1], "-o", OUT / "rotated.zip", "--disclose", "*")
        facts["kinds"] = sql("select string_agg(distinct type, ' ') from ledger.mt_streams").split()
        facts["types"] = sql("select string_agg(distinct type, ' ' order by type) from ledger.mt_events").split()
        facts["items"] = {"car": one, "phone": mobile, "fridge": fridge, "tv": tv, "merged": merged, "plain": plain}
        facts["reads"] = {p: get(p) for p in [one, f"{one}/history", mobile, f"{mobile}/history", fridge, f"{plain}",
                                              "items/serial:TCL%2FS-1", "markets/" + M, "parties/914403001922038216"]}
    audit = with_data("audit", "--json", "--signatures", "all", ok=(0, 1))
    facts["audit"] = json.loads(audit.stdout)
    shutil.copy(DATA / "policy.txt", OUT / "policy.txt")
    (OUT / "registrars.txt").write_text(f"registrar {thumbprint(REGISTRAR)}\n")
    strict = (DATA / "policy.txt").read_text().replace("quorum local", "")
    stranger = public(same(24))
    name = "stranger.example.org/w1"
    key_id = hashlib.sha256(name.encode() + b"\n\x04" + stranger).digest()[:4].hex()
    (OUT / "two-witnesses.txt").write_text(
        f"{strict}witness stranger {name}+{key_id}+{base64.b64encode(bytes([4]) + stranger).decode()}\n"
        "group both all local stranger\nquorum both\n")
    verdicts = [verify("car", "car.zip"), verify("phone", "phone.zip"), verify("market", "market.zip"),
                verify("slash", "slash.zip"), verify("issued", "issued.zip"), verify("rotated", "rotated.zip"),
                verify("signed by its party", "signed.zip", "--registrars", "registrars.txt"),
                verify("phone, delta", "phone-delta.zip", "--base", "phone.zip"),
                verify("market, delta", "market-delta.zip", "--base", "market.zip"),
                verify("market, delta without its base", "market-delta.zip")]
    for v in [verify("phone, a quorum it lacks", "phone.zip"), verify("phone, a quorum it lacks, who said it", "phone.zip", "--require", "saidBy")]:
        v["arguments"][3] = "two-witnesses.txt"
        again = subprocess.run([PROGRAM, *v["arguments"], "--json"], capture_output=True, text=True, cwd=OUT, env=environment())
        verdicts.append({**v, "exit": again.returncode, "verdict": json.loads(again.stdout), "warnings": again.stderr.splitlines()})
    (OUT / "verdicts.json").write_text(json.dumps(verdicts, ensure_ascii=False, indent=1) + "\n")
    (OUT / "facts.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n")
    dump()
    for folder in ("keys", "witness"):
        shutil.copytree(DATA / folder, OUT / folder)
    shutil.copytree(DATA / "log", OUT / "log")
    shutil.copy(DATA / "format", OUT / "format")
    shutil.rmtree(WORK)


def dump():
    """The service has ended, so that neither database nor witness moves; the cluster is started by hand, as its owner."""
    own = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    control = [*own, f"{subprocess.check_output(['pg_config', '--bindir'], text=True).strip()}/pg_ctl"]
    sockets = pathlib.Path("/tmp") / f"saved-{os.getpid()}"
    sockets.mkdir(mode=0o777)
    os.chmod(sockets, 0o777)
    options = f"-k {sockets} -p 5999 -c listen_addresses="
    subprocess.run([*control, "start", "-w", "-D", DATA / "pg", "-o", options, "-l", "/dev/null"], check=True,
                   stdout=subprocess.DEVNULL, cwd="/")
    try:
        text = subprocess.run(["pg_dump", *server(), "-d", "ledger", "--no-comments"],
                              capture_output=True, check=True).stdout
    finally:
        subprocess.run([*control, "stop", "-w", "-D", DATA / "pg"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(sockets)
    # Newer releases of 15 bracket a dump for their own psql; older ones stumble over it. Whoever restores it owns it, but
    # for the views, which are the service's own.
    text = b"".join(l for l in text.splitlines(True)
                    if not l.startswith((b"\\restrict", b"\\unrestrict")) and not l.endswith(b" OWNER TO ledger;\n"))
    with open(OUT / "ledger.sql.gz", "wb") as file:
        with gzip.GzipFile(fileobj=file, mode="wb", mtime=0, compresslevel=9, filename="") as zipped:
            zipped.write(text)


if __name__ == "__main__":
    main()
