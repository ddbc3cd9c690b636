using Ledger.Store;
using Ledger.Store.Lane;

namespace Store.Tests.Simulation;

/// <summary>What goes wrong with an append.</summary>
enum AppendFault
{
    None,

    /// <summary>The store says that it cannot.</summary>
    LacksMeans,

    /// <summary>The connection is lost before the commit.</summary>
    LostBefore,

    /// <summary>The answer is lost after the commit.</summary>
    LostAfter,

    /// <summary>The connection is lost, and the commit comes later.</summary>
    Hangs,

    /// <summary>It is delivered a second time, later.</summary>
    Twice,
}

/// <summary>What goes wrong with the calls of a store: here, nothing.</summary>
class Faults
{
    /// <summary>Before and after the store has read anything: a delay, or a connection that is lost.</summary>
    public virtual Task CallAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>Before a commit.</summary>
    public virtual Task CommitAsync() => Task.CompletedTask;

    public virtual AppendFault OfAppend() => AppendFault.None;

    /// <summary>How long a commit hangs, or a second delivery is under way.</summary>
    public virtual Task HangAsync() => Task.CompletedTask;
}

/// <summary>A node's connection to a log in memory.</summary>
sealed class InMemoryWriteLog(InMemoryLog log, Faults faults) : IWriteLog
{
    public async Task<Head> HeadAsync(CancellationToken stop)
    {
        await faults.CallAsync(stop);
        return log.Head;
    }

    public async Task<IWriteTurn> BeginAsync(IReadOnlyList<SealedCommand> commands, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        await faults.CallAsync(stop);
        if (log.Turns is { } turns)
            await turns.TakeAsync(stop);
        try
        {
            var state = log.StateFor(commands);
            await faults.CallAsync(stop);
            return new Turn(log, faults, state);
        }
        catch
        {
            log.Turns?.Release();
            throw;
        }
    }

    public async Task<IReadOnlyList<LogEntry>> ReadAsync(ulong from, int most, CancellationToken stop)
    {
        await faults.CallAsync(stop);
        return log.Read(from, most);
    }

    public async Task<Dictionary<Guid, KnownCommand>> OutcomeAsync(
        IReadOnlyCollection<Guid> eventIds,
        CancellationToken stop
    )
    {
        await faults.CallAsync(stop);
        foreach (var append in log.Pending())
            await append.WaitAsync(stop);
        return eventIds
            .Select(id => (Id: id, Known: log.Known(id)))
            .Where(k => k.Known is not null)
            .ToDictionary(k => k.Id, k => k.Known!);
    }

    sealed class Turn(InMemoryLog log, Faults faults, StateAtHead state) : IWriteTurn
    {
        bool ended;

        public StateAtHead State => state;

        public async Task<AppendResult> AppendAsync(LogBatch batch)
        {
            if (!batch.Expected.IsSameTree(state.Head))
                return AppendResult.HeadMoved;
            var append = log.BeginAppend();
            var fault = faults.OfAppend();
            if (fault is AppendFault.Hangs)
            {
                // It keeps its lock: the server has not ended the transaction.
                ended = true;
                log.Background.Add(HangAsync(batch, append));
                throw new OutcomeUnknownException("The connection was lost, and the commit hangs.");
            }
            try
            {
                return await AppendAsync(batch, fault);
            }
            finally
            {
                log.EndAppend(append);
            }
        }

        async Task<AppendResult> AppendAsync(LogBatch batch, AppendFault fault)
        {
            await faults.CommitAsync();
            switch (fault)
            {
                case AppendFault.LacksMeans:
                    throw new NotWrittenException("No space left on device.");
                case AppendFault.LostBefore:
                    throw new OutcomeUnknownException("The connection was lost before the commit.");
                case AppendFault.LostAfter:
                    log.Append(batch);
                    throw log.Flaw is Flaw.DeniesWhatItWrote
                        ? new NotWrittenException("Nothing was written, it says.")
                        : new OutcomeUnknownException("The connection was lost after the commit.");
                case AppendFault.Twice:
                    log.Background.Add(AgainAsync(batch));
                    return log.Append(batch);
                default:
                    return log.Append(batch);
            }
        }

        async Task HangAsync(LogBatch batch, TaskCompletionSource append)
        {
            await faults.HangAsync();
            log.Append(batch);
            log.EndAppend(append);
            log.Turns?.Release();
        }

        async Task AgainAsync(LogBatch batch)
        {
            await faults.HangAsync();
            log.AppendAgain(batch);
        }

        public ValueTask DisposeAsync()
        {
            if (!ended)
                log.Turns?.Release();
            ended = true;
            return ValueTask.CompletedTask;
        }
    }
}
