using System.Text.Json;
using Ledger.Kernel;

namespace Ledger.Store;

/// <summary>What stands in the header of every event: the envelope.</summary>
sealed record Header(Envelope Env)
{
    public static Header Read(string json) => JsonSerializer.Deserialize<Header>(json, WireJson.Options)!;
}
