namespace Ledger.Store.Publishing;

/// <summary>How a node publishes its log (proof.md §4). The intervals are settings so that tests need not
/// wait.</summary>
/// <param name="Folder">The data folder: <c>policy.txt</c> is read from it, <c>log/</c> is written into it.</param>
public sealed record PublishingSettings(string Folder)
{
    /// <summary>How often the newest head is looked at.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After which time an unchanged size is cosigned again.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long one question to a witness may take.</summary>
    public TimeSpan WitnessPatience { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>How often the house witness's tree is compared with the stored one.</summary>
    public TimeSpan WitnessCheckEvery { get; init; } = TimeSpan.FromMinutes(1);

    public string PolicyFile => Path.Combine(Folder, "policy.txt");

    /// <summary>The static files: what a mirror would fetch, and a second copy for the audit.</summary>
    public string LogFolder => Path.Combine(Folder, "log");
}
