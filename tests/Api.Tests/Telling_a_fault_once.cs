using Microsoft.Extensions.Logging;

namespace Api.Tests;

/// <summary>The log of a fault that comes with every request.</summary>
public sealed class Telling_a_fault_once : IDisposable
{
    readonly Clock clock = new();
    readonly List<string> lines = [];

    public void Dispose() => clock.Dispose();

    [Fact]
    public void Writes_one_line_a_minute_and_counts_the_rest()
    {
        using var bound = new BoundedLog(new Kept(lines), clock);
        var log = bound.CreateLogger("Ledger");
        for (var minute = 0; minute < 3; minute++)
        {
            for (var i = 0; i < 10_000; i++)
                log.LogError(new TimeoutException("x"), "Request {Number} failed", i);
            clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(6, lines.Count);
        Assert.Equal("Request 0 failed TimeoutException", lines[0]);
        Assert.Equal("9999 more within a minute: Request # failed TimeoutException ", lines[1]);
    }

    [Fact]
    public void Tells_no_stack_of_a_database_that_is_away()
    {
        using var bound = new BoundedLog(new Kept(lines), clock);
        var log = bound.CreateLogger("Marten");
        log.LogError(new InvalidOperationException("wrapped", new Npgsql.NpgsqlException("gone")), "No page");
        log.LogError(new InvalidOperationException("a bug"), "No page either");
        Assert.Equal(["No page: wrapped ", "No page either InvalidOperationException"], lines);
    }

    [Fact]
    public void Tells_other_faults_and_other_causes_apart()
    {
        using var bound = new BoundedLog(new Kept(lines), clock);
        var log = bound.CreateLogger("Ledger");
        log.LogError("The view {View} stands still", "stock");
        log.LogError("The view {View} stands still", "sales");
        log.LogError(new TimeoutException("x"), "Item {Id} failed", Guid.Parse("019b0000-0000-7000-8000-00000000000a"));
        log.LogError(new IOException("x"), "Item {Id} failed", Guid.Parse("019b0000-0000-7000-8000-00000000000b"));
        log.LogError(new IOException("x"), "Item {Id} failed", Guid.Parse("119b0000-0000-7000-8000-00000000000c"));
        Assert.Equal(4, lines.Count);
    }

    [Fact]
    public void Never_writes_more_than_its_kinds_whatever_is_said()
    {
        using var bound = new BoundedLog(new Kept(lines), clock);
        var log = bound.CreateLogger("Ledger");
        for (var i = 0; i < 20_000; i++)
            log.LogError("{What}", string.Concat(Enumerable.Repeat($"{(char)('g' + i % 19)}", i / 19 + 1)));
        Assert.InRange(lines.Count, 1, 501);
    }

    /// <summary>A clock that goes when it is told to, with the one timer that is asked of it.</summary>
    sealed class Clock : TimeProvider, ITimer
    {
        long now;
        Action tick = () => { };

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            tick = () => callback(state);
            return this;
        }

        public void Advance(TimeSpan time)
        {
            now += time.Ticks;
            tick();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => tick = () => { };

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    sealed class Kept(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Add($"{formatter(state, exception)} {exception?.GetType().Name}");

        public void Dispose() { }
    }
}
