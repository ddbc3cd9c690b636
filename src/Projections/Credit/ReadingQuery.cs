using Ledger.Credit;
using Ledger.Kernel;
using Ledger.Store;

namespace Projections.Credit;

/// <summary>Who looked at what: the records that readers' queries and readings stand on.</summary>
public sealed class ReadingQuery(LedgerNode node)
{
    /// <summary>The credit file of a party.</summary>
    public Task<CreditFile> FileAsync(Guid party, CancellationToken stop) =>
        node.Reader.FoldAsync(party, CreditFile.Fold, stop);

    /// <summary>The signals that a recorded reading showed: the file as it stood right before it.</summary>
    /// <param name="noted">The event on the party's stream that notes the reading.</param>
    public async Task<IReadOnlyList<Signal>> ShownAsync(
        ReadCreditFile reading,
        Guid noted,
        string reader,
        DateOnly day,
        CancellationToken stop
    )
    {
        var events = await node.Reader.StreamAsync(reading.File, stop);
        var file = CreditFile.Fold(events.TakeWhile(e => e.EventId != noted));
        var (read, _) = ReadingDecider.Read(reading, file, reader, day);
        return read is null ? [] : [.. ReadingDecider.Shown(file, read.Consent is not null, day)];
    }

    /// <summary>Who read a party's file, newest first.</summary>
    public async Task<List<StoredEvent>> OfPartyAsync(Guid party, int most, CancellationToken stop)
    {
        var reads = (await FileAsync(party, stop)).Reads.Reverse().Take(most).ToList();
        var records = await node.Reader.StreamsAsync([.. reads.Select(r => r.Stream).Distinct()], long.MaxValue, stop);
        return
        [
            .. reads
                .Select(r => records.GetValueOrDefault(r.Stream)?.Find(e => e.EventId == r.Event))
                .OfType<StoredEvent>(),
        ];
    }

    /// <summary>What one reader, or everybody, has read in a month, newest first. A record that is begun as the month
    /// ends counts to the month in which the store took it.</summary>
    /// <param name="before">Only what stands before this place in the store.</param>
    public async Task<List<StoredEvent>> OfReaderAsync(
        string? actor,
        DateOnly month,
        long before,
        int most,
        CancellationToken stop
    )
    {
        Guid[] records = actor is null
            ? await node.Reader.BegunAsync(
                CreditStreams.Reading,
                ShanghaiDay.Start(month),
                ShanghaiDay.Start(ShanghaiDay.MonthsOn(month, 1)),
                stop
            )
            : [ReadingCommand.StreamOf(actor, month, node.Database.Handles)];
        return await node.Reader.NewestAsync(records, before, most, stop);
    }
}
