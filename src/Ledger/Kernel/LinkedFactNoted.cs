namespace Ledger.Kernel;

/// <summary>A fact on another stream that touches this one, noted in the same transaction (domain.md §2): so a bundle
/// of
/// this stream cannot leave it out.</summary>
/// <param name="Evt">Its wire name without version, e.g. <c>export-licence-granted</c>.</param>
/// <param name="Ref">Its event id.</param>
/// <param name="Stream">Where it stands.</param>
public sealed record LinkedFactNoted(string? Evt, Guid? Ref = null, StreamRef? Stream = null) : LedgerEvent;
