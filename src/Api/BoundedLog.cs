using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Api;

/// <summary>
/// Keeps a fault from filling the disk: of each kind one line a minute is written, and what came beside it is counted.
/// A kind is what is said, by whom, of which exception; not its numbers and ids.
/// </summary>
/// <param name="inner">Writes the lines.</param>
sealed partial class BoundedLog(ILoggerProvider inner, TimeProvider clock) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>One line of each kind in this time.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    /// <summary>Kinds that are told apart; what is more is one kind.</summary>
    const int MostKinds = 500,
        LongestKind = 200;

    [GeneratedRegex("[0-9a-f]{8}[0-9a-f-]*|[0-9]+")]
    private static partial Regex Numbers();

    readonly ConcurrentDictionary<Kind, Count> kinds = new();
    ITimer? telling;

    public ILogger CreateLogger(string categoryName)
    {
        telling ??= clock.CreateTimer(_ => Tell(), null, Span, Span);
        return new Line(this, categoryName, inner.CreateLogger(categoryName));
    }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) =>
        (inner as ISupportExternalScope)?.SetScopeProvider(scopeProvider);

    /// <summary>Whether this one is to be written; else it was counted.</summary>
    bool IsFirst(Kind kind, ILogger logger)
    {
        if (kinds.Count >= MostKinds && !kinds.ContainsKey(kind))
            kind = new("", LogLevel.Error, "many kinds", null);
        var now = clock.GetTimestamp();
        var count = kinds.GetOrAdd(kind, _ => new(logger));
        lock (count)
        {
            if (count.Since is { } since && clock.GetElapsedTime(since, now) < Span)
            {
                count.More++;
                return false;
            }
            count.Tell(kind);
            count.Since = now;
            return true;
        }
    }

    /// <summary>Says what was counted of kinds that have ended.</summary>
    void Tell()
    {
        foreach (var (kind, count) in kinds)
            lock (count)
                if (count.Since is not { } since || clock.GetElapsedTime(since) >= Span)
                {
                    count.Tell(kind);
                    kinds.TryRemove(kind, out _);
                }
    }

    public void Dispose()
    {
        telling?.Dispose();
        foreach (var (kind, count) in kinds)
            lock (count)
                count.Tell(kind);
        inner.Dispose();
    }

    /// <summary>The server's own sentence, without the driver's advice on details.</summary>
    static string Cause(Exception error) =>
        error.GetBaseException() is Npgsql.PostgresException { MessageText: var said } ? said : error.Message;

    static bool IsOfTheDatabase(Exception error) =>
        error is Npgsql.NpgsqlException
            ? Hosting.Faults.IsAway(error)
            : error.InnerException is { } inner && IsOfTheDatabase(inner);

    sealed record Kind(string Category, LogLevel Level, string Said, string? Exception);

    sealed class Count(ILogger logger)
    {
        public long? Since { get; set; }
        public long More { get; set; }

        public void Tell(Kind kind)
        {
            if (More > 0)
                logger.Log(
                    kind.Level,
                    "{Count} more within a minute: {Said} {Exception}",
                    More,
                    kind.Said,
                    kind.Exception
                );
            More = 0;
        }
    }

    sealed class Line(BoundedLog bound, string category, ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            var said = Numbers().Replace(formatter(state, exception), "#");
            if (said.Length > LongestKind)
                said = said[..LongestKind];
            if (!bound.IsFirst(new(category, logLevel, said, exception?.GetType().Name), logger))
                return;
            // Where the way to the database broke, the stack says nothing but our own waiting.
            if (exception is not null && IsOfTheDatabase(exception))
                logger.Log(logLevel, eventId, state, null, (s, _) => $"{formatter(s, exception)}: {Cause(exception)}");
            else
                logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
