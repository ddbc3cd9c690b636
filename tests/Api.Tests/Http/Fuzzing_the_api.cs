using Api.Tests.Cli;
using Fuzz;
using Support;

namespace Api.Tests.Http;

/// <summary>The short form of <c>ops/fuzz</c>: the program itself, asked for everything that its document describes,
/// rightly, almost rightly and absurdly.</summary>
[TakesLong]
public sealed class Fuzzing_the_api
{
    const int Seed = 20_260_105;

    [Fact]
    public async Task Every_answer_is_as_the_document_says()
    {
        await using var ledger = await ScratchLedger.OpenAsync(markets: false);
        await using var service = await ServiceProcess.StartAsync(
            ["dotnet", Path.Combine(AppContext.BaseDirectory, "Api.dll")],
            ledger.Data,
            "--postgres",
            ledger.Connection
        );
        using var told = new StringWriter();
        using var fuzzer = new Fuzzer(
            service.Address,
            new Chance(Seed),
            new(Rounds: 1, WrongPerStep: 4, AbsurdPerOperation: 2),
            told
        );
        await fuzzer.RunAsync(TestContext.Current.CancellationToken);
        Assert.True(fuzzer.Findings.Kinds.Count == 0, $"seed {Seed}\n{told}");
        // A right request for each operation: else the fuzzer no longer knows what the service can.
        Assert.Empty(fuzzer.NeverDone);
        Assert.InRange(fuzzer.Operations, 160, int.MaxValue);
        Assert.False(service.HasEnded, service.Errors);
        Assert.InRange(service.Memory().Most, 1, Limits.MostMegabytes);
    }

    /// <summary>The check can fail: what a document does not say, and what it says otherwise, is found.</summary>
    [Theory]
    [InlineData("""{"a":1}""", null)]
    [InlineData("""{"a":1,"b":"x"}""", "$ has b, which the document does not name")]
    [InlineData("""{"b":"x"}""", "$ lacks a")]
    [InlineData("""{"a":"1"}""", "$.a is \"1\", not \"integer\"")]
    [InlineData("""{"a":1.5}""", "$.a is 1.5, not \"integer\"")]
    [InlineData("null", "$ is null, not \"object\"")]
    public void An_answer_that_differs_is_found(string answer, string? fault)
    {
        var document = new ApiDocument(
            """
            {"paths":{},"components":{"schemas":{"T":{"type":"object","required":["a"],
            "properties":{"a":{"type":"integer"}}}}}}
            """
        );
        Assert.Equal(
            fault,
            document.Schemas.Differs(
                System.Text.Json.Nodes.JsonNode.Parse(answer),
                System.Text.Json.Nodes.JsonNode.Parse("""{"$ref":"#/components/schemas/T"}""")
            )
        );
    }
}
