namespace Ledger.Kernel;

/// <summary>The sentences of a refusal in one language.</summary>
public sealed record RefusalText(string Title, string Detail, string NextStep);

/// <summary>A refusal code with its HTTP status and its sentences.</summary>
public sealed record RefusalLine(string Code, int Status, RefusalText Zh, RefusalText En);
