using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
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

            Who records it: the stated actor and role ([roles.md](roles.md): which role may give which command). The verifier requires the deeds of both sides where the column *signed by* names
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

    static string Among(Roles roles) => roles is Roles.Anyone ? "anyone" : RoleTable.Codes(roles);

    static string Codes(IEnumerable<string> codes) => string.Join(", ", codes.Select(c => $"`{c}`"));

    [Fact]
    public void list_every_role()
    {
        var text = new StringBuilder(
            $"""
            # Roles

            {Written}

            The role is a code of two or three letters. Until accounts exist, the caller states it in `Ledger-Role`
            ([contract.md](contract.md) §3) and every event keeps it. `SYS` is the ledger itself; nobody can state it.
            Another role than those that may is refused with `not-authorised` (403), which names them.

            `CLK` acts at a market and `STN` at a registration station, named by its code in `Ledger-Site`: without one the answer
            is `site-missing` (422), at any other place `site-not-of-role` (403). Everybody else acts anywhere, but a market or
            station that is named has been opened (`market-not-found`, `station-not-found`). Where a market is suspended or closed,
            nobody who trades there (`CLK`, `PLT`, `DLR`) begins anything (`market-suspended`, `market-closed`), and a station acts
            only on days for which it is authorised (`station-not-authorised`). What *winds down* in the second table, they still do.

            A role that the roll grants is held on the day of recording by whoever acts, under its code (`role-not-held`, 403): a
            regulator grants and ends those of authorities (`authority`), a regulator or the operator those of lenders and exporters.
            Any other role is taken at its word, unless the roll has ended it. On an empty roll nobody could grant: so the operator
            registers one state body and grants it `REG`, once (`first-regulator-named`); after that `ADM` grants and ends no
            authority's role. A regulator is always left: none ends its own role (`regulator-ends-itself`), and none has a last day.

            Whoever acts for himself (`LND`, `EXP`, `CON`, a dealer with his own stock) is the party that the matter names: by its code,
            by a market's word in full, or by a word that was confirmed to be his (`POST /parties/…/names`). Nobody else is
            (`not-the-holder`, `not-of-this-deal`, `not-the-owner`, `not-the-subject`, `not-the-dealer`, `exporter-not-owner`).

            | code | 中文 | English | works on | acts at | on the roll |
            |---|---|---|---|---|---|

            """
        );
        foreach (var role in RoleTable.All)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{role.Code}` | {role.Zh} | {role.En} | {role.Does} | {Where(role.Place)} | {OnRoll(role.Role)} |\n"
            );
        text.Append(
            """

            ## Who may

            One line a command. *Two persons*: refused with `counter-signature-missing` unless `Ledger-Second-Actor` names another
            person than `Ledger-Actor`. A row that is imported from another register is given by `ADM`, on behalf of the register
            that its envelope names, whichever command it becomes.

            | command | who may | two persons | winds down |
            |---|---|---|---|

            """
        );
        foreach (var module in Modules.All)
        foreach (var permit in module.Permits)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {Said(permit.Command)} | {Among(permit.Roles)} | {(permit.TwoPersons ? "yes" : "")} | {(permit.WindsDown ? "yes" : "")} |\n"
            );
        text.Append(
            """

            ## Protected ends

            What nobody comes to by a side road, and every command that comes to it. *Strangers*: what those are told who have the role
            and nothing to do with the matter; nobody stands there where everyone in the role may. *Own affair*: what those are told
            whom it concerns. *Before*: refusals that say what must have gone before. *Rules*: those that judge it
            ([rules-table.md](rules-table.md)). Commands of `SYS` follow from the calendar or from another event; `ADM` imports rows.
            `tests/Api.Tests/Http/Asking_every_cell.cs` asks each cell.

            """
        );
        foreach (var line in ProtectedEnds.All)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n### {line.En} ({line.Zh})\n\n| command | who may | strangers | own affair | before | rules |\n|---|---|---|---|---|---|\n"
            );
            foreach (var permit in Modules.All.SelectMany(m => m.Permits).Where(p => p.Ends.Contains(line.End)))
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {Said(permit.Command)} | {Among(permit.Roles)} | {string.Join("; ", permit.Strangers.Select(s => $"{(s.Roles == permit.Roles ? "" : $"{Among(s.Roles & permit.Roles)}: ")}`{s.Code}`"))} | {(permit.OwnAffair is { } own ? $"`{own}`" : "")} | {Codes(permit.Before)} | {Codes(RuleSet.Current.Rules.Where(r => r.On.Intersect(permit.Judged).Any()).Select(r => r.Id).Distinct())} |\n"
                );
        }
        text.Append(
            """

            ## Waits

            What a reader may see waits for accounts (issue "People").

            """
        );
        Assert.Null(Approved.Differs(text.ToString(), $"{Docs}/roles.md"));
    }

    static string OnRoll(Roles role) =>
        Roles.Authorities.HasFlag(role) ? "authority"
        : Roles.Granted.HasFlag(role) ? "granted"
        : "";

    static string Where(RolePlace place) =>
        place switch
        {
            RolePlace.Market => "a market",
            RolePlace.Station => "a registration station",
            _ => "",
        };

    [Fact]
    public void have_one_line_of_who_may_for_each_command()
    {
        var commands = typeof(LedgerCommand)
            .Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(LedgerCommand)) && !t.IsAbstract)
            .ToHashSet();
        Assert.NotEmpty(commands);
        Assert.Equal(
            commands.Select(t => t.Name).Order(StringComparer.Ordinal),
            Modules.All.SelectMany(m => m.Permits).Select(p => p.Command.Name).Order(StringComparer.Ordinal)
        );
        Assert.All(Modules.Permits.Values, p => Assert.NotEqual(Roles.None, p.Roles));
        // The ledger's own acts are nobody else's to give, and nobody else's are the ledger's.
        Assert.All(
            Modules.Permits.Values.Where(p => p.Roles.HasFlag(Roles.Sys)),
            p => Assert.True(p.Roles is Roles.Sys || p.Command.Name == "IssueBundle", p.Command.Name)
        );
    }

    static string Said(Type command) => MemberWords.Kebab(command.Name).Replace('-', ' ');

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
