using Ledger.Kernel;
using Ledger.Operations;
using Ledger.Pipeline;
using Ledger.Proof;
using Ledger.Store.Auditing;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;

namespace Ledger.Store.Mapping;

/// <summary>
/// Maps what was logged since the last head map and logs the next one (proof.md §7). It builds on nothing that it has
/// not checked: the leaves it reads give the root of a head that carries the log's mark, among them stands the map it
/// goes on from and no later one, the stored bucket roots give that map's root, and each bucket it touches hashes to
/// its old root. Otherwise the log is forked, and nothing is signed.
/// </summary>
/// <remarks>Rows are only added. What a run leaves behind that was cut off is true of its size, so the next one may
/// find
/// it there; a row that is not true makes its bucket hash to something else.</remarks>
public sealed class HeadMapBuilder(LedgerNode node)
{
    const int PageLeaves = 4096;

    /// <summary>Words that a sort holds in memory, some 150 bytes each.</summary>
    const int Held = 1 << 16;

    readonly HeadMapReader reader = new(node.Database);
    (long TreeSize, BucketTree Tree)? memory;

    readonly LeafRows leaves = new(node.Database);

    /// <summary>The log's own stream.</summary>
    public Guid Stream { get; } = LoggedMap.StreamIn(node.Database);

    /// <summary>Maps and logs, where anything but head maps was logged since the last one.</summary>
    /// <returns>The new map's event id; null where there was nothing to map or another node is at it.</returns>
    /// <exception cref="BrokenLogException">What it would build on is not what was logged; the node is
    /// forked.</exception>
    public async Task<Guid?> BuildAsync(CancellationToken stop)
    {
        await using var turn = await MapTurn.TakeAsync(node.Database, stop);
        if (turn is null)
            return null;
        try
        {
            return await NextAsync(turn, stop);
        }
        catch (BrokenLogException error)
        {
            node.State.Break(LogFault.Forked, error.Message);
            throw;
        }
    }

    async Task<Guid?> NextAsync(MapTurn turn, CancellationToken stop)
    {
        // The chain first: a node that logs a map meanwhile makes ours stale.
        var tips = new StreamHeads();
        await node.Reader.TipAsync(Stream, tips, stop);
        var last = await reader.LastAsync(stop);
        var head = await turn.HeadAsync(stop);
        if (!node.Database.Log.Fits(head))
            throw new BrokenLogException($"The head of size {head.Size} does not carry the log's mark.");
        if (!await leaves.HasOthersAsync(Stream, (ulong)(last?.TreeSize ?? 0), head.Size, stop))
            return null;
        if (await MapAsync(last, head, turn, stop) is not { } mapped)
            return null;
        var id = await LogAsync(mapped, tips[Stream].N, stop);
        await turn.ForgetAsync(stop);
        return id;
    }

    /// <returns>Null where a map was logged meanwhile.</returns>
    async Task<HeadMapped?> MapAsync(LoggedMap? last, Head head, MapTurn turn, CancellationToken stop)
    {
        using var words = new ExternalSort<MapWord>(Held, w => ((ulong)w.Entry.Bucket, w.Place));
        var seen = await ReadAsync(last, head, words, stop);
        if (seen != last)
            return await reader.LastAsync(stop) is { } now && now != last
                ? null
                : throw new BrokenLogException(
                    $"The last head map is said to be {Place(last)}, the leaves tell of {Place(seen)}."
                );
        var tree =
            memory is { } kept && kept.TreeSize == last?.TreeSize && kept.Tree.Root == last.Root
                ? kept.Tree
                : await reader.TreeAsync(last, stop);
        // It grows below: should this run not end, it is read again.
        memory = null;
        var size = (long)head.Size;
        var fresh = await new MapGrowth(reader, leaves, turn).GrowAsync(
            words.InOrder(),
            tree,
            last?.TreeSize ?? 0,
            size,
            stop
        );
        memory = (size, tree);
        return new(size, (last?.MapSize ?? 0) + fresh, tree.Root.ToBase64Url());
    }

    /// <summary>Takes what the leaves since the last map say of their keys, if they give the root of the
    /// head.</summary>
    /// <returns>The last map among them.</returns>
    async Task<LoggedMap?> ReadAsync(LoggedMap? last, Head head, ExternalSort<MapWord> words, CancellationToken stop)
    {
        var from = (ulong)(last?.TreeSize ?? 0);
        var edge = await node.Tree.EdgeAsync(from, stop);
        var log = Hash.Read(node.Database.Handles.OfStream(Stream));
        LoggedMap? seen = null;
        var place = 0UL;
        for (var first = from; first < head.Size; first += PageLeaves)
        {
            var page = await PageAsync(first, Math.Min(first + PageLeaves, head.Size), stop);
            edge = edge.Append([.. page.Select(l => l.LeafHash)], []);
            for (var i = 0; i < page.Count; i++)
            {
                var (claims, hash, index) = (page[i].Claims, page[i].LeafHash, first + (ulong)i);
                if (claims.Item == log)
                    seen = LoggedMap.Of(page[i], index) ?? seen;
                words.Add(new(new(claims.Item, (ulong)claims.N, hash, index), place++, claims.Item));
                foreach (var id in claims.Ids)
                    words.Add(new(new(id, 0, hash, index), place++, claims.Item));
            }
        }
        return edge.Size == head.Size && edge.Root() == head.Root
            ? seen
            : throw new BrokenLogException($"The leaves of size {head.Size} do not have the root of their head.");
    }

    static string Place(LoggedMap? map) => map is null ? "none" : $"leaf {map.Index} of size {map.TreeSize}";

    async Task<List<Leaf>> PageAsync(ulong first, ulong end, CancellationToken stop)
    {
        var page = new List<Leaf>();
        foreach (var (index, body) in await leaves.BodiesAsync(first, end, stop))
            page.Add(
                Leaf.TryRead(body, out var leaf, out var fault)
                    ? leaf
                    : throw new BrokenLogException($"Leaf {index} is not one: {fault.Flaw} {fault.Where}.")
            );
        return page;
    }

    /// <summary>The map as an event of the log's own chain.</summary>
    /// <param name="version">Of that chain before anything was read.</param>
    /// <returns>Null where somebody else has written there since, or the lane has no room: the next run looks
    /// anew.</returns>
    async Task<Guid?> LogAsync(HeadMapped map, long version, CancellationToken stop)
    {
        var request = new CommandRequest(
            new LogHeadMap(node.Database.Log.Origin, map.TreeSize, map.MapSize, map.MapRoot),
            new("log", Acting.System.Role),
            "log",
            $"head-map/{map.TreeSize.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
            node.Database.Handles.CommandHash("MAP", map.MapRoot, []),
            node.Pipeline.Now
        )
        {
            IfMatch = version,
        };
        return await node.Pipeline.RecordAsync(request, stop) switch
        {
            Answer.Accepted { EventIds: [var id, ..] } => id,
            Answer.Refused { Refusals: [{ Code: "stale-version" or "overloaded" or "too-contended" }, ..] } => null,
            var other => throw new InvalidOperationException(
                $"The head map of size {map.TreeSize} was not logged: {other}."
            ),
        };
    }
}
