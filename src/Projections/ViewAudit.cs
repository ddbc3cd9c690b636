using Ledger.Store.Auditing;
using Ledger.Store.Postgres;

namespace Projections;

/// <summary>Step 10 of an audit: each view holds what the events give, up to where it has been fed.</summary>
public sealed class ViewAudit(LedgerDatabase database) : IAuditStep
{
    const int Page = 500,
        Strays = 5000;

    readonly EventReader reader = new(database);
    readonly ViewComparison comparison = new(database);

    public async Task RunAsync(Findings findings, Action<string> progress, CancellationToken stop)
    {
        foreach (var view in Registry.Views)
        {
            if (await comparison.VersionAsync(view, stop) is not { } version)
            {
                findings.Skip($"View {view.Name} is not made yet.");
                continue;
            }
            if (version != view.Version)
            {
                findings.Skip($"View {view.Name} is not compared: it wants a rebuild.");
                continue;
            }
            long done = 0;
            await foreach (var page in reader.PagesAsync(view.Kinds, Page, stop))
            {
                foreach (var (stream, what, _) in await comparison.OfAsync(view, page, stop))
                    Tell(findings, view, stream, what);
                progress($"view {view.Name}: {done += page.Length} streams");
            }
            await FindStraysAsync(view, findings, stop);
        }
    }

    /// <summary>Rows of what is no stream of the view's kinds.</summary>
    async Task FindStraysAsync(View view, Findings findings, CancellationToken stop)
    {
        var last = Guid.Empty;
        for (var more = true; more; )
        {
            await using var command = database.Source.CreateCommand(
                $"select distinct stream from {view.Source} where stream > $1 order by stream limit {Strays}"
            );
            command.Parameters.AddWithValue(last);
            var streams = await command.ListAsync(row => row.GetGuid(0), stop);
            var own = (await reader.OfKindsAsync(view.Kinds, streams, stop)).Select(s => s.Id).ToHashSet();
            foreach (var stray in streams.Where(s => !own.Contains(s)))
                Tell(findings, view, stray, $"has rows, but is no {string.Join(" or ", view.Kinds)}");
            more = streams.Count == Strays;
            if (more)
                last = streams[^1];
        }
    }

    static void Tell(Findings findings, View view, Guid stream, string what) =>
        findings.Add(new(FindingKinds.View, $"View {view.Name}, stream {stream}: {what}.") { Stream = stream });
}
