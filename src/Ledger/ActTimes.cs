using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Ledger.Credit;
using Ledger.DataWipe;
using Ledger.Encumbrances;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Operations;
using Ledger.Parties;
using Ledger.Trading;

namespace Ledger;

/// <summary>What a day or an instant that an event tells means beside the clock.</summary>
public enum ActTime
{
    /// <summary>Of something that has happened: it lies in no future.</summary>
    Happened,

    /// <summary>Of a plan, a term or a limit: it may lie ahead.</summary>
    MayLieAhead,
}

/// <summary>A day, an instant or a second of the epoch that an event tells.</summary>
/// <param name="Member">On the wire, camelCase; bodies call it the same.</param>
/// <param name="Column">What an import's column calls it, where one has it.</param>
public sealed record ActTimeLine(Type Event, string Member, ActTime Class, string? Column = null);

/// <summary>
/// Every time that an event can tell beside its own, and what it means: one list, and one place where it is held
/// against the clock, for every kind of stream and every door. A test finds a member that has no line here.
/// </summary>
public static class ActTimes
{
    public static ImmutableArray<ActTimeLine> All { get; } =
    [
        Happened<ItemRegistered>(e => e.ProductionDate, "manufactured_on"),
        Happened<ItemRegistered>(e => e.FirstRegistered, "first_registered_on"),
        Happened<ItemRegistered>(e => e.OwnedSince),
        Happened<OdometerObserved>(e => e.ObservedOn),
        Happened<UseNatureChanged>(e => e.ChangedOn),
        Ahead<UseNatureChanged>(e => e.LimitDate),
        Ahead<ScrapLimitReached>(e => e.LimitDate),
        Ahead<ItemAppraised>(e => e.ValidUntil),
        Ahead<InspectionRecorded>(e => e.ValidUntil),
        Ahead<ItemListed>(e => e.EndsOn),
        Happened<ListingExpired>(e => e.ExpiredOn),
        Happened<SaleDeclared>(e => e.SoldOn),
        Happened<SaleRecorded>(e => e.AgreedAt, "agreed_at"),
        Happened<SaleRecorded>(e => e.TransferredAt, "transferred_at"),
        Happened<OwnershipTransferred>(e => e.RegisteredOn),
        Happened<WipeAttested>(e => e.StartedAt),
        Happened<WipeAttested>(e => e.FinishedAt),
        Happened<RecoveryIncidentReported>(e => e.From),
        // An incident reaches on until its cause is gone.
        Ahead<RecoveryIncidentReported>(e => e.To),
        Happened<EncumbranceRegistered>(e => e.Since),
        Ahead<EncumbranceRegistered>(e => e.Until),
        Ahead<EncumbranceExtended>(e => e.Until),
        Ahead<LenderConsentGiven>(e => e.Until),
        Ahead<HoldPlaced>(e => e.Until),
        Happened<PreExportInspectionRecorded>(e => e.InspectedOn),
        Happened<PendingExportAnnotated>(e => e.AnnotatedOn),
        Ahead<PendingExportAnnotated>(e => e.TempPlateUntil),
        Ahead<PendingExportAnnotated>(e => e.InsuranceUntil),
        Happened<BatchItemAdded>(e => e.FirstRegistered),
        Happened<BatchItemAdded>(e => e.PendingExportOn),
        Happened<ExportLicenceApplied>(e => e.AppliedOn),
        Ahead<ExportLicenceGranted>(e => e.ValidUntil),
        Happened<CustomsDeclared>(e => e.DeclaredOn),
        Happened<ItemExported>(e => e.ExportedOn),
        Happened<ItemReimported>(e => e.ImportedOn),
        Happened<DestinationRegistered>(e => e.RegisteredOn),
        Ahead<ExporterApproved>(e => e.ValidTo),
        Happened<CreditSignalShared>(e => e.ActEndedOn),
        Ahead<CreditSignalShared>(e => e.ExpiresOn),
        Ahead<ObjectionFiled>(e => e.DueOn),
        Happened<CreditRepaired>(e => e.RepairedOn),
        Happened<CreditSignalExpired>(e => e.ExpiredOn),
        Ahead<ConsentGiven>(e => e.Until),
        Ahead<StationAuthorised>(e => e.ValidFrom),
        Ahead<StationAuthorised>(e => e.ValidTo),
        Ahead<PartyRoleGranted>(e => e.ValidFrom),
        Ahead<PartyRoleGranted>(e => e.ValidTo),
        Ahead<LicenceRecorded>(e => e.ValidFrom),
        Ahead<LicenceRecorded>(e => e.ValidTo),
        Ahead<IssuerRegistered>(e => e.From),
        Ahead<IssuerRegistered>(e => e.To),
        // An authority may say today from when on it trusts an issuer no more.
        Ahead<IssuerRevoked>(e => e.Since),
        Ahead<KeyRegistered>(e => e.From),
        Ahead<KeyRegistered>(e => e.To),
        Happened<KeyRevoked>(e => e.CompromisedSince),
        Ahead<RulesetActivated>(e => e.From),
    ];

    static readonly FrozenSet<string> Members = All.Select(l => l.Member)
        .Append("occurredAt")
        .ToFrozenSet(StringComparer.Ordinal);

    static readonly FrozenDictionary<Type, (string Member, PropertyInfo Property)[]> OfActs = All.Where(l =>
            l.Class is ActTime.Happened
        )
        .GroupBy(l => l.Event)
        .ToFrozenDictionary(
            g => g.Key,
            g =>
                g.Select(l =>
                        (
                            l.Member,
                            l.Event.GetProperties()
                                .First(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == l.Member)
                        )
                    )
                    .ToArray()
        );

    /// <summary>Whether a day or an instant of this name is one that the list knows: no door reads another.</summary>
    public static bool Knows(string member) => Members.Contains(member);

    /// <summary>Acts that some of these events put after now.</summary>
    public static ImmutableArray<Refusal> Ahead(IEnumerable<LedgerEvent> events, DateTimeOffset now) =>
        [.. events.SelectMany(e => Ahead(e, now))];

    static IEnumerable<Refusal> Ahead(LedgerEvent e, DateTimeOffset now)
    {
        if (Instead(e) is { } corrected)
            foreach (var refusal in Ahead(corrected, now))
                yield return refusal;
        if (!OfActs.TryGetValue(e.GetType(), out var members))
            yield break;
        foreach (var (name, property) in members)
            if (
                property.GetValue(e) switch
                {
                    DateOnly day => Occurrence.Ahead(day, now, name),
                    DateTimeOffset at => Occurrence.Ahead(at, now, name),
                    long seconds => Occurrence.Ahead(
                        DateTimeOffset.FromUnixTimeSeconds(
                            Math.Clamp(
                                seconds,
                                DateTimeOffset.MinValue.ToUnixTimeSeconds(),
                                DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                            )
                        ),
                        now,
                        name
                    ),
                    _ => null,
                } is
                { } ahead
            )
                yield return ahead;
    }

    /// <summary>What a correction puts in its target's place.</summary>
    static LedgerEvent? Instead(LedgerEvent e) =>
        e.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Corrected<>)
            ? (LedgerEvent?)type.GetProperty(nameof(Corrected<>.To))!.GetValue(e)
            : null;

    /// <summary>The same refusal, told of the column that an import read the value from.</summary>
    /// <param name="occurred">The column that says when the row's act occurred.</param>
    public static Refusal OfColumn(Refusal refusal, string occurred) =>
        refusal.Code == "occurred-in-future"
        && (
            refusal.Field == "occurredAt"
                ? occurred
                : All.FirstOrDefault(l => l.Member == refusal.Field && l.Column is not null)?.Column
        )
            is { } column
            ? Occurrence.InFuture(column, refusal.With["value"])
            : refusal;

    static ActTimeLine Happened<T>(Expression<Func<T, object?>> member, string? column = null)
        where T : LedgerEvent => new(typeof(T), Name(member), ActTime.Happened, column);

    static ActTimeLine Ahead<T>(Expression<Func<T, object?>> member)
        where T : LedgerEvent => new(typeof(T), Name(member), ActTime.MayLieAhead);

    static string Name<T>(Expression<Func<T, object?>> member) =>
        JsonNamingPolicy.CamelCase.ConvertName(((MemberExpression)((UnaryExpression)member.Body).Operand).Member.Name);
}
