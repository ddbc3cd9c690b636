using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Api.Tests.Cli;
using Ledger.Proof;
using Support;

namespace Api.Tests.Proof;

/// <summary>The verb <c>witness</c>, as a process of its own.</summary>
public sealed class Running_a_witness : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("ledger-witness-verb-").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Goes_as_in_the_published_transcript_and_ends_cleanly()
    {
        var steps = File.ReadLines(Places.SharedVectors("witness-transcript.jsonl"))
            .Where(l => l.Length > 0)
            .Select(l => JsonElement.Parse(l))
            .ToList();
        var log = Text(steps[0], "log_vkey");
        var origin = NoteVerifier.Read(log)!.Key.Name;
        var (process, said) = await StartAsync("--log", log, "--log", TestLedger.Keys.Log.Signer.Vkey);
        using var running = process;
        var witness = CosignatureVerifier.Read(Text(said, "vkey"))!;
        using var client = new HttpClient { BaseAddress = new(Text(said, "listen")) };
        var monitor = new Uri(Text(said.GetProperty("logs")[0], "monitor"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(monitor, Stop)).StatusCode);
        foreach (var step in steps.Skip(1))
        {
            var request = Text(step, "request_body");
            using var content = new StringContent(request, Encoding.UTF8);
            using var response = await client.PostAsync("/add-checkpoint", content, Stop);
            var body = await response.Content.ReadAsStringAsync(Stop);
            var status = step.GetProperty("status_current_spec").GetInt32();
            Assert.Equal((Text(step, "name"), status), (Text(step, "name"), (int)response.StatusCode));
            if (status == 409)
                Assert.Equal(
                    ("text/x.tlog.size", Text(step, "assert_upstream")),
                    (response.Content.Headers.ContentType!.ToString(), $"body == \"{body.TrimEnd('\n')}\\n\"")
                );
            if (status != 200)
                continue;
            var note = request[(request.IndexOf("\n\n", StringComparison.Ordinal) + 2)..] + body;
            Assert.NotEqual(0UL, Assert.Single(SignedNote.Open(note, witness).Verified).Time);
        }
        var newest = await client.GetStringAsync(monitor, Stop);
        Assert.Equal((origin, 5UL), (PublishingService.Read(newest).Origin, PublishingService.Read(newest).Size));
        Assert.Null(SignedNote.Open(newest, witness, NoteVerifier.Read(log)!).Fault);
        await EndAsync(process);
    }

    [Fact]
    public async Task Answers_to_loopback_and_to_the_names_of_its_proxy_alone()
    {
        var (process, said) = await StartAsync(
            "--log",
            TestLedger.Keys.Log.Signer.Vkey,
            "--hosts",
            "witness.example.org"
        );
        using var running = process;
        using var client = new HttpClient { BaseAddress = new(Text(said, "listen")) };
        foreach (
            var (host, status) in ((string, HttpStatusCode)[])
                [
                    ("witness.example.org", HttpStatusCode.NotFound),
                    ("localhost", HttpStatusCode.NotFound),
                    ("attacker.example", HttpStatusCode.BadRequest),
                ]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/x/checkpoint", UriKind.Relative));
            request.Headers.Host = host;
            using var response = await client.SendAsync(request, Stop);
            Assert.Equal((host, status), (host, response.StatusCode));
        }
        await EndAsync(process);
    }

    [Fact]
    public async Task Makes_no_key_beside_what_it_has_seen()
    {
        var log = TestLedger.Keys.Log.Signer.Vkey;
        var (first, _) = await StartAsync("--log", log);
        using (first)
            await EndAsync(first);
        foreach (var name in (string[])["key", "name"])
        {
            var path = Path.Combine(folder, name);
            File.Move(path, path + ".away");
            var ran = await LedgerProgram.RunAsync(
                "witness",
                "--store",
                folder,
                "--listen",
                $"http://127.0.0.1:{TestService.FreePort()}",
                "--log",
                log
            );
            Assert.Equal(3, ran.Exit);
            Assert.Contains(path, ran.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(path));
            File.Move(path + ".away", path);
        }
    }

    [Fact]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public async Task Keeps_its_key_to_its_owner_and_its_name_for_ever()
    {
        var log = TestLedger.Keys.Log.Signer.Vkey;
        var (first, said) = await StartAsync("--log", log, "--name", "customs.example.org/w");
        using (first)
            await EndAsync(first);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "key")));
        var (again, same) = await StartAsync("--log", log);
        using (again)
            await EndAsync(again);
        Assert.Equal(Text(said, "vkey"), Text(same, "vkey"));
        Assert.StartsWith("customs.example.org/w+", Text(same, "vkey"), StringComparison.Ordinal);
        await RefusesAsync("customs.example.org/w", "http://127.0.0.1:1", log, "--name", "another.example.org/w");
    }

    [Fact]
    public async Task On_any_address_but_loopback_is_a_wrong_use()
    {
        var log = TestLedger.Keys.Log.Signer.Vkey;
        foreach (
            var address in (string[])
                ["http://0.0.0.0:5090", "http://192.168.1.1:5090", "https://127.0.0.1:5090", "http://example.org", "x"]
        )
            await RefusesAsync("loopback", address, log);
        await RefusesAsync("verifier key", "http://127.0.0.1:1", "no key");
    }

    async Task RefusesAsync(string why, string listen, string log, params string[] more)
    {
        var run = await LedgerProgram.RunAsync([
            "witness",
            "--store",
            folder,
            "--listen",
            listen,
            "--log",
            log,
            .. more,
        ]);
        Assert.Equal(2, run.Exit);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    async Task<(Process, JsonElement)> StartAsync(params string[] options)
    {
        var port = RunningWitness.FreePort().ToString(CultureInfo.InvariantCulture);
        var process = LedgerProgram.Start([
            "witness",
            "--store",
            folder,
            "--listen",
            $"http://127.0.0.1:{port}",
            "--json",
            .. options,
        ]);
        return await process.StandardOutput.ReadLineAsync(Stop) is { } line
            ? (process, JsonElement.Parse(line))
            : throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(Stop));
    }

    static async Task EndAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
    }

    static string Text(JsonElement step, string name) => step.GetProperty(name).GetString()!;

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
