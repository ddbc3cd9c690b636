using System.Collections.Immutable;
using Ledger.Credit;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store.Lane;

namespace Ledger.Store;

/// <summary>A party's credit file: what is shared of it, objected to, read by whom.</summary>
public sealed class CreditDesk(LedgerDatabase database, EventReader reader, StreamDesk streams)
{
    /// <summary>The stream of a party: its reference under the key, so that it betrays none.</summary>
    public Guid StreamOf(string party) => database.Handles.EntityId("party", "party", party);

    public async Task<CreditFile> FileAsync(string party, CancellationToken stop) =>
        CreditFile.Fold(await reader.StreamAsync(StreamOf(party), stop));

    /// <summary>An act on a party's file.</summary>
    public Task<Answer> RecordAsync(
        string party,
        StreamOrder order,
        Func<CreditFile, Situation, Decision> decide,
        CancellationToken stop
    ) => RecordAsync(StreamOf(party), order, decide, stop);

    Task<Answer> RecordAsync(
        Guid party,
        StreamOrder order,
        Func<CreditFile, Situation, Decision> decide,
        CancellationToken stop
    ) =>
        streams.RecordAsync(
            Noun.Party,
            party,
            order,
            (history, read) => Task.FromResult(decide(CreditFile.Fold(history), read.Situation())),
            stop
        );

    /// <summary>Reads a file: on the reader's record and noted on the party's before anything is shown.</summary>
    public async Task<(Answer Answer, ImmutableArray<Signal> Shown)> ReadAsync(
        string party,
        string? purpose,
        string? basis,
        StreamOrder order,
        CancellationToken stop
    )
    {
        var (stream, day) = (StreamOf(party), ShanghaiDay.Of(order.OccurredAt));
        var shown = ImmutableArray<Signal>.Empty;
        var record = ReadingOf(order.By.Actor, day);
        var answer = await streams.RecordAsync(
            [record, stream],
            order,
            async read =>
            {
                var file = CreditFile.Fold(await read.OfAsync(stream, stop));
                await read.TipAsync(record, stop);
                var (e, refusal) = CreditDecider.Read(stream, purpose, basis, file, order.By.Actor, day);
                if (e is null)
                    return [new(record, Noun.Reading, Decision.Refuse(refusal!))];
                shown = [.. CreditDecider.Shown(file, e.Consent is not null, day)];
                var noted = new LinkedFactNoted(
                    CreditEvents.FileRead,
                    database.Handles.EventId(order.Scope, order.Key, 0),
                    new(record)
                );
                return [new(record, Noun.Reading, Decision.Record(e)), new(stream, Noun.Party, Decision.Record(noted))];
            },
            stop
        );
        return (answer, shown);
    }

    /// <summary>Who read a party's file, newest first.</summary>
    public async Task<List<Recorded>> ReadsAsync(string party, int most, CancellationToken stop)
    {
        var reads = (await FileAsync(party, stop)).Reads.Reverse().Take(most).ToList();
        var records = await reader.StreamsAsync([.. reads.Select(r => r.Stream).Distinct()], new ChainTips(), stop);
        return
        [
            .. reads
                .Select(r => records.GetValueOrDefault(r.Stream)?.Find(e => e.EventId == r.Event))
                .OfType<Recorded>(),
        ];
    }

    /// <summary>Puts a query on its reader's record.</summary>
    public Task<Answer> QueryAsync(RegisterQueryRecorded e, StreamOrder order, CancellationToken stop) =>
        AddAsync(ReadingOf(order.By.Actor, ShanghaiDay.Of(order.OccurredAt)), e, order, stop);

    Task<Answer> AddAsync(Guid record, RegisterQueryRecorded e, StreamOrder order, CancellationToken stop) =>
        streams.RecordAsync(
            [record],
            order,
            async read =>
            {
                await read.TipAsync(record, stop);
                return [new StreamDecision(record, Noun.Reading, Decision.Record(e))];
            },
            stop
        );

    /// <summary>What one reader, or everybody, has read in a month, newest first. A record that is begun as the month
    /// ends counts to the month in which the store took it.</summary>
    /// <param name="before">Only what stands before this place in the store.</param>
    public async Task<List<Recorded>> ReadingsAsync(
        string? actor,
        DateOnly month,
        long before,
        int most,
        CancellationToken stop
    )
    {
        Guid[] records = actor is null
            ? await reader.BegunAsync(
                Noun.Reading,
                ShanghaiDay.Start(month),
                ShanghaiDay.Start(ShanghaiDay.MonthsOn(month, 1)),
                stop
            )
            : [ReadingOf(actor, month)];
        return await reader.NewestAsync(records, before, most, stop);
    }

    /// <summary>One record a reader and month: it neither swells nor betrays whom it is about.</summary>
    public Guid ReadingOf(string actor, DateOnly day) =>
        database.Handles.EntityId("reading", actor, Instants.Text(day)[..7]);

    /// <summary>Ends what has run out by a day; each event carries the day of the law.</summary>
    public async Task ExpireAsync(DateOnly today, CancellationToken stop)
    {
        await foreach (var page in reader.PagesAsync(Noun.Party, 500, stop))
        foreach (var (stream, events) in await reader.StreamsAsync(page, long.MaxValue, stop))
        foreach (var signal in CreditFile.Fold(events).Signals)
            if (signal.Shared.ExpiresOn < today && signal.State is SignalState.Live or SignalState.Objected)
                await ExpireAsync(stream, signal, today, stop);
    }

    Task<Answer> ExpireAsync(Guid stream, Signal signal, DateOnly today, CancellationToken stop)
    {
        var key = $"expire/{signal.Id}/{Instants.Text(signal.Shared.ExpiresOn!.Value)}";
        var first = ShanghaiDay.Start(signal.Shared.ExpiresOn.Value.AddDays(1));
        var order = StreamOrder.OfSystem(database.Handles, "EXPIRE", key, first);
        return RecordAsync(stream, order, (file, _) => CreditDecider.Expire(signal.Id, file, today), stop);
    }
}
