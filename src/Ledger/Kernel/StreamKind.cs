namespace Ledger.Kernel;

/// <summary>What a stream is about; one stream is one chain. Each noun declares its own.</summary>
/// <param name="Name">As <c>mt_streams.type</c> has it; once a stream is stored it stays.</param>
public sealed record StreamKind(string Name)
{
    /// <summary>There are millions: nobody asks for all of them, and no index lists them by their kind.</summary>
    public bool IsMany { get; init; }

    public override string ToString() => Name;
}

/// <summary>A stream whose kind is known.</summary>
public readonly record struct StreamOfKind(Guid Id, StreamKind Kind);
