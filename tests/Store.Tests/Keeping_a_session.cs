using Npgsql;
using Support;

namespace Store.Tests;

/// <summary>Sessions go from user to user without a reset, which is a round trip of its own; so nothing may stay behind
/// in
/// them but prepared statements.</summary>
public sealed class Keeping_a_session
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_the_statements_that_it_prepared_for_its_next_user()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var kept = 0L;
        // The pool may hold several sessions, and each prepares what it is asked a second time.
        for (var user = 0; user < 100 && kept == 0; user++)
        {
            await using var session = await ledger.Database.Source.OpenConnectionAsync(Stop);
            await using var ask = new NpgsqlCommand(
                "select count(*) from pg_prepared_statements where not from_sql and $1 = 1",
                session
            );
            ask.Parameters.AddWithValue(1);
            kept = (long)(await ask.ExecuteScalarAsync(Stop))!;
        }
        Assert.True(kept > 0, "no statement outlived its user");
    }

    [Fact]
    public async Task Leaves_no_lock_of_a_turn_behind_when_it_is_given_back()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await using (var turn = await ledger.Database.Turns.OpenConnectionAsync(Stop))
            Assert.True(await TakesAsync(turn));
        await using var other = await ledger.Database.Turns.OpenConnectionAsync(Stop);
        // A server notices the end of a session a moment after its client.
        await Patience.UntilAsync(() => TakesAsync(other));
    }

    static async Task<bool> TakesAsync(NpgsqlConnection session)
    {
        await using var take = new NpgsqlCommand("select pg_try_advisory_lock(4711)", session);
        return await take.ExecuteScalarAsync(Stop) is true;
    }
}
