using System.CommandLine;
using System.Text;
using System.Text.Json;
using Api.Demo;
using Ledger.Kernel;

namespace Api.Cli;

static class DemoVerb
{
    public static Command Make()
    {
        var rows = new Option<long>("--rows") { Description = "Rows of lawful sales", Required = true };
        var seed = new Option<long>("--seed") { Description = "The same seed gives the same bytes", Required = true };
        var output = new Option<string>("-o", "--output") { Description = "Where the register goes", Required = true };
        var markets = new Option<string?>("--markets")
        {
            Description = "Also write the history rows that open its markets",
        };
        var faults = new Option<int>("--faults")
        {
            Description = "Malformed and repeated rows a thousand, beside the N",
        };
        var command = new Command("demo", "Writes a synthetic sales register") { rows, seed, output, markets, faults };
        command.SetAction(
            (parsed, stop) =>
                Verbs.RunAsync(() =>
                {
                    var (n, permille) = (parsed.GetValue(rows), parsed.GetValue(faults));
                    if (n < 0 || permille is < 0 or > 1000)
                        return Task.FromResult(
                            Verbs.Fail("--rows is not negative, --faults is 0–1000.", Verbs.UsedWrongly)
                        );
                    try
                    {
                        Write(parsed.GetValue(output)!, new DemoRegister(n, parsed.GetValue(seed), permille).WriteRows);
                        if (parsed.GetValue(markets) is { } path)
                            Write(path, DemoRegister.WriteMarkets);
                    }
                    catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                    {
                        return Task.FromResult(
                            Verbs.Fail($"The file cannot be written: {error.Message}", Verbs.UsedWrongly)
                        );
                    }
                    Console.WriteLine(
                        parsed.GetValue(Verbs.Json)
                            ? JsonSerializer.Serialize(
                                new { rows = n, file = parsed.GetValue(output) },
                                WireJson.Options
                            )
                            : $"{parsed.GetValue(output)}: {n} rows"
                    );
                    return Task.FromResult(Verbs.Done);
                })
        );
        return command;
    }

    static void Write(string path, Action<TextWriter> rows)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        rows(writer);
    }
}
