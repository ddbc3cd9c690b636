using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>The kinds of streams of this noun.</summary>
public static class PartyStreams
{
    /// <summary>What is on the roll and what is shared of a party, by its reference or code.</summary>
    public static StreamKind Party { get; } = new("party");

    /// <summary>The roll as a whole: who put the first regulator on it.</summary>
    public static StreamKind Roll { get; } = new("roll");

    /// <summary>The one stream of the roll as a whole.</summary>
    public static Guid RollOf(Handles handles) => handles.EntityId("roll", "roll", "");

    /// <summary>A body whose credentials and licences count, by its unified social credit code.</summary>
    public static StreamKind Issuer { get; } = new("issuer");
}
