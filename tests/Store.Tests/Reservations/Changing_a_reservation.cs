using Ledger;
using Npgsql;
using Support;

namespace Store.Tests.Reservations;

/// <summary>What no event ever does to a reservation of its kind, nobody does: not the service, nor a superuser before
/// he drops the trigger.</summary>
public sealed class Changing_a_reservation
{
    const string Id = "0190b1c0-0000-8000-8000-000000000001",
        Other = "0190b1c0-0000-8000-8000-000000000002";

    static readonly CancellationToken Stop = CancellationToken.None;

    /// <summary>Kind, value, another value that it may get or null, another that it must not, whether it may
    /// go.</summary>
    public static TheoryData<string, string, string?, string?, bool> Rows =>
        new()
        {
            { "alias:vin", Id, null, Other, false },
            { "alias:imei", Id, null, Other, false },
            { "alias:market", Id, null, Other, false },
            { "key", Id, null, Other, false },
            { "invoice", Id, null, Other, false },
            { "wipe-report", "tool/2026-01-05", null, "tool/2026-01-06", false },
            { "medium", Id, Other, null, true },
            { "cars", "2", "3", "0", true },
            { "cars", "2", "1", "many", true },
            { "cars-undated", "1", "2", "-1", true },
            { "tool", Id, $"{Id} {Other}", null, true },
            { "site", "suspended", "closed", null, true },
            { "site", "2024-01-01/", "suspended", null, false },
            { "site", "closed", null, "suspended", false },
            { "late", "72", "120", "0", false },
            { "licence", $"{Id}|2024-01-01..", $"{Id}|2024-01-01..2025-01-01", $"{Other}|2024-01-01..", false },
            { "licence", Id, Other, $"{Id}|2024-01-01..", true },
            { "name", Id, null, Other, false },
            { "issuer", "licence|2024-01-01..", "licence,wipe|2024-01-01..", null, false },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task is_refused_but_for_what_events_do(
        string kind,
        string value,
        string? may,
        string? mustNot,
        bool goes
    )
    {
        await using var ledger = await TestLedger.OpenAsync();
        await using var owner = DatabaseServer.Source(ledger.Connection);
        foreach (var who in (NpgsqlDataSource[])[ledger.Database.Source, owner])
        {
            Assert.Null(
                await TryAsync(who, kind, value, "update ledger.guard set value = $1", may ?? value, may is null)
            );
            if (mustNot is not null)
                Assert.Equal(
                    PostgresErrorCodes.InsufficientPrivilege,
                    await TryAsync(who, kind, value, "update ledger.guard set value = $1", mustNot)
                );
            Assert.Equal(
                goes ? null : PostgresErrorCodes.InsufficientPrivilege,
                await TryAsync(who, kind, value, "delete from ledger.guard where $1 <> ''")
            );
            foreach (
                var never in (string[])
                    [
                        "update ledger.guard set kind = kind || 'x' where $1 <> ''",
                        "update ledger.guard set key = sha256(key) where $1 <> ''",
                    ]
            )
                Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await TryAsync(who, kind, value, never));
        }
        Assert.Equal(
            PostgresErrorCodes.InsufficientPrivilege,
            await TryAsync(owner, kind, value, "truncate ledger.guard", null)
        );
    }

    /// <summary>The list says whether rows of a kind change and go; what is tried here is of the same mind.</summary>
    [Fact]
    public void is_told_of_every_kind_that_there_is()
    {
        foreach (
            var kind in ReservationKinds.All.Where(k =>
                k.Name is not ("alias:serial" or "alias:tag" or "alias:battery" or "alias:register")
            )
        )
        {
            var rows = Rows.Select(r => r.Data).Where(r => r.Item1 == kind.Name).ToList();
            Assert.NotEmpty(rows);
            Assert.Equal(kind.Changes, rows.Any(r => r.Item3 is not null));
            Assert.Equal(kind.Goes, rows.Any(r => r.Item5));
        }
    }

    /// <returns>The state of the error; null where it went through.</returns>
    static async Task<string?> TryAsync(
        NpgsqlDataSource who,
        string kind,
        string value,
        string statement,
        string? parameter = "x",
        bool skip = false
    )
    {
        if (skip)
            return null;
        await using var connection = await who.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var row = new NpgsqlCommand(
            "insert into ledger.guard values ($1, sha256(convert_to($1, 'UTF8')), $2)",
            connection
        );
        row.Parameters.AddWithValue(kind);
        row.Parameters.AddWithValue(value);
        await row.ExecuteNonQueryAsync(Stop);
        await using var attempt = new NpgsqlCommand(statement, connection);
        if (parameter is not null)
            attempt.Parameters.AddWithValue(parameter);
        return (await Record.ExceptionAsync(() => attempt.ExecuteNonQueryAsync(Stop)) as PostgresException)?.SqlState;
    }
}
