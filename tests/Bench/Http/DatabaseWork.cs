using Npgsql;

namespace Bench.Http;

/// <summary>What one command costs the database: statements and commits, from PostgreSQL's own counters.</summary>
/// <param name="Statements">Statements of every kind, each run counted once.</param>
/// <param name="Resets">Of these, the resets of a session between two users.</param>
/// <param name="Commits">Transactions that were committed.</param>
/// <param name="Milliseconds">Time that the statements ran.</param>
sealed record DatabaseWork(double Statements, double Resets, double Commits, double Milliseconds)
{
    /// <summary>Loads the extension that counts: before the server takes any load, with a restart behind it.</summary>
    public static Task PreloadAsync(string connection) =>
        RunAsync(connection, "alter system set shared_preload_libraries = 'pg_stat_statements'");

    /// <summary>No load is slowed by being counted.</summary>
    public static Task RestAsync(string connection) => TrackAsync(connection, "none");

    static Task TrackAsync(string connection, string which) =>
        RunAsync(connection, $"alter system set pg_stat_statements.track = '{which}'", "select pg_reload_conf()");

    /// <summary>Counts while <paramref name="load"/> runs, in all databases of the server.</summary>
    /// <param name="load">Gives the number of commands that it made, once everything is done that they cause.</param>
    public static async Task<DatabaseWork> OfAsync(string connection, Func<Task<int>> load)
    {
        await RunAsync(connection, "create extension if not exists pg_stat_statements");
        await TrackAsync(connection, "all");
        var name = new NpgsqlConnectionStringBuilder(connection).Database!;
        await RunAsync(connection, "select pg_stat_statements_reset()");
        var before = await NumberAsync(connection, CommitsOf(name));
        var commands = await load();
        var work = new DatabaseWork(
            await NumberAsync(connection, $"select sum(calls) from pg_stat_statements {Of(name)}") / commands,
            await NumberAsync(
                connection,
                $"select coalesce(sum(calls), 0) from pg_stat_statements {Of(name)} and (query ilike 'discard%' or query ilike 'reset %' or query ilike 'unlisten%' or query ilike 'close all%' or query ilike '%advisory_unlock_all%' or query ilike 'set session authorization%')"
            ) / commands,
            (await NumberAsync(connection, CommitsOf(name)) - before) / commands,
            await NumberAsync(connection, $"select sum(total_exec_time) from pg_stat_statements {Of(name)}") / commands
        );
        await RestAsync(connection);
        return work;
    }

    static string Of(string database) => $"where dbid = (select oid from pg_database where datname = '{database}')";

    static string CommitsOf(string database) =>
        $"select pg_stat_get_db_xact_commit(oid) from pg_database where datname = '{database}'";

    static async Task RunAsync(string connection, params string[] statements)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        foreach (var statement in statements)
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }

    static async Task<double> NumberAsync(string connection, string query)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(query);
        return Convert.ToDouble(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
