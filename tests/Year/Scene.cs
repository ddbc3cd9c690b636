using System.Globalization;

namespace Year;

/// <summary>An honest act was refused: this life ends here, and the books say why.</summary>
sealed class RefusedException(string what) : Exception(what);

/// <summary>The year ends in the middle of a life.</summary>
sealed class YearOverException : Exception;

/// <summary>One life, or one fraud, in its own time: what the clerk who stands by does, one act after the
/// other.</summary>
sealed class Scene(County county, string name, int seed, Fraud? fraud = null)
{
    public static readonly TimeSpan Local = TimeSpan.FromHours(8);

    public County County => county;
    public Random Chance { get; } = new(seed);
    public DateTimeOffset Now { get; private set; } = County.Opens;
    public string Today => Now.ToOffset(Local).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string DayBefore(int days) =>
        Now.AddDays(-days).ToOffset(Local).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The market in whose hall it plays.</summary>
    public string Market { get; set; } = "";

    /// <summary>The station that registers its cars.</summary>
    public string Station { get; set; } = County.Station;

    public bool Or(double share) => Chance.NextDouble() < share;

    public T OneOf<T>(params T[] of) => of[Chance.Next(of.Length)];

    /// <summary>Some working hour of a day in the year, by its number from 0.</summary>
    public Task DayAsync(int day) => UntilAsync(County.Opens.AddDays(day).AddHours(9).AddMinutes(Chance.Next(0, 300)));

    public Task DaysAsync(int least, int most) => UntilAsync(Now.AddDays(Chance.Next(least, most + 1)));

    public Task MinutesAsync(int minutes) => UntilAsync(Now.AddMinutes(minutes));

    /// <param name="at">Earlier than now: told late.</param>
    public async Task UntilAsync(DateTimeOffset at)
    {
        if (at >= County.Closes)
            throw new YearOverException();
        Now = at;
        await county.Calendar.ReachedAsync(at);
    }

    public string NewPerson() => $"{Market}/{county.Numbers.Any("K")}";

    /// <summary>An act as the law has it: recorded, or the ledger is at fault.</summary>
    /// <param name="actor">Whose own affair it is; null: whoever has the role.</param>
    public async Task<Answer> RecordAsync(string path, object body, string? site = null, string? actor = null)
    {
        var answer = await SayAsync(path, body, site, actor);
        if (answer.Recorded)
            return answer;
        county.Books.RefusedHonest(name, path, answer);
        throw new RefusedException($"{name}: {path}: {answer.Code}");
    }

    /// <summary>The act of this scene's fraud: the law forbids it, or somebody should see it.</summary>
    /// <param name="item">The thing on which an alert would stand.</param>
    public async Task<bool> AttemptAsync(string item, string path, object body, string? site = null)
    {
        var answer = await SayAsync(path, body, site);
        county.Books.Planted(fraud!.Kind, item, answer);
        return answer.Recorded;
    }

    /// <summary>Nothing is asked of the ledger: what should be seen lies in what was recorded.</summary>
    public void Leave(string item) => county.Books.Planted(fraud!.Kind, item, null);

    Task<Answer> SayAsync(string path, object body, string? site, string? actor = null)
    {
        var role = WhoActs.RoleOf(path, site ?? Market);
        return county.Clerk.PostAsync(path, Clerk.Body(body, Now), site ?? WhoActs.SiteOf(role, this), role, actor);
    }
}
