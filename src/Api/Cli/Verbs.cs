using System.CommandLine;
using System.Text.Json;
using Api.Cluster;
using Api.Settings;
using Ledger;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Store.Vault;
using Ledger.Verifier;

namespace Api.Cli;

/// <summary>What every verb shares: options, exit codes (0 done, 1 no, 2 used wrongly, 3 something needed is
/// missing), output.</summary>
static class Verbs
{
    public const int Done = 0,
        No = 1,
        UsedWrongly = Terminal.UsedWrongly,
        Missing = 3;

    public static Option<bool> Json { get; } =
        new("--json") { Description = "One JSON document or JSON lines on standard output", Recursive = true };
    public static Option<string?> Data { get; } =
        new("--data") { Description = "Data folder (default .ledger, or LEDGER_DATA)", Recursive = true };
    public static Option<string?> Postgres { get; } =
        new("--postgres")
        {
            Description = "Connection string of a given server (or LEDGER_POSTGRES)",
            Recursive = true,
        };

    public static LedgerSettings Settings(ParseResult parsed, int? port = null)
    {
        if (HoldsPassword(parsed.GetValue(Postgres)))
            Console.Error.WriteLine(
                "Everyone on this machine can read the password that was given with --postgres in the list of processes. Give the connection string in the environment (LEDGER_POSTGRES), or without a password and the password in a file (PGPASSFILE)."
            );
        return LedgerSettings.From(parsed.GetValue(Data), parsed.GetValue(Postgres), port);
    }

    static bool HoldsPassword(string? connectionString)
    {
        try
        {
            return new Npgsql.NpgsqlConnectionStringBuilder(connectionString).Password is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            // Said where it is used.
            return false;
        }
    }

    public static bool Chinese => Terminal.Chinese;

    /// <summary>Runs a verb's work; what it throws on purpose becomes a sentence and an exit code.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> work)
    {
        // The parser takes signals over only once this has returned to it: what a verb does before its first wait would
        // be ended by SIGTERM without an end of its own (seen: a witness that had just said it was ready).
        await Task.Yield();
        try
        {
            return await work();
        }
        catch (NeededException error)
        {
            return Fail(error.Message, Missing);
        }
        catch (ClusterException error)
        {
            return Fail(error.Message, Missing);
        }
        catch (Ledger.Store.Lane.BrokenLogException error)
        {
            return Fail($"The log must not be written or signed: {error.Message}", Missing);
        }
        catch (Exception error) when (error is Npgsql.NpgsqlException or TimeoutException)
        {
            return Fail($"The database cannot be used: {error.Message}", Missing);
        }
        catch (Exception error) when (error is Import.ImportInterruptedException or UnreadableTextException)
        {
            return Fail(error.Message, Missing);
        }
        catch (OperationCanceledException)
        {
            return Fail("Stopped. Run the same command again to go on.", Missing);
        }
        // A full disk, a folder without the right to write: named by the system's own sentence.
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Fail(error.Message, Missing);
        }
    }

    public static int Fail(string message, int code) => Terminal.Fail(message, code);

    /// <summary>Says a refusal, as JSON where asked for.</summary>
    public static int Refuse(Refusal refusal, bool json)
    {
        var text = RefusalCatalog.Say(refusal, Chinese);
        if (json)
            Console.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        code = refusal.Code,
                        title = text.Title,
                        detail = text.Detail,
                        nextStep = text.NextStep,
                    },
                    WireJson.Options
                )
            );
        Console.Error.WriteLine($"{text.Title}: {text.Detail} {text.NextStep}");
        return No;
    }

    /// <summary>An item by its own id or by any identifier.</summary>
    public static async Task<(Guid? Item, Refusal? Refusal)> FindAsync(
        LedgerRuntime ledger,
        string id,
        CancellationToken stop
    )
    {
        if (Guid.TryParse(id, out var own))
            return (own, null);
        var (identifier, refusal) = Identifier.Parse(id);
        if (identifier is null)
            return (null, refusal);
        var found = await ledger.Pipeline.FindAsync(identifier, stop);
        return found is null ? (null, NotFound(id)) : (found, null);
    }

    public static Refusal NotFound(string id) => Refusal.Of("item-not-found", ("value", Bounds.Short(id)));
}
