using System.Diagnostics;
using System.Globalization;

namespace Faults;

/// <summary>What every test shares: a folder, writers, the check at the end.</summary>
sealed class Scene(string root, Settings settings)
{
    /// <summary>In which something must be written again; what is longer counts as it is.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    readonly Random random = new(settings.Seed);

    public Settings Settings => settings;

    public string Folder(string name) => Ledgers.Folder(root, name);

    public string Root => root;

    /// <summary>An instant that nobody chose.</summary>
    public Task WaitAsync() => Task.Delay(random.Next(300, 1_800));

    /// <summary>Runs a fault again and again under writers, and checks.</summary>
    /// <param name="connection">Of the database, asked for at the end.</param>
    /// <param name="fault">Does it, and returns when it was done: a timestamp.</param>
    /// <param name="after">What else must hold at the end: what does not.</param>
    public async Task<Outcome> RunAsync(
        string test,
        string what,
        int times,
        IReadOnlyList<Node> nodes,
        Func<string> connection,
        Func<int, Task<long>> fault,
        Func<Task<IEnumerable<string>>>? after = null
    )
    {
        var again = new List<double>();
        await using var writers = await Writers.StartAsync(nodes, settings.Writers, settings.Seed);
        for (var i = 0; i < times; i++)
        {
            await WaitAsync();
            var moment = await fault(i);
            var seconds = (await writers.AgainAsync(moment, Patience)).TotalSeconds;
            again.Add(seconds);
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{test} {i + 1}/{times}: written again after {seconds:F2} s; {writers.Acknowledged.Count} acknowledged"
                )
            );
        }
        await WaitAsync();
        await writers.EndAsync();
        List<string> wrong =
        [
            .. writers.Others.Select(o => $"{o.Value} × {o.Key}"),
            .. after is null ? [] : await after(),
        ];
        foreach (var node in nodes)
            if (!await node.ReadyAsync(Patience))
                wrong.Add($"{node.Data} is not ready");
        wrong.AddRange((await nodes[0].BehindAsync(Patience)).Select(v => $"the view {v} is behind"));
        var (exit, text) = await nodes[0].RunAsync("audit");
        if (exit != 0)
            wrong.Add($"audit: {text[..Math.Min(600, text.Length)]}");
        var stored = await Ledgers.ReadAsync(connection());
        var receipts = new Receipts();
        wrong.AddRange(
            Check
                .Blind(writers.Acknowledged, stored, a => new Receipts().Verify(a.Receipt))
                .Select(b => $"the check does not see {b}")
        );
        return new(
            test,
            what,
            Check.Of(writers.Acknowledged, stored, a => receipts.Verify(a.Receipt), exit == 0),
            again,
            writers.NotServed,
            nodes.Sum(n => n.Logged),
            wrong
        );
    }

    /// <summary>Waits until a process is gone; a zombie is.</summary>
    public static async Task GoneAsync(int process, TimeSpan patience)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var started = Stopwatch.GetTimestamp();
        while (IsThere(process) && Stopwatch.GetElapsedTime(started) < patience)
            await tick.WaitForNextTickAsync();
    }

    public static bool IsThere(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
