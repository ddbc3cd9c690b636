using Api.Lists;
using Ledger;
using Ledger.Credit;
using Ledger.Kernel;

namespace Api;

/// <summary>Why something about others is read: the purpose, the article of law, the matter.</summary>
/// <param name="Matter">Number of the case, complaint or request; null: none is named.</param>
readonly record struct AccessReason(string? Purpose, string? Basis, string? Matter)
{
    static readonly IReadOnlyList<QueryOption> Purposes =
    [
        .. ReadingPurposes.Office.Select(p => (QueryOption)(p.Code, p.Zh, p.En)),
    ];

    /// <summary>Roles in which a register may be queried.</summary>
    static readonly IReadOnlyList<QueryOption> Readers =
    [
        .. RoleTable.Of(Modules.Permits[typeof(RecordQuery)].Roles).Select(r => (QueryOption)(r.Code, r.Zh, r.En)),
    ];

    /// <summary>Parameters of a query that say who asks and why: no filters.</summary>
    public static readonly IReadOnlySet<string> Names = new HashSet<string>
    {
        "actor",
        "role",
        "purpose",
        "basis",
        "case",
    };

    /// <summary>As parameters of a query: a form asks them; a program may say them in headers.</summary>
    public static AccessReason Asked(QueryValues q)
    {
        _ = q.Text("actor", ("查询单位", "Reader"), 128, "11510000MB8000001B", isNeeded: true);
        _ = q.WordNeeded("role", ("身份", "Role"), Readers);
        return new(
            q.WordNeeded("purpose", ("用途", "Purpose"), Purposes),
            q.Text("basis", ("法律依据", "Article of law"), 200, "二手车流通管理办法第三十三条", isNeeded: true),
            q.Text("case", ("案号", "Case"), 200)
        );
    }

    /// <summary>From headers, else from the query.</summary>
    public static (AccessReason Reason, Refusal? Flaw) Read(HttpRequest request, QueryValues q)
    {
        var asked = Asked(q);
        Refusal? bad = null;
        string? Header(string name)
        {
            var value = request.Headers[name].ToString();
            if (value.Length == 0)
                return null;
            bad ??= PlainText.Check(value, 200)?.At(name);
            return value;
        }
        var reason = new AccessReason(
            Header("Ledger-Purpose") ?? asked.Purpose,
            Header("Ledger-Basis") ?? asked.Basis,
            Header("Ledger-Case") ?? asked.Matter
        );
        return (reason, bad ?? q.Fault);
    }
}
