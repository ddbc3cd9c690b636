using System.Text.Json;
using Ledger.Proof.Bundles;
using Ledger.Tests.Proof.Bundles;

namespace Peers.Tests;

/// <summary>Two verifiers that share no line agree on bundles that neither product code nor this project
/// made.</summary>
public sealed class Verifying_bundles_of_another_hand
{
    [Fact]
    public async Task gives_the_verdicts_that_another_verifier_gives()
    {
        var (valid, others) = await Compare(folder => PythonPeer.MakeMany(folder, 90));
        Assert.InRange(valid, 200, int.MaxValue);
        Assert.InRange(others, 2000, int.MaxValue);
    }

    [Fact]
    public async Task gives_its_verdicts_at_the_border_of_every_rule()
    {
        var (valid, others) = await Compare(PythonPeer.RecordCases);
        Assert.InRange(valid, 50, int.MaxValue);
        Assert.InRange(others, 500, int.MaxValue);
    }

    static async Task<(int Valid, int Others)> Compare(Func<string, Task<string>> make)
    {
        var folder = Directory.CreateTempSubdirectory("ledger-bundles-");
        try
        {
            var list = await make(folder.FullName);
            var theirs = await PythonPeer.Verify(list);
            var lines = File.ReadAllLines(list);
            Assert.Equal(lines.Length, theirs.Length);
            Parallel.For(0, lines.Length, i => Agree(lines[i], theirs[i]));
            return (theirs.Count(IsValid), theirs.Count(t => !IsValid(t)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task and_the_other_verifier_takes_bundles_of_ours()
    {
        var folder = Directory.CreateTempSubdirectory("ledger-bundles-");
        try
        {
            var log = SmallLog.Of(3);
            var (first, second) = (log.Bundle(), log.Grow());
            var delta = BundleWriter.Write(Deltas.After(first, second));
            var lines = new[]
            {
                Line(folder, first, null),
                Line(folder, second.Bundle(), null),
                Line(folder, delta, first),
                Line(folder, Repacked.Without(first, "events/0002."), null),
            };
            var list = Path.Combine(folder.FullName, "LIST.jsonl");
            File.WriteAllLines(list, lines);
            var theirs = await PythonPeer.Verify(list);
            Assert.Equal([true, true, true, false], theirs.Select(IsValid));
            for (var i = 0; i < lines.Length; i++)
                Agree(lines[i], theirs[i]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static string Line(DirectoryInfo folder, byte[] zip, byte[]? before) =>
        JsonSerializer.Serialize(
            new Dictionary<string, string?>
            {
                ["file"] = Put(folder, zip),
                ["policy"] = Put(folder, SmallLog.Policy),
                ["registrars"] = Put(folder, SmallLog.Registrars),
                ["base"] = before is null ? null : Put(folder, before),
            }
        );

    static string Put(DirectoryInfo folder, byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, Ledger.Proof.Hash.Of(bytes).ToHex());
        File.WriteAllBytes(path, bytes);
        return path;
    }

    static bool IsValid(JsonElement answer) => answer.GetProperty("valid").GetBoolean();

    static void Agree(string line, JsonElement theirs)
    {
        var arguments = JsonSerializer.Deserialize<Dictionary<string, string?>>(line)!;
        var ours = JsonElement.Parse(Verify(arguments).ToJson());
        var (a, b) = (Said(theirs), Said(ours));
        Assert.True(a == b, $"{arguments["file"]}\ntheirs {a}\nours   {b}");
    }

    /// <summary>Everything but how a finding is worded.</summary>
    static string Said(JsonElement answer)
    {
        var codes = answer.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("code").GetString());
        var findings = string.Join(' ', codes.Distinct().Order(StringComparer.Ordinal));
        var linked = answer.TryGetProperty("linked", out var shown) ? shown.GetRawText() : "";
        return $"{IsValid(answer)} {answer.GetProperty("events").GetRawText()} {linked} {findings}";
    }

    static BundleVerdict Verify(Dictionary<string, string?> arguments)
    {
        var require = arguments.GetValueOrDefault("require");
        return BundleVerifier.Verify(
            Read("file")!.Value,
            Read("policy")!.Value.Span,
            new()
            {
                Registrars = Read("registrars"),
                Base = Read("base"),
                Pin = Read("pin"),
                Require = require is null ? Requirements.Default : Requirement.Read(require)!.Value,
            }
        );

        ReadOnlyMemory<byte>? Read(string name)
        {
            if (arguments.GetValueOrDefault(name) is { } path)
                return File.ReadAllBytes(path);
            return null;
        }
    }
}
