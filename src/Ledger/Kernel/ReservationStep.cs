using System.Buffers.Text;

namespace Ledger.Kernel;

/// <summary>What an event does to a reservation.</summary>
public enum ReservationEffect
{
    /// <summary>The row has this value from now on.</summary>
    Set,

    /// <summary>It has this value, unless somebody has taken it.</summary>
    Take,

    /// <summary>It is freed, if this is its value.</summary>
    Free,

    /// <summary>It is freed.</summary>
    Clear,

    /// <summary>It counts one more.</summary>
    Increment,

    /// <summary>It counts one less.</summary>
    Decrement,

    /// <summary>It names this too, behind a blank.</summary>
    Name,

    /// <summary>It names this no more.</summary>
    Unname,
}

/// <summary>A step of a reservation, as the event behind it tells it: from all of them the rows can be made
/// anew.</summary>
/// <param name="Key">As it is stored.</param>
public readonly record struct ReservationStep(string Kind, byte[] Key, ReservationEffect Effect, string Value = "")
{
    public static ReservationStep Of(
        Handles handles,
        ReservationKey key,
        ReservationEffect effect,
        string value = ""
    ) => new(key.Kind, handles.Of(key), effect, value);

    /// <summary>Of the row of an identifier, of which events know the handle only.</summary>
    /// <returns>Null where that is no handle.</returns>
    public static ReservationStep? OfAlias(string kind, string handle, Guid item)
    {
        var key = new byte[32];
        return Base64Url.TryDecodeFromChars(handle, key, out var length) && length == key.Length
            ? new(ReservationKinds.Aliases + kind, key, ReservationEffect.Take, item.ToString())
            : null;
    }

    /// <summary>The row after the step; null: there is none.</summary>
    public string? After(string? row) => After(row, Effect, Value);

    /// <summary>The row after a step; null: there is none.</summary>
    public static string? After(string? row, ReservationEffect effect, string value) =>
        effect switch
        {
            ReservationEffect.Set => value,
            ReservationEffect.Take => row ?? value,
            ReservationEffect.Free => row == value ? null : row,
            ReservationEffect.Clear => null,
            ReservationEffect.Increment => Counted(Count(row) + 1),
            ReservationEffect.Decrement => Count(row) is > 0 and var n ? Counted(n - 1) : row,
            ReservationEffect.Name => row is null ? value : $"{row} {value}",
            ReservationEffect.Unname => Without(row, value),
            _ => throw new ArgumentOutOfRangeException(nameof(effect)),
        };

    /// <summary>What a row counts; 0 where there is none.</summary>
    public static long Count(string? row) =>
        long.TryParse(row, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : 0;

    static string? Counted(long count) =>
        count == 0 ? null : count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A row without one of those that it names; null where no other is left.</summary>
    public static string? Without(string? row, string name) =>
        string.Join(' ', (row ?? "").Split(' ').Where(other => other != name)) is { Length: > 0 } others
            ? others
            : null;
}
