using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Parties;

namespace Ledger.Credit;

/// <summary>Puts readings on their reader's record before anything is shown.</summary>
public static class ReadingDecider
{
    public static CommandKind Commands { get; } = CommandKind.Of<ReadingCommand>(Needs, Decide);

    static Guid RecordOf(Situation s) => ReadingCommand.StreamOf(s.By.Actor, ShanghaiDay.Of(s.OccurredAt), s.Ids);

    static IEnumerable<Need> Needs(ReadingCommand c, StreamsRead read, Situation s) =>
        c is ReadCreditFile r ? [Need.TipOf(RecordOf(s)), Need.Of(r.File)] : [Need.TipOf(RecordOf(s))];

    static ImmutableArray<StreamDecision> Decide(ReadingCommand c, StreamsRead read, Situation s)
    {
        var record = RecordOf(s);
        switch (c)
        {
            case RecordQuery q:
                return [new(record, CreditStreams.Reading, Query(q))];
            case ReadCreditFile r:
                var file = read.State(r.File, CreditFile.Fold);
                var (e, refusal) = Read(r, file, s.By.Actor, ShanghaiDay.Of(s.OccurredAt));
                if (e is null)
                    return [new(record, CreditStreams.Reading, Decision.Refuse(refusal!))];
                var noted = new LinkedFactNoted(CreditEvents.FileRead, s.Lead, new(record));
                return
                [
                    new(record, CreditStreams.Reading, Decision.Record(e)),
                    new(r.File, PartyStreams.Party, Decision.Record(noted)),
                ];
            default:
                throw new UnknownCommandException(c);
        }
    }

    /// <summary>A register is queried in the line of duty, under an article.</summary>
    static Decision Query(RecordQuery q) =>
        Unlisted(q.Purpose, ReadingPurposes.Office) is { } unlisted ? Decision.Refuse(unlisted)
        : string.IsNullOrWhiteSpace(q.Basis) ? Decision.Refuse(new Refusal("basis-missing").At("basis"))
        : Decision.Record(
            new RegisterQueryRecorded(q.Register, q.Purpose, q.Case, q.Filters, q.Count, q.List)
            {
                Facts = ExtraFields.Of([new(RegisterQueryRecorded.Basis, q.Basis)]),
            }
        );

    static Refusal? Unlisted(string? purpose, ImmutableArray<ReadingPurpose> known) =>
        string.IsNullOrWhiteSpace(purpose) ? new Refusal("purpose-missing").At("purpose")
        : known.Any(p => p.Code == purpose) ? null
        : Refusal
            .Of(
                "purpose-not-in-list",
                ("value", Bounds.Short(purpose)),
                ("known", string.Join(", ", known.Select(p => p.Code)))
            )
            .At("purpose");

    /// <summary>A reading: everything with the subject's consent for that purpose; what the law makes public on another
    /// basis; nothing without either.</summary>
    public static (CreditFileRead? Read, Refusal? Refusal) Read(
        ReadCreditFile c,
        CreditFile file,
        string reader,
        DateOnly day
    )
    {
        if (Unlisted(c.Purpose, ReadingPurposes.All) is { } unlisted)
            return (null, unlisted);
        var consent = file.Consents.FirstOrDefault(x => x.Covers(c.Purpose!, reader, day));
        if (consent is null && string.IsNullOrWhiteSpace(c.Basis))
            return (null, new Refusal("consent-missing"));
        var shown = Shown(file, consent is not null, day).Count();
        return (new(new(c.File), c.Purpose, consent?.Given.ConsentId, consent is null ? c.Basis : null, shown), null);
    }

    /// <summary>The signals that a reader is shown.</summary>
    /// <param name="consented">Also those that the law does not make public.</param>
    public static IEnumerable<Signal> Shown(CreditFile file, bool consented, DateOnly day) =>
        file.Signals.Where(s => s.IsShownOn(day) && (consented || SignalKinds.Find(s.Shared.Kind)?.IsPublic is true));
}
