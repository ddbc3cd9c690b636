namespace Api.Import;

/// <summary>A row with what it wants.</summary>
sealed record Wanted(CanonicalRow Row, RowOrder Want)
{
    /// <summary>The same row before its parties were mapped.</summary>
    public Wanted? AsRead { get; init; }
}
