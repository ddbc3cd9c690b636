using Ledger.Kernel.Identifiers;

namespace Ledger.Tests.Kernel;

/// <summary>What firmware, forms and clerks write where a number should be.</summary>
public sealed class Telling_a_placeholder
{
    [Theory]
    [InlineData("Default string")]
    [InlineData("default  STRING")]
    [InlineData("To be filled by O.E.M.")]
    [InlineData("Not Available")]
    [InlineData("n/a")]
    [InlineData("-")]
    [InlineData("0")]
    [InlineData("000000000000000")]
    [InlineData("XXXXXXXX")]
    [InlineData("ｘｘｘｘ")]
    [InlineData("123456")]
    [InlineData("0123456789")]
    [InlineData("无")]
    [InlineData("无序列号")]
    [InlineData("（未知）")]
    [InlineData("不详。")]
    public void that_names_nothing(string number) => Assert.True(Placeholder.Is(number));

    [Theory]
    [InlineData("S6PXNG0T501234")]
    [InlineData("WD-WCC4N7ABCDEF")]
    [InlineData("12345")]
    [InlineData("111")]
    [InlineData("1000")]
    [InlineData("123457")]
    [InlineData("N1")]
    [InlineData("无锡小天鹅12")]
    public void leaves_a_number_alone(string number) => Assert.False(Placeholder.Is(number));

    [Theory]
    [InlineData("imei:000000000000000", true)]
    [InlineData("vin:11111111111111111", true)]
    [InlineData("serial:HAIER/Default string", true)]
    [InlineData("serial:N.A./S6PXNG0T501234", true)]
    [InlineData("serial:HAIER/BCD-1", false)]
    [InlineData("imei:490154203237518", false)]
    public void is_asked_of_what_is_bound(string text, bool placeholder)
    {
        Assert.Equal(placeholder, Placeholder.Is(Identifier.Parse(text).Identifier!));
        Assert.Equal(placeholder ? "identifier-placeholder" : null, Identifier.ParseAll(text).Refusal?.Code);
    }
}
