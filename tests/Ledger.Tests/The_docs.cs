using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Proof.Bundles;
using Ledger.Rules;
using Ledger.Store.Auditing;
using Projections;
using Support;

namespace Ledger.Tests;

/// <summary>The tables of <c>docs/</c> are written here from the code, and the lists in its text are held against
/// it.</summary>
public sealed class The_docs
{
    const string Docs = "../../docs";

    const string Written =
        "Written by `tests/Ledger.Tests/The_docs.cs` from the code; run it with `LEDGER_APPROVE=1` to write it again.";

    [Fact]
    public void list_every_event()
    {
        var text = new StringBuilder(
            $"""
            # Events

            {Written}

            One row is one kind of event. *Stream kind*: the kind of stream that the event is recorded on. `?` after a member:
            it may be absent. *Derived by the ledger*: the member stands in the claim `judged` of the leaf, not in `said`
            ([proof.md](proof.md) §6). Every event may carry `facts` as well: sorted pairs of key and text, what the source states
            beyond the members. What every event carries besides its members (time, actor, role, place, rule set, verdicts):
            [domain.md](domain.md) §2. Texts that only the vault holds (words for parties, identifiers, numbers of papers) are
            no members; they are disclosures of the leaf.

            Who records it: the stated actor and role ([roles.md](roles.md)); which role may record which event is not judged
            yet ([domain.md](domain.md) §4). The verifier requires the deeds of both sides where the column *signed by* names
            them and the leaf has deeds. Refusals: [refusals.md](refusals.md). How a folder's commands, states and refusals belong
            together: the README of each folder.

            """
        );
        foreach (var folder in EventCatalog.All.GroupBy(Folder))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## {folder.Key}\n\n[{folder.Key}](../src/Ledger/{folder.Key}/README.md)\n\n| wire name | stream kind | 中文 | English | signed by | meaning | members |\n|---|---|---|---|---|---|---|\n"
            );
            foreach (var line in folder)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{line.WireName}` | {line.Kind.Name} | {line.Zh} | {line.En} | {SignedBy(line)} | {MemberWords.Summary(line.Type)} | {MemberWords.OfEvent(line.Type)} |\n"
                );
        }
        Assert.Null(Approved.Differs(text.ToString(), $"{Docs}/events.md"));
    }

    [Fact]
    public void list_every_refusal()
    {
        var rules = RuleSet.Current.Rules.ToLookup(r => r.Code, r => r.Id, StringComparer.Ordinal);
        var text = new StringBuilder(
            $"""
            # Refusals

            {Written}

            The code is stable; sentences may be improved. *Status*: of the HTTP answer ([contract.md](contract.md) §3); a code
            `…-not-found` with status 404 is answered 422 where a member of the body or a header names the thing. `{"{name}"}` is
            filled in by the refusal. *Rules*: the rules that name this code ([rules-table.md](rules-table.md)); one of severity `warn`
            does not refuse by itself.

            | code | status | 中文 | 下一步 | English | next step | rules |
            |---|---|---|---|---|---|---|

            """
        );
        foreach (var line in RefusalCatalog.All.OrderBy(l => l.Code, StringComparer.Ordinal))
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{line.Code}` | {line.Status} | **{line.Zh.Title}**：{line.Zh.Detail} | {line.Zh.NextStep} | **{line.En.Title}**: {line.En.Detail} | {line.En.NextStep} | {string.Join(" ", rules[line.Code].Distinct().Select(r => $"`{r}`"))} |\n"
            );
        Assert.Null(Approved.Differs(text.ToString(), $"{Docs}/refusals.md"));
    }

    [Fact]
    public void list_every_rule()
    {
        var text = new StringBuilder(
            $"""
            # Rules in force

            {Written}

            One row is one version of one requirement, as the newest rule set has it. Severity and certainty: [rules.md](rules.md).
            *From*, *to*: first and last Shanghai day on which it binds. *Of*: whose law, or `–` for a rule of this project.
            *Refusal*: the code of a `block` ([refusals.md](refusals.md)). *Overridable*: an authorised confirmation may name it.
            Rule sets, and what an evaluator says where nobody told an input: [src/Ledger/Rules](../src/Ledger/Rules/README.md).

            | id | citation | from | to | on | goods | of | severity | certainty | refusal | overridable | thresholds | 中文 | English |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|

            """
        );
        foreach (var r in RuleSet.Current.Rules)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{r.Id}` | {r.Citation} | {Instants.Text(r.From)} | {(r.To is { } to ? Instants.Text(to) : "")} | {string.Join(", ", r.On.Select(t => WireWords.Of(t)))} | {string.Join(", ", r.Goods)} | {r.Where ?? "–"} | {WireWords.Of(r.Severity)} | {WireWords.Of(r.Certainty)} | {(r.Severity == Severity.Block ? $"`{r.Code}`" : "")} | {(r.Overridable ? "yes" : "")} | {string.Join(" ", r.Params.Select(p => $"`{p.Key}={p.Value}`"))} | {r.Zh} | {r.En} |\n"
            );
        Assert.Null(Approved.Differs(text.ToString(), $"{Docs}/rules-table.md"));
    }

    [Fact]
    public void list_every_view()
    {
        var text = new StringBuilder(
            $"""
            # Views

            {Written}

            A view is a table that is computed from events. Each row belongs to one stream (`stream`) and has a number among the
            stream's rows (`n`). *Version*: of the shape; a new shape is filled beside the old one and then switched. The addresses
            that read views, with their filters: [contract.md](contract.md) §3; how fresh a view is: [domain.md](domain.md) §5.

            """
        );
        foreach (var view in Registry.Views)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## {view.Name}\n\n{view.Question} (version {view.Version}; made of: {string.Join(", ", view.Kinds)})\n\n| column | type | meaning |\n|---|---|---|\n"
            );
            foreach (var column in view.Row.GetProperties().Where(p => p.CanWrite).OrderBy(PlaceOf))
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{JsonNamingPolicy.SnakeCaseLower.ConvertName(column.Name)}` | {TypeOf(column)} | {MemberWords.Summary(column)} |\n"
                );
        }
        Assert.Null(Approved.Differs(text.ToString(), $"{Docs}/views.md"));
    }

    [Fact]
    public void list_every_role()
    {
        Assert.Equal(RolesInCode.Order(), Roles.Select(r => r.Code).Order());
        var text = new StringBuilder(
            $"""
            # Roles

            {Written}

            The role is a code of two or three letters. Until accounts exist, the caller states it in `Ledger-Role`
            ([contract.md](contract.md) §3) and every event keeps it. `SYS` is the ledger itself; nobody can state it.

            | code | 中文 | English | works on |
            |---|---|---|---|

            """
        );
        foreach (
            var (code, zh, en, does) in Roles.Append(
                ("SYS", "账本自身", "the ledger", "what follows from the calendar or from another event")
            )
        )
            text.Append(CultureInfo.InvariantCulture, $"| `{code}` | {zh} | {en} | {does} |\n");
        text.Append(
            """

            ## Commands of two persons

            These are refused with `counter-signature-missing` unless `Ledger-Second-Actor` names another person than `Ledger-Actor`:


            """
        );
        foreach (var command in OfTwoPersons)
            text.Append(CultureInfo.InvariantCulture, $"* {command}\n");
        text.Append(
            """

            ## Waits

            Which role may give which command, and for which place or thing, is judged from issue 12 ("No way round") on; the table
            of roles and operations is then written here. Until then any stated role may give any command.

            """
        );
        Assert.Null(Approved.Differs(text.ToString(), $"{Docs}/roles.md"));
    }

    /// <summary>The specification names what a verifier and an audit can say, and what stands in a leaf.</summary>
    [Fact]
    public void know_the_words_of_the_proof_log()
    {
        var proof = Read("proof.md");
        var words = Constants(typeof(VerdictWords)).Concat(Constants(typeof(FindingKinds)));
        Assert.Contains("own-key-unvouched", words);
        Assert.Empty(
            words
                .Select(w => w.TrimEnd('(', ' '))
                .Concat(LeafClaims.Names)
                .Concat(KnownRuleSets.AsTold.Keys)
                .Where(w => !proof.Contains($"`{w}", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void know_every_metric()
    {
        var operations = Read("operations.md");
        var metrics = typeof(Telemetry)
            .GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(p => p.GetValue(null))
            .OfType<Instrument>()
            .Select(i => i.Name)
            .ToList();
        Assert.NotEmpty(metrics);
        Assert.Empty(metrics.Where(m => !operations.Contains($"`{m}`", StringComparison.Ordinal)));
    }

    static string Read(string name) => File.ReadAllText(Path.Combine(Places.Root, "docs", name));

    static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.IsLiteral)
            .Select(f => (string)f.GetRawConstantValue()!);

    static readonly (string Code, string Zh, string En, string Does)[] Roles =
    [
        ("CLK", "市场柜台", "market desk clerk", "intake, listing, deal, invoice, import of a register"),
        ("STN", "登记服务站", "registration station", "check of the car against its papers, transfer or its refusal"),
        ("PLT", "网络平台", "online platform", "listings, their mirrors, complaints"),
        ("APR", "鉴定评估机构", "appraiser, inspector, laboratory", "inspection, grading, appraisal"),
        ("WOP", "数据清除操作员", "wipe operator", "consent, wiping of each medium, evidence"),
        (
            "WVR",
            "数据清除核验员",
            "wipe verifier",
            "verification or failure of a wipe by another person with another tool"
        ),
        ("REF", "翻新维修商", "refurbisher, repairer", "parts, repairs, refurbishing, warranty"),
        ("DLR", "经销商", "dealer", "stock, sale, warranty duty"),
        ("CON", "消费者", "consumer", "sale, purchase, complaint, objection to a signal"),
        ("LND", "贷款人", "lender", "lien, consent to a deal, release"),
        ("EXP", "出口企业", "exporter", "filing, batches, licence, bundles"),
        ("CUS", "海关", "customs", "declaration, departure, return"),
        ("FB", "境外买方或登记机关", "foreign buyer or registry", "registration abroad"),
        ("RCY", "回收拆解企业", "recycler, dismantler", "destruction of media; recovery waits for its issue"),
        ("PRD", "生产者", "producer", "after-sale confirmation; take-back waits for its issue"),
        ("PAW", "公物仓", "public-asset warehouse", "diversion of classified devices; allocation waits for its issue"),
        ("POL", "公安机关", "police", "holds, station authorisation, note for export"),
        ("TAX", "税务机关", "tax authority", "reading; counters of reverse invoices wait for their issue"),
        ("REG", "监管部门", "regulator", "queries with purpose, cases, suspensions, approvals, frozen reports"),
        ("AUD", "审计、见证人、镜像", "auditor, witness, mirror", "recomputation, cosignatures"),
        ("ADM", "运营管理员", "operator", "running the installation; the role of a caller who states none"),
    ];

    /// <summary>Those that a caller may state; the list is internal to the service.</summary>
    static IEnumerable<string> RolesInCode =>
        (IEnumerable<string>)
            Assembly
                .Load("Api")
                .GetTypes()
                .Single(t => t.Name == "StatedActor")
                .GetField("Roles", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
                .GetValue(null)!;

    static IEnumerable<string> OfTwoPersons =>
        typeof(LedgerCommand)
            .Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(LedgerCommand)) && !t.IsAbstract && !t.ContainsGenericParameters)
            .Where(t => ((LedgerCommand)RuntimeHelpers.GetUninitializedObject(t)).Permit.TwoPersons)
            .Select(t => MemberWords.Kebab(t.Name).Replace('-', ' '))
            .Order(StringComparer.Ordinal);

    static string Folder(EventLine line) =>
        (line.Type.IsGenericType ? line.Type.GetGenericArguments()[0] : line.Type)
            .Namespace!["Ledger.".Length..]
            .Split('.')[0];

    static string SignedBy(EventLine line) => string.Join(", ", KnownEvents.Roles.GetValueOrDefault(line.WireName, []));

    static int PlaceOf(PropertyInfo column) =>
        column.Name switch
        {
            "Stream" => 0,
            "N" => 1,
            _ => 2,
        };

    static string TypeOf(PropertyInfo column)
    {
        var type = Nullable.GetUnderlyingType(column.PropertyType) ?? column.PropertyType;
        return type == typeof(string[]) ? "list of texts"
            : type == typeof(Guid[]) ? "list of ids"
            : type == typeof(string) ? "text"
            : type == typeof(Guid) ? "id"
            : type == typeof(bool) ? "yes or no"
            : type == typeof(DateOnly) ? "day"
            : type == typeof(DateTimeOffset) ? "instant"
            : column.Name.EndsWith("Fen", StringComparison.Ordinal) ? "amount in fen"
            : "number";
    }
}
