using System.Globalization;
using Fuzz;

// ops/fuzz: exit 0 nothing found, 1 something found, 2 used wrongly.
var options = new Dictionary<string, string>(StringComparer.Ordinal);
for (var i = 0; i + 1 < args.Length; i += 2)
    options[args[i]] = args[i + 1];
var minutes = Number("--minutes", 5);
var seed = (int)Number("--seed", Environment.TickCount & 0x7FFF);
if (
    args.Length % 2 != 0
    || options.Keys.Except(["--minutes", "--seed", "--url", "--program"]).Any()
    || double.IsNaN(minutes)
)
{
    Console.Error.WriteLine("ops/fuzz [--minutes N] [--seed N] [--url http://127.0.0.1:PORT]");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) => e.Cancel = Cancel();
await using var service = options.ContainsKey("--url")
    ? null
    : await ServiceProcess.StartAsync([options["--program"]], null);
var address = service?.Address ?? new Uri(options["--url"]);
Console.WriteLine($"seed {seed}, {address}");
using var fuzzer = new Fuzzer(address, new Chance(seed), new(int.MaxValue - 1, 6, 4), Console.Out);
stop.CancelAfter(TimeSpan.FromMinutes(minutes));
await fuzzer.RunAsync(stop.Token);
foreach (var never in fuzzer.NeverDone)
    fuzzer.Findings.Add($"{never}: never answered with 2xx");
if (service is not null)
{
    var (now, most) = service.Memory();
    Console.WriteLine($"memory: {now} MB, at most {most} MB");
    if (most > Limits.MostMegabytes)
        fuzzer.Findings.Add($"the service took {most} MB");
}
Console.WriteLine($"seed {seed}: {fuzzer.Findings.Requests} requests, {fuzzer.Operations} operations");
Console.WriteLine(fuzzer.Findings.Report());
return fuzzer.Findings.Kinds.Count == 0 ? 0 : 1;

double Number(string name, double otherwise) =>
    !options.TryGetValue(name, out var text) ? otherwise
    : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n) ? n
    : double.NaN;

bool Cancel()
{
    stop.Cancel();
    return true;
}
