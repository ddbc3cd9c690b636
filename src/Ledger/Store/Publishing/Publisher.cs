using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;
using Microsoft.Extensions.Logging;

namespace Ledger.Store.Publishing;

/// <summary>
/// Publishes the log: of the nodes on one database the one that holds the lock takes the newest head, lets the house
/// witness and the policy's witnesses cosign it, and serves it once the quorum holds (proof.md §4). Without a quorum
/// writes go on and the served checkpoint stays.
/// </summary>
/// <param name="client">Follows no redirects; answers are bounded.</param>
public sealed class Publisher(LedgerNode node, Publication publication, HttpClient client, ILogger logger)
{
    /// <summary>Bundles written in one round: an old log becomes files over some rounds, not in the first.</summary>
    const int MostFiles = 256;

    readonly PublishingSettings settings = publication.Settings;
    readonly PublishedLog log = publication.Log;
    readonly HeadCheck heads = new(node);
    readonly WitnessRound witnesses = new(
        node,
        new(node.Database),
        new(client, publication.Settings.WitnessPatience, node.Clock)
    );
    readonly Alarm quorum = new(logger, "quorum"),
        broken = new(logger, "log"),
        files = new(logger, "files"),
        houseWitness = new(logger, "house witness"),
        database = new(logger, "database");

    PublisherTurn? turn;
    DateTimeOffset checkedAt;
    ulong written;

    /// <summary>Goes on until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var tick = new PeriodicTimer(settings.Every, node.Clock);
        var next = tick.WaitForNextTickAsync(stop).AsTask();
        try
        {
            while (true)
            {
                await StepAsync(stop);
                await publication.AskedAsync(next);
                if (!next.IsCompleted)
                    continue;
                if (!await next)
                    break;
                next = tick.WaitForNextTickAsync(stop).AsTask();
            }
        }
        finally
        {
            await LoseTurnAsync();
        }
    }

    async Task StepAsync(CancellationToken stop)
    {
        try
        {
            await WatchWitnessAsync(stop);
            if (node.State.IsGood)
            {
                await log.CatchUpAsync(stop);
                if (await HasTurnAsync(stop))
                    await RoundAsync(turn!, stop);
                Measure();
            }
            database.Ends();
        }
        catch (BrokenLogException error)
        {
            node.State.Break(LogFault.Forked, error.Message);
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            // Nothing was compared: it is tried again at the next tick.
            database.Raise(error.Message);
            await LoseTurnAsync();
        }
        if (node.State.Broken is { } fault)
            broken.Raise($"{fault.Fault}: {fault.Detail}");
        if (node.State.Unknown is { } why)
            houseWitness.Raise(why);
        else
            houseWitness.Ends();
    }

    /// <summary>Every node looks, also the one that does not publish.</summary>
    async Task WatchWitnessAsync(CancellationToken stop)
    {
        var now = node.Clock.GetUtcNow();
        if (!node.State.IsGood || now - checkedAt < settings.WitnessCheckEvery)
            return;
        checkedAt = now;
        if (await WitnessCheck.FaultAsync(node.Tree, node.Witness, null, stop) is { } fault)
            node.State.Break(fault.Fault, fault.Detail);
    }

    async Task<bool> HasTurnAsync(CancellationToken stop)
    {
        if (turn is not null)
            return true;
        turn = await PublisherTurn.TakeAsync(node.Database, stop);
        if (turn is null)
            return false;
        await witnesses.LoadAsync(stop);
        return true;
    }

    async Task LoseTurnAsync()
    {
        if (turn is not { } lost)
            return;
        turn = null;
        await lost.DisposeAsync();
    }

    async Task RoundAsync(PublisherTurn mine, CancellationToken stop)
    {
        // The house witness is asked first: it is never ahead of what the database says afterwards.
        var seen = await node.Witness.NewestAsync(stop);
        var (head, waiting) = await mine.NewestHeadAsync(log.Size, stop);
        var now = node.Clock.GetUtcNow();
        Telemetry.ProofSize.Record((long)head.Size);
        Telemetry.ProofLag.Record(waiting is { } since ? (now - since).TotalSeconds : 0);
        if (seen is not null && seen.Size > head.Size)
            await FaultAsync(head, stop);
        else if (head.Size > log.Size || now - log.Served?.At >= settings.Refresh)
            await PublishAsync(mine, head, seen, stop);
        if (node.State.IsGood)
            await FilesAsync(stop);
    }

    /// <summary>The house witness has seen more, or what it was given does not continue what it has.</summary>
    async Task FaultAsync(Head head, CancellationToken stop)
    {
        if (await WitnessCheck.FaultAsync(node.Tree, node.Witness, head.Size, stop) is { } fault)
            node.State.Break(fault.Fault, fault.Detail);
    }

    async Task PublishAsync(PublisherTurn mine, Head head, CosignedHead? seen, CancellationToken stop)
    {
        await mine.BarrierAsync(node.Witness.Vkey, head.Size, stop);
        await heads.CheckAsync(head, stop);
        if (await WitnessedAsync(mine, head, seen, stop) is not var (witnessed, line))
            return;
        var policy = TrustPolicy.Read(await PolicyAsync(stop), out var wrong);
        var round = await witnesses.AskAsync(policy, witnessed, line, stop);
        Telemetry.WitnessMissing.Record(round.Missing.Length);
        if (!round.HasQuorum)
        {
            quorum.Raise(
                policy is null
                    ? $"{settings.PolicyFile} is no policy: {wrong}"
                    : $"no quorum at size {witnessed.Size}; missing: {string.Join(", ", round.Missing)}"
            );
            return;
        }
        await log.PublishAsync(new(witnessed.Size, witnessed.Root, round.Note, node.Clock.GetUtcNow()), stop);
        quorum.Ends();
        Write(() => log.Files.WriteCheckpoint(round.Note));
    }

    /// <summary>Brings the house witness to the head. Where the lane was faster, what the house witness has seen
    /// before is published: that is committed and witnessed too.</summary>
    /// <returns>Null where nothing may be signed, or nothing is new.</returns>
    async Task<(Head Head, string Line)?> WitnessedAsync(
        PublisherTurn mine,
        Head head,
        CosignedHead? seen,
        CancellationToken stop
    )
    {
        var old = seen?.Size ?? 0;
        var proof = await witnesses.ProofAsync(old, head.Size, stop);
        var note = node.Database.Log.Sign(head.Size, head.Root);
        switch (await node.Witness.AdvanceAsync(old, note, proof, stop))
        {
            case HouseWitnessAnswer.Stored stored:
                return (head, stored.Cosignature);
            case HouseWitnessAnswer.At when seen is not null && seen.Size > log.Size:
                var before =
                    await mine.HeadAsync(seen.Size, stop)
                    ?? throw new BrokenLogException(
                        $"The house witness has seen size {seen.Size}, at which no batch ended."
                    );
                await heads.CheckAsync(before, stop);
                if (before.Root == seen.Root)
                    return (before, SignedNote.Read(seen.Note)!.Lines[^1].Text);
                await FaultAsync(head, stop);
                return null;
            case HouseWitnessAnswer.Refused refused:
                var at = (head.Size, head.Root);
                var proven = await WitnessCheck.RefusedAsync(node.Tree, node.Witness, at, refused.Reason, stop);
                node.State.Break(proven.Fault, proven.Detail);
                return null;
            default:
                return null;
        }
    }

    async Task<byte[]> PolicyAsync(CancellationToken stop)
    {
        try
        {
            return await File.ReadAllBytesAsync(settings.PolicyFile, stop);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    async Task FilesAsync(CancellationToken stop)
    {
        if (log.Size - written < Tile.Width)
            return;
        try
        {
            written = await publication.Tiles.WriteFullAsync(written, log.Size, MostFiles, stop);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            files.Raise(error.Message);
        }
    }

    /// <summary>A full disk keeps nobody from publishing: tiles and checkpoint are served from the database
    /// too.</summary>
    void Write(Action write)
    {
        try
        {
            write();
            files.Ends();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            files.Raise(error.Message);
        }
    }

    void Measure()
    {
        if (log.Served is { } served)
            Telemetry.CheckpointAge.Record((node.Clock.GetUtcNow() - served.At).TotalSeconds);
    }
}
