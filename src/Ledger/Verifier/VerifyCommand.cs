using System.CommandLine;
using System.Globalization;
using Ledger.Proof;
using Ledger.Proof.Bundles;

namespace Ledger.Verifier;

/// <summary>Checks a bundle against the reader's own policy, as a verb of the ledger and as a program of its own. It
/// opens the named files and nothing else: no database, no data folder, no network. Exit status: 0 all that is required
/// holds; 1 something does not; 2 used wrongly.</summary>
public static class VerifyCommand
{
    const int Done = 0,
        No = 1;

    /// <summary>Adds arguments, options and what they do.</summary>
    /// <param name="command">The verb, or the whole program.</param>
    /// <param name="json">Asks for one JSON document; known to the command or above it.</param>
    public static T Fill<T>(T command, Option<bool> json)
        where T : Command
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The bundle (.zip)" };
        var policy = new Option<FileInfo>("--policy")
        {
            Description = "Logs and witnesses you trust, from elsewhere than the bundle",
            Required = true,
        };
        var registrars = new Option<FileInfo?>("--registrars")
        {
            Description = "Who may vouch for keys, \"<name> <thumbprint>\" a line",
        };
        var before = new Option<FileInfo?>("--base") { Description = "The bundle that a delta goes on from" };
        var require = new Option<string?>("--require")
        {
            Description = $"Comma list of {Requirement.All} (default existed,saidBy,complete)",
        };
        var pin = new Option<FileInfo?>("--pin") { Description = "A checkpoint you kept: the log must go on from it" };
        command.Arguments.Add(file);
        foreach (var option in (Option[])[policy, registrars, before, require, pin])
            command.Options.Add(option);
        command.SetAction(parsed =>
            Run(
                new(
                    parsed.GetValue(file)!,
                    parsed.GetValue(policy)!,
                    parsed.GetValue(registrars),
                    parsed.GetValue(before),
                    parsed.GetValue(pin)
                ),
                parsed.GetValue(require),
                parsed.GetValue(json)
            )
        );
        return command;
    }

    static int Fail(string message) => Terminal.Fail(message, Terminal.UsedWrongly);

    sealed record Files(FileInfo Bundle, FileInfo Policy, FileInfo? Registrars, FileInfo? Base, FileInfo? Pin);

    static int Run(Files files, string? list, bool json)
    {
        var require = list is null ? Requirements.Default : Requirement.Read(list);
        if (require is null)
            return Fail($"--require is a comma list of {Requirement.All}.");
        try
        {
            var policy = File.ReadAllBytes(files.Policy.FullName);
            if (TrustPolicy.Read(policy, out var error) is null)
                return Fail($"{files.Policy}: {error}");
            var registrars = Read(files.Registrars);
            if (registrars is { } known && Registrars.Read(known.Span, out error) is null)
                return Fail($"{files.Registrars}: {error}");
            var options = new VerifyOptions
            {
                Registrars = registrars,
                Base = Read(files.Base),
                Require = require.Value,
                Pin = Read(files.Pin),
            };
            return Say(BundleVerifier.Verify(Read(files.Bundle)!.Value, policy, options), json);
        }
        catch (FileNotFoundException error)
        {
            return Fail($"There is no file {error.FileName}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Fail(error.Message);
        }
    }

    /// <summary>The bytes of a file, but not of one that is too large to be a bundle: no more than one byte over the
    /// limit.</summary>
    static ReadOnlyMemory<byte>? Read(FileInfo? file)
    {
        if (file is null)
            return null;
        using var stream = file.OpenRead();
        var bytes = new byte[Math.Min(stream.Length, BundleZip.Longest + 1L)];
        stream.ReadExactly(bytes);
        return bytes;
    }

    static int Say(BundleVerdict verdict, bool json)
    {
        foreach (var warning in verdict.Warnings)
            Console.Error.WriteLine(warning);
        if (json)
            Console.WriteLine(verdict.ToJson());
        else
            Tell(verdict);
        return verdict.Valid ? Done : No;
    }

    static void Tell(BundleVerdict verdict)
    {
        foreach (var e in verdict.Events)
            Console.WriteLine(Line(e, e.N.ToString(CultureInfo.InvariantCulture)));
        // Of another stream: its place there says nothing here.
        foreach (var e in verdict.Linked)
            Console.WriteLine(Line(e, "->"));
        foreach (var finding in verdict.Findings)
            Console.WriteLine($"! {finding.Code}: {finding.Detail}");
        if (verdict.Policy is { } policy)
            Console.WriteLine(Bears(policy));
        Console.WriteLine(
            (verdict.Valid, Terminal.Chinese) switch
            {
                (true, true) => "有效",
                (false, true) => "无效",
                (true, false) => "valid",
                _ => "not valid",
            }
        );
    }

    static string Line(EventVerdict e, string place)
    {
        var index = e.Index is { } known ? known.ToString(CultureInfo.InvariantCulture) : "?";
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{place, 4}  {e.Type ?? "?", -28} #{index}  {e.Existed}  {e.SaidBy}  {e.Complete}  {e.Time}"
        );
        if (e is not { OccurredAt: { } at, SignedAt: { } signed })
            return line;
        var (done, reported) = (LeafInstant.Text(at), LeafInstant.Text(signed));
        return Terminal.Chinese ? $"{line}  {done}（报告于 {reported}）" : $"{line}  {done}, reported on {reported}";
    }

    /// <summary>How far the verdicts hold where witnesses of the policy are dishonest (proof.md §7).</summary>
    static string Bears(TrustPolicy policy)
    {
        var (early, one) = (policy.BearsForNotAfter, policy.BearsForOneHistory);
        if (policy.Quorum is null)
            return Terminal.Chinese
                ? "该策略不要求见证人：时间和完整性无人见证。"
                : "The policy asks for no witness: nobody attests time and completeness.";
        return Terminal.Chinese
            ? $"该策略可容忍的不诚实见证人：“不晚于”{early} 个，“不早于”、完整性及唯一历史 {one} 个。"
            : $"Dishonest witnesses the policy bears: {early} for \"no later than\", "
                + $"{one} for \"no earlier than\", completeness and one history.";
    }
}
