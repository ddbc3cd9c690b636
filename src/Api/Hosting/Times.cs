using Ledger.Kernel;

namespace Api.Hosting;

/// <summary>Times as readers give them.</summary>
static class Times
{
    /// <summary>An instant, or a day, whose end in Asia/Shanghai is meant; nothing stays nothing.</summary>
    public static bool TryRead(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!TryRead(text, out Moment? moment))
            return false;
        instant = moment?.End;
        return true;
    }

    /// <summary>An instant or a day, as it is given; nothing stays nothing.</summary>
    public static bool TryRead(string? text, out Moment? moment)
    {
        moment = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (Instants.TryParseDay(text, out var day) && day < DateOnly.MaxValue)
            moment = Moment.Of(day);
        else if (Instants.TryParse(text, out var read))
            moment = Moment.Of(read);
        return moment is not null;
    }
}
