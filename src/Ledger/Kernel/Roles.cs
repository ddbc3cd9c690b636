using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ledger.Kernel;

/// <summary>Roles of domain.md §1, as a set: what a person is when he acts.</summary>
[Flags]
public enum Roles
{
    None = 0,

    /// <summary>Market desk clerk (市场柜台).</summary>
    Clk = 1 << 0,

    /// <summary>Registration station (登记服务站).</summary>
    Stn = 1 << 1,

    /// <summary>Online platform (网络平台).</summary>
    Plt = 1 << 2,

    /// <summary>Appraiser, inspector, laboratory (鉴定评估机构).</summary>
    Apr = 1 << 3,

    /// <summary>Wipe operator (数据清除操作员).</summary>
    Wop = 1 << 4,

    /// <summary>Wipe verifier (数据清除核验员).</summary>
    Wvr = 1 << 5,

    /// <summary>Refurbisher, repairer (翻新维修商).</summary>
    Ref = 1 << 6,

    /// <summary>Dealer (经销商).</summary>
    Dlr = 1 << 7,

    /// <summary>Consumer (消费者).</summary>
    Con = 1 << 8,

    /// <summary>Lender (贷款人).</summary>
    Lnd = 1 << 9,

    /// <summary>Exporter (出口企业).</summary>
    Exp = 1 << 10,

    /// <summary>Customs (海关).</summary>
    Cus = 1 << 11,

    /// <summary>Foreign buyer or registry (境外买方或登记机关).</summary>
    Fb = 1 << 12,

    /// <summary>Recycler, dismantler (回收拆解企业).</summary>
    Rcy = 1 << 13,

    /// <summary>Producer (生产者).</summary>
    Prd = 1 << 14,

    /// <summary>Public-asset warehouse (公物仓).</summary>
    Paw = 1 << 15,

    /// <summary>Police (公安机关).</summary>
    Pol = 1 << 16,

    /// <summary>Tax authority (税务机关).</summary>
    Tax = 1 << 17,

    /// <summary>Regulator (监管部门).</summary>
    Reg = 1 << 18,

    /// <summary>Auditor, witness, mirror (审计、见证人、镜像).</summary>
    Aud = 1 << 19,

    /// <summary>Operator of the installation (运营管理员).</summary>
    Adm = 1 << 20,

    /// <summary>The ledger itself (账本自身); nobody can state it.</summary>
    Sys = 1 << 21,

    /// <summary>Whoever can be stated.</summary>
    Anyone = Sys - 1,

    /// <summary>Those whose own acts may need an answer: whoever recorded a fact corrects it (domain.md §6).</summary>
    Recorders = Anyone & ~Adm,

    /// <summary>Those whom a signal may be about.</summary>
    Subjects = Anyone & ~(Adm | Aud),

    /// <summary>Those who trade in a market: where it is stopped, they are.</summary>
    Traders = Clk | Plt | Dlr,

    /// <summary>State bodies whose word binds others: a regulator grants these roles.</summary>
    Authorities = Cus | Pol | Tax | Reg,

    /// <summary>Whoever acts in one of these is on the roll, where it was granted; any other is taken at his word until
    /// accounts exist, unless the roll has ended it.</summary>
    Granted = Authorities | Lnd | Exp,

    /// <summary>Those who can keep a thing and hand it on.</summary>
    Keepers = Clk | Plt | Dlr | Wop | Ref | Rcy | Paw | Exp | Stn,
}

/// <summary>Where a role acts.</summary>
public enum RolePlace
{
    /// <summary>Anywhere; a market or station that is named must be one.</summary>
    Anywhere,

    /// <summary>At a market that is open.</summary>
    Market,

    /// <summary>At a registration station that is authorised on the day.</summary>
    Station,
}

/// <summary>One role, as people name it.</summary>
/// <param name="Code">Two or three letters, as <see cref="Envelope.Role"/> has it.</param>
/// <param name="Does">What it works on, in English.</param>
public sealed record RoleLine(Roles Role, string Code, string Zh, string En, string Does)
{
    public RolePlace Place { get; init; }
}

/// <summary>Every role; whatever varies with the role is looked up here.</summary>
public static class RoleTable
{
    public static ImmutableArray<RoleLine> All { get; } =
    [
        new(Roles.Clk, "CLK", "市场柜台", "market desk clerk", "intake, listing, deal, invoice, import of a register")
        {
            Place = RolePlace.Market,
        },
        new(
            Roles.Stn,
            "STN",
            "登记服务站",
            "registration station",
            "check of the car against its papers, transfer or its refusal"
        )
        {
            Place = RolePlace.Station,
        },
        new(Roles.Plt, "PLT", "网络平台", "online platform", "listings, their mirrors, complaints"),
        new(Roles.Apr, "APR", "鉴定评估机构", "appraiser, inspector, laboratory", "inspection, grading, appraisal"),
        new(Roles.Wop, "WOP", "数据清除操作员", "wipe operator", "consent, wiping of each medium, evidence"),
        new(
            Roles.Wvr,
            "WVR",
            "数据清除核验员",
            "wipe verifier",
            "verification or failure of a wipe by another person with another tool"
        ),
        new(Roles.Ref, "REF", "翻新维修商", "refurbisher, repairer", "parts, repairs, refurbishing, warranty"),
        new(Roles.Dlr, "DLR", "经销商", "dealer", "stock, sale, warranty duty"),
        new(Roles.Con, "CON", "消费者", "consumer", "sale, purchase, complaint, objection to a signal"),
        new(Roles.Lnd, "LND", "贷款人", "lender", "lien, consent to a deal, release"),
        new(Roles.Exp, "EXP", "出口企业", "exporter", "filing, batches, licence, bundles"),
        new(Roles.Cus, "CUS", "海关", "customs", "declaration, departure, return"),
        new(Roles.Fb, "FB", "境外买方或登记机关", "foreign buyer or registry", "registration abroad"),
        new(
            Roles.Rcy,
            "RCY",
            "回收拆解企业",
            "recycler, dismantler",
            "destruction of media; recovery waits for its issue"
        ),
        new(Roles.Prd, "PRD", "生产者", "producer", "after-sale confirmation; take-back waits for its issue"),
        new(
            Roles.Paw,
            "PAW",
            "公物仓",
            "public-asset warehouse",
            "diversion of classified devices; allocation waits for its issue"
        ),
        new(Roles.Pol, "POL", "公安机关", "police", "holds, station authorisation, note for export"),
        new(
            Roles.Tax,
            "TAX",
            "税务机关",
            "tax authority",
            "reading; counters of reverse invoices wait for their issue"
        ),
        new(
            Roles.Reg,
            "REG",
            "监管部门",
            "regulator",
            "queries with purpose, cases, suspensions, approvals, frozen reports"
        ),
        new(Roles.Aud, "AUD", "审计、见证人、镜像", "auditor, witness, mirror", "recomputation, cosignatures"),
        new(
            Roles.Adm,
            "ADM",
            "运营管理员",
            "operator",
            "running the installation; the role of a caller who states none"
        ),
        new(Roles.Sys, "SYS", "账本自身", "the ledger", "what follows from the calendar or from another event"),
    ];

    static readonly FrozenDictionary<string, RoleLine> ByCode = All.ToFrozenDictionary(
        l => l.Code,
        StringComparer.Ordinal
    );

    /// <summary>The role of a code; null: there is none.</summary>
    public static RoleLine? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>Whether a code is that of one of these roles.</summary>
    public static bool IsOneOf(string? code, Roles roles) =>
        code is not null && Find(code) is { } line && roles.HasFlag(line.Role);

    /// <summary>The roles of a set, in the order of the table.</summary>
    public static IEnumerable<RoleLine> Of(Roles roles) => All.Where(l => roles.HasFlag(l.Role));

    /// <summary>The codes of a set, parted by blanks.</summary>
    public static string Codes(Roles roles) => string.Join(' ', Of(roles).Select(l => l.Code));

    /// <summary>Codes that are parted by blanks, in words; what is none stays as it is.</summary>
    public static string Say(string codes, bool chinese) =>
        string.Join(
            chinese ? "、" : ", ",
            codes
                .Split(' ')
                .Select(code =>
                    Find(code) is { } line
                        ? chinese
                            ? line.Zh
                            : line.En
                        : code
                )
        );
}
