using System.Collections.Immutable;
using Ledger.Encumbrances;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Store;

/// <summary>Who acts, as stated (contract.md §3).</summary>
/// <param name="Role">Code of domain.md §1.</param>
public sealed record Acting(string Actor, string Role, string? Site = null, string? SecondActor = null)
{
    public static Acting Local { get; } = new("local", "ADM");

    /// <summary>The ledger itself: by the calendar, or as a consequence.</summary>
    public static Acting System { get; } = new("system", "SYS");
}

/// <summary>A command with all that its envelope needs.</summary>
/// <param name="Scope">Whose key space.</param>
/// <param name="Hash">What was said, to tell a repeat from a reuse.</param>
public sealed record Order(
    ItemCommand Command,
    Guid Item,
    Acting By,
    string Scope,
    string Key,
    CommandHash Hash,
    DateTimeOffset OccurredAt
)
{
    public string? Source { get; init; }
    public Precision? Precision { get; init; }

    /// <summary>The day as it was given, where the instant alone would tell another one.</summary>
    public DateOnly? GivenDay { get; init; }

    /// <summary>When it occurred, as it was given.</summary>
    public Moment When => Moment.Of(OccurredAt, Precision, GivenDay);

    /// <summary>Nobody said when it occurred: it occurs when it is decided, and after all that it rests on.</summary>
    public bool IsDatedHere { get; init; }
    public string Jurisdiction { get; init; } = Kernel.Jurisdiction.Sichuan;
    public string? RegionCode { get; init; }
    public string? Correlation { get; init; }

    /// <summary>Identifiers the command may bind; their text is kept beside the events.</summary>
    public ImmutableArray<Identifier> Identifiers { get; init; } = [];

    /// <summary>Deeds that parties signed for the command's last event, compact JWS.</summary>
    public ImmutableArray<string> Act { get; init; } = [];
}

/// <summary>Turns an order into what the write door takes, or into refusals; pure.</summary>
public static class Deciding
{
    public static (DecidedCommand? Command, ImmutableArray<Refusal> Refusals) Decide(
        Order order,
        ItemHistory history,
        ImmutableDictionary<GuardKey, string> guards,
        RuleSet rules,
        DateTimeOffset now
    )
    {
        var situation = new Situation(order.OccurredAt, now, rules, order.By.Actor, order.By.SecondActor)
        {
            Jurisdiction = order.Jurisdiction,
            Guards = guards,
            GivenDay = order.When is { IsDay: true, Day: var day } ? day : null,
        };
        var decision = ItemDecider.Decide(order.Command, history, situation);
        if (decision.IsRefused)
            return (null, decision.Refusals);
        if (ActTimes.Ahead(decision.Events, now) is { IsEmpty: false } ahead)
            return (null, ahead);
        var envelope = new Envelope(order.Key, order.OccurredAt, order.By.Actor, order.By.Role, rules.Version)
        {
            Source = order.Source,
            Precision = order.Precision,
            GivenDay = order.GivenDay,
            Site = order.By.Site,
            SecondActor = order.By.SecondActor,
            RegionCode = order.RegionCode,
            Jurisdiction = order.Jurisdiction,
            Correlation = order.Correlation,
        };
        // Verdicts stand on the command's last event: the act; a registration before it is only what the act needs.
        var last = decision.Events.Length - 1;
        return (
            new DecidedCommand(order.Scope, order.Key, order.Hash)
            {
                Expects = [new(history.Id, history.Version)],
                Guards = decision.Guards,
                Act = order.Act,
                Texts = decision.Guards.Any(g =>
                    g.Key.Kind is "medium" || g.Key.Kind.StartsWith("alias:", StringComparison.Ordinal)
                )
                    ? [.. order.Identifiers, .. Added(order.Command)]
                    : [],
                Secrets = Secrets(order.Command),
                Appends =
                [
                    .. decision.Events.Select(
                        (e, i) =>
                            new Append(
                                history.Id,
                                Noun.Item,
                                e,
                                i == last ? envelope with { Verdicts = decision.Verdicts } : envelope
                            )
                    ),
                ],
            },
            []
        );
    }

    static ImmutableArray<VaultText> Secrets(ItemCommand command) =>
        command switch
        {
            InvoiceDeal { InvoiceNumber: { } number } => [new("invoiceNo", number, typeof(DealInvoiced))],
            RecordSale { InvoiceNumber: { } number } => [new("invoiceNo", number, typeof(SaleRecorded))],
            StateFact fact => [.. fact.Secrets.Select(s => new VaultText(s.Name, s.Value, fact.Fact.GetType()))],
            ChangeLessee { Lessee: { } lessee } => [new("lessee", lessee, typeof(LesseeChanged))],
            AnnotateExport { TempPlate: { } plate } => [new("tempPlate", plate, typeof(PendingExportAnnotated))],
            _ => [],
        };

    static IEnumerable<Identifier> Added(ItemCommand command) =>
        command is ObserveFact { Adds: { } added } ? [added.Identifier] : [];
}
