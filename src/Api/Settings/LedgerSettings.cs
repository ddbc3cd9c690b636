namespace Api.Settings;

/// <summary>Where the ledger lives; from options, else from the environment, else the defaults of contract.md
/// §1.</summary>
/// <param name="Data">The data folder: cluster, keys, rejected rows.</param>
/// <param name="Postgres">A given server's connection string; null: the private cluster in <paramref
/// name="Data"/>.</param>
/// <param name="Port">Port of the service on loopback.</param>
public sealed record LedgerSettings(string Data, string? Postgres, int Port)
{
    /// <summary>The reader's policy as this installation suggests it.</summary>
    public string Policy => Path.Combine(Data, "policy.txt");

    /// <summary>The house witness's folder; put it on another volume than the database
    /// (<c>LEDGER_WITNESS</c>).</summary>
    public string Witness { get; init; } = Path.Combine(Data, "witness");

    /// <summary>For a look at it: keys that others can read are told, and used all the same.</summary>
    public bool Demo { get; init; }

    public const int DefaultPort = 5080;

    public static LedgerSettings From(string? data, string? postgres, int? port)
    {
        var root = Environment.GetEnvironmentVariable("LEDGER_ROOT") ?? Directory.GetCurrentDirectory();
        var folder = data ?? Variable("LEDGER_DATA") ?? Path.Combine(root, ".ledger");
        var number = port ?? (int.TryParse(Variable("LEDGER_PORT"), out var p) ? p : DefaultPort);
        var full = Path.GetFullPath(folder);
        return new(full, postgres ?? Variable("LEDGER_POSTGRES"), number)
        {
            Witness = Path.GetFullPath(Variable("LEDGER_WITNESS") ?? Path.Combine(full, "witness")),
        };
    }

    static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
