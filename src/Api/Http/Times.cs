using Ledger.Kernel;

namespace Api.Http;

/// <summary>Times as readers give them.</summary>
static class Times
{
    /// <summary>An instant, or a day, whose end in Asia/Shanghai is meant; nothing stays nothing.</summary>
    public static bool TryRead(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (Instants.TryParseDay(text, out var day) && day < DateOnly.MaxValue)
        {
            instant = ShanghaiDay.Start(day.AddDays(1)).AddMilliseconds(-1);
            return true;
        }
        if (!Instants.TryParse(text, out var read))
            return false;
        instant = read;
        return true;
    }
}
