using System.Globalization;
using Support;

namespace Api.Tests.Cli;

/// <summary>The password of a given server is told by nobody: not by the list of processes, nor by what the service
/// answers and writes.</summary>
public sealed class Giving_a_password
{
    const string Planted = "planted-s3cret-7f2c";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_the_command_line_is_warned_of_without_being_said_again()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var ran = await LedgerProgram.RunAsync(
            "item",
            "tag:1",
            "--postgres",
            $"{ledger.Connection};Password={Planted}",
            "--data",
            ledger.Data
        );
        Assert.Contains("LEDGER_POSTGRES", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, ran.Error + ran.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Timeout=1;Password=" + Planted)]
    [InlineData("Host=127.0.0.1;Nonsense=1;Password=" + Planted)]
    [InlineData("Host=127.0.0.1;Port=many;Password=" + Planted)]
    [InlineData("Password=" + Planted + ";;=;Host")]
    [InlineData("Host=no.such.host.invalid;Persist Security Info=true;Password=" + Planted)]
    public async Task Is_in_no_error(string connection)
    {
        var folder = Directory.CreateTempSubdirectory("ledger-password-").FullName;
        try
        {
            var ran = await LedgerProgram.RunAsync("item", "tag:1", "--postgres", connection, "--data", folder);
            Assert.Equal(3, ran.Exit);
            Assert.DoesNotContain(Planted, ran.Error + ran.Out, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task In_the_environment_is_in_no_answer_and_in_no_argument()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var port = TestService.FreePort();
        var start = LedgerProgram.Prepare(
            "serve",
            "--port",
            port.ToString(CultureInfo.InvariantCulture),
            "--data",
            ledger.Data
        );
        start.Environment["LEDGER_POSTGRES"] = $"{ledger.Connection};Password={Planted};Persist Security Info=true";
        using var process = System.Diagnostics.Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Stop);
        try
        {
            var said = "";
            while (!said.Contains("is ready", StringComparison.Ordinal))
                said +=
                    await process.StandardOutput.ReadLineAsync(Stop)
                    ?? throw new InvalidOperationException(await errors);
            using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
            var told = said;
            foreach (
                var path in (string[])
                    [
                        "/health/ready",
                        "/health/live",
                        "/api/v1/items/tag:1",
                        "/market/listings",
                        "/metrics",
                        "/metrics",
                        "/checkpoint",
                    ]
            )
                told += await (await client.GetAsync(new Uri(path, UriKind.Relative), Stop)).Content.ReadAsStringAsync(
                    Stop
                );
            Assert.Contains("db_client_connection", told, StringComparison.Ordinal);
            foreach (var secret in (string[])[Planted, "Username=", "Host="])
                Assert.DoesNotContain(secret, told, StringComparison.Ordinal);
            Assert.DoesNotContain(
                Planted,
                await File.ReadAllTextAsync($"/proc/{process.Id}/cmdline", Stop),
                StringComparison.Ordinal
            );
        }
        finally
        {
            using var kill = System.Diagnostics.Process.Start(
                "kill",
                ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]
            );
            await process.WaitForExitAsync(CancellationToken.None);
        }
        Assert.DoesNotContain(Planted, await errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--postgres", "Host=h;Password=" + Planted)]
    [InlineData("--postgres=Host=h;Password=" + Planted)]
    public async Task The_scripts_hand_it_on_in_the_environment(params string[] given)
    {
        var start = new System.Diagnostics.ProcessStartInfo("bash") { RedirectStandardOutput = true };
        foreach (
            var a in (string[])
                [
                    "-c",
                    ". \"$1\"; shift; hide_postgres \"$@\"; printf '%s|' \"${ARGUMENTS[@]}\" \"$LEDGER_POSTGRES\"",
                    "bash",
                    Path.Combine(Places.Root, "ops/lib/common.sh"),
                    "item",
                    .. given,
                    "tag:1",
                ]
        )
            start.ArgumentList.Add(a);
        using var process = System.Diagnostics.Process.Start(start)!;
        Assert.Equal($"item|tag:1|Host=h;Password={Planted}|", await process.StandardOutput.ReadToEndAsync(Stop));
    }
}
