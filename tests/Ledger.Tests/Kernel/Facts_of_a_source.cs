using System.Text.Json;
using CsCheck;
using Ledger.Kernel;

namespace Ledger.Tests.Kernel;

public sealed class Facts_of_a_source
{
    static ExtraFields Of(params (string Key, string Value)[] pairs) =>
        ExtraFields.Of(pairs.Select(p => KeyValuePair.Create(p.Key, p.Value)));

    [Fact]
    public void stand_in_ordinal_order() =>
        Assert.Equal(
            """{"B":"1","a":"2","a-":"4","b":"3"}""",
            JsonSerializer.Serialize(Of(("b", "3"), ("a", "2"), ("a-", "4"), ("B", "1")), WireJson.Options)
        );

    [Fact]
    public void are_equal_in_whatever_order_they_came() =>
        Gen.Int[0, 1_000]
            .Array[8]
            .Sample(order =>
            {
                var pairs = Enumerable.Range(0, 8).Select(i => ($"k{i}", $"v{i}")).ToArray();
                var shuffled = Of([.. pairs.Zip(order).OrderBy(p => p.Second).Select(p => p.First)]);
                Assert.Equal(Of(pairs), shuffled);
                Assert.Equal(Of(pairs).GetHashCode(), shuffled.GetHashCode());
            });

    [Fact]
    public void differ_by_key_value_and_number()
    {
        Assert.NotEqual(Of(("a", "1")), Of(("a", "2")));
        Assert.NotEqual(Of(("a", "1")), Of(("b", "1")));
        Assert.NotEqual(Of(("a", "1")), Of(("a", "1"), ("b", "1")));
        Assert.Null(Of(("a", "1"))["b"]);
    }

    [Fact]
    public void survive_their_text()
    {
        var facts = Of(("vehicleClass", "M1"), ("note", "中 \"😀\""));
        Assert.Equal(
            facts,
            JsonSerializer.Deserialize<ExtraFields>(JsonSerializer.Serialize(facts, WireJson.Options), WireJson.Options)
        );
    }
}
