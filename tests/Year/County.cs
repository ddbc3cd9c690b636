using System.Security.Cryptography;
using System.Text;

namespace Year;

/// <summary>How big a year, and which.</summary>
/// <param name="Share">One of so many: 1 is the whole county, 20 a twentieth.</param>
public sealed record YearSize(int Seed, int Share = 1)
{
    public int Cars => 1_000 / Share;
    public int Phones => 5_000 / Share;
    public int Appliances => 3_000 / Share;
}

/// <summary>
/// A county of Sichuan from July 2026 to June 2027: five halls, a registration station, people. The law's day for data
/// (1 January 2027) lies in its middle.
/// </summary>
sealed class County(HttpClient client, Calendar calendar, YearSize size) : IDisposable
{
    public const string Code = "510185";
    public const string CarMarket = "MK-510185-0001";
    public const string PhoneMarket = "MK-510185-0002";
    public const string ApplianceMarket = "MK-510185-0003";
    public const string OtherCarMarket = "MK-510185-0004";
    public const string StoppedMarket = "MK-510185-0009";

    /// <summary>In another prefecture, 130 kilometres away.</summary>
    public const string FarMarket = "MK-510703-0001";

    /// <summary>Where two people meet who need no market.</summary>
    public const string NoMarket = "parking-lot";
    public const string Station = "ST-510185-01";

    /// <summary>Registers cars of this county too, 130 kilometres away.</summary>
    public const string FarStation = "ST-510703-01";
    public const string StoppedStation = "ST-510185-09";
    public const string Tool = "wipe-bench";
    public const string BrokenVersion = "3.1";

    /// <summary>Days of the year, from 0.</summary>
    public const int NewYear = 184;
    public const int StoppedFrom = 60;
    public const int BrokenFrom = 100;
    public const int BrokenTo = 150;
    const int Found = 230;
    const int Days = 365;

    public static DateTimeOffset Opens { get; } = new(2026, 7, 1, 0, 0, 0, Scene.Local);
    public static DateTimeOffset Closes { get; } = Opens.AddDays(Days);

    int hashes;

    public Calendar Calendar => calendar;
    public YearSize Size => size;
    public Books Books { get; } = new();
    public Numbers Numbers { get; } = new(size.Seed);
    public Clerk Clerk { get; } = new(client, 32, $"year-{size.Seed}");

    public static IReadOnlyList<Fraud> Frauds { get; } =
    [.. CarFrauds.All, .. UnlawfulSales.All, .. PhoneFrauds.All, .. ApplianceLives.Frauds];

    /// <summary>The hash of a paper that nobody else has.</summary>
    public string Hash() =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.ASCII.GetBytes($"{size.Seed}/{Interlocked.Increment(ref hashes)}"))
        );

    public async Task LiveAsync()
    {
        await OpenAsync();
        await calendar.RunAsync(
            Strands()
                .Select<Strand, Func<Task>>(
                    (strand, n) =>
                        () => PlayAsync(new(this, strand.Name, size.Seed * 1_000_003 + n, strand.Of), strand.Play)
                )
        );
    }

    /// <param name="Of">The fraud that it plays; null: an honest life.</param>
    sealed record Strand(string Name, Func<Scene, Task> Play, Fraud? Of = null);

    /// <summary>Frauds and near misses first; honest lives make up the numbers.</summary>
    IEnumerable<Strand> Strands()
    {
        var cars = Several([.. CarFrauds.All, .. UnlawfulSales.All]).ToArray();
        var near = Enumerable
            .Range(0, Math.Max(size.Cars / 20, 3))
            .Select(n => new Strand($"near-miss-{n}", UnlawfulSales.NearMisses[n % UnlawfulSales.NearMisses.Count]));
        var phones = Several(PhoneFrauds.All).ToArray();
        var appliances = Several(ApplianceLives.Frauds).ToArray();
        return
        [
            new("office", OfficeAsync),
            .. cars,
            .. near,
            .. phones,
            .. appliances,
            .. Lives("car", size.Cars - cars.Length - size.Cars / 10, CarLives.LiveAsync),
            .. Lives("phone", size.Phones - phones.Length, PhoneLives.LiveAsync),
            .. Lives("appliance", size.Appliances - appliances.Length, ApplianceLives.LiveAsync),
        ];
    }

    IEnumerable<Strand> Several(IEnumerable<Fraud> frauds) =>
        from fraud in frauds
        from n in Enumerable.Range(0, Math.Max(fraud.InAYear / size.Share, 1))
        select new Strand($"{fraud.Kind}-{n}", fraud.OnItsDay ? fraud.PlayAsync : SomeDay(fraud.PlayAsync), fraud);

    static IEnumerable<Strand> Lives(string name, int count, Func<Scene, Task> play) =>
        Enumerable.Range(0, count).Select(n => new Strand($"{name}-{n}", SomeDay(play)));

    static Func<Scene, Task> SomeDay(Func<Scene, Task> play) =>
        async s =>
        {
            await s.DayAsync(s.Chance.Next(0, Days - 20));
            await play(s);
        };

    static async Task PlayAsync(Scene scene, Func<Scene, Task> play)
    {
        try
        {
            await play(scene);
        }
        catch (YearOverException) { }
        catch (RefusedException) { }
    }

    async Task OpenAsync()
    {
        foreach (var (role, kind, code, name) in WhoActs.OnRoll)
        {
            // The operator names the regulator; the regulator grants every other role.
            var by = role == "REG" ? "ADM" : "REG";
            await MustAsync(
                "parties",
                new
                {
                    kind,
                    uscc = code,
                    name,
                },
                by
            );
            await MustAsync($"parties/{code}/roles", new { role, basis = new string('5', 64) }, by);
        }
        foreach (
            var (code, name) in new[]
            {
                (CarMarket, "简阳二手车交易市场"),
                (OtherCarMarket, "简阳旧机动车交易中心"),
                (PhoneMarket, "简阳数码旧货市场"),
                (ApplianceMarket, "简阳家电旧货市场"),
                (StoppedMarket, "简阳河东旧货市场"),
                (FarMarket, "绵阳二手车交易市场"),
            }
        )
            await MustAsync("markets", new { code, name });
        foreach (var code in new[] { Station, FarStation, StoppedStation })
            await MustAsync(
                "stations",
                new
                {
                    code,
                    name = "简阳登记服务站",
                    authority = "成都市公安局交通管理局",
                    validFrom = "2025-01-01",
                    validTo = "2028-12-31",
                }
            );
    }

    async Task MustAsync(string path, object body, string role = "REG")
    {
        if (await Clerk.PostAsync(path, Clerk.Body(body, Opens), null, role) is { Recorded: false } answer)
            throw new InvalidOperationException($"POST {path}: {answer.Status} {answer.Json}");
    }

    /// <summary>What the authorities do in this year.</summary>
    async Task OfficeAsync(Scene s)
    {
        await s.DayAsync(StoppedFrom - 1);
        var reason = new { reason = "未按规定查验车辆" };
        await s.RecordAsync($"markets/{StoppedMarket}/suspensions", reason);
        await s.RecordAsync($"stations/{StoppedStation}/suspensions", reason);
        await s.DayAsync(Found);
        await s.RecordAsync(
            "incidents",
            new
            {
                finding = "实验室从已清除的存储中恢复出照片",
                tool = Tool,
                versions = new[] { BrokenVersion },
                from = Clerk.Time(Opens.AddDays(BrokenFrom)),
                to = Clerk.Time(Opens.AddDays(BrokenTo + 2)),
            }
        );
    }

    public void Dispose() => Clerk.Dispose();
}
