using Api.Hosting;
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
    public static readonly IReadOnlySet<string> Names = QueryValues.AskedBy(Ask).Select(p => p.Name).ToHashSet();

    /// <summary>As parameters of a query: a form asks them; a program may say them in headers.</summary>
    public static void Ask(QueryValues q)
    {
        q.Text(StatedActor.ActorField, ("查询单位", "Reader"), 128, "11510000MB8000001B", isNeeded: true);
        q.WordNeeded(StatedActor.RoleField, ("身份", "Role"), Readers);
        q.WordNeeded("purpose", ("用途", "Purpose"), Purposes);
        q.Text("basis", ("法律依据", "Article of law"), 200, "二手车流通管理办法第三十三条", isNeeded: true);
        q.Text("case", ("案号", "Case"), 200);
    }

    /// <summary>From headers, else from what was asked.</summary>
    /// <param name="asked">With the values that were given, which fit.</param>
    public static (AccessReason Reason, Refusal? Flaw) Of(HttpRequest request, IReadOnlyList<QueryParameter> asked)
    {
        Refusal? flaw = null;
        string? Said(string header, string name)
        {
            var value = request.Headers[header].ToString();
            if (value.Length == 0)
                return asked.First(p => p.Name == name).Value;
            flaw ??= PlainText.Check(value, 200)?.At(header);
            return value;
        }
        var reason = new AccessReason(
            Said("Ledger-Purpose", "purpose"),
            Said("Ledger-Basis", "basis"),
            Said("Ledger-Case", "case")
        );
        return (reason, flaw);
    }
}
