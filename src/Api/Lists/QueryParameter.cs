namespace Api.Lists;

/// <summary>Words in both languages.</summary>
public readonly record struct Words(string Zh, string En)
{
    public static implicit operator Words((string Zh, string En) both) => new(both.Zh, both.En);
}

/// <summary>A value that a parameter may have.</summary>
public sealed record QueryOption(string Value, Words Words)
{
    public static implicit operator QueryOption((string Value, string Zh, string En) option) =>
        new(option.Value, (option.Zh, option.En));
}

/// <summary>How the text of a parameter reads.</summary>
public enum QueryFormat
{
    Text,

    /// <summary>A number from 1 on.</summary>
    Limit,

    /// <summary><c>yyyy-MM</c>.</summary>
    Month,

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    Day,

    /// <summary>RFC 3339, or a day.</summary>
    Instant,

    /// <summary>A leaf of the log, from 0.</summary>
    Leaf,
}

/// <summary>A parameter of a query, as it was read: its meaning, and the value that was given.</summary>
/// <param name="Value">What was given; null: nothing.</param>
public sealed record QueryParameter(string Name, Words Label, string? Value)
{
    public QueryFormat Format { get; init; }

    /// <summary>The only values it may have; empty: any of its format.</summary>
    public IReadOnlyList<QueryOption> Options { get; init; } = [];

    /// <summary>Its options are offered, and others of its format may be given.</summary>
    public bool IsOpen { get; init; }

    /// <summary>A form is not sent without it.</summary>
    public bool IsNeeded { get; init; }

    /// <summary>The most that a number may be.</summary>
    public int Most { get; init; }

    /// <summary>What holds where nothing is given; null: nothing.</summary>
    public string? Otherwise { get; init; }

    /// <summary>An example of what may stand there.</summary>
    public string? Example { get; init; }

    /// <summary>Characters that the form of a page takes.</summary>
    public int Longest { get; init; } = 300;

    /// <summary>Characters that are read: what is longer than its form takes is told what is wrong with it.</summary>
    public int MostCharacters => Math.Max(300, Longest);

    /// <summary>It is no filter of the list: a page's form does not ask for it.</summary>
    public bool IsTechnical { get; init; }
}
