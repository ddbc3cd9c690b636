using CsCheck;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Tests.Kernel;

public sealed class Reading_an_identifier
{
    [Fact]
    public void parts_a_list_at_a_full_width_semicolon_too() =>
        Assert.Equal(
            ["serial:APPLE/T7", "imei:356938035643809"],
            Identifier.ParseAll("serial:apple/T7；imei:356938035643809").Identifiers.Select(i => $"{i}")
        );

    [Theory]
    [InlineData("vin:LSVAM4187C2184847", "vin:LSVAM4187C2184847")]
    [InlineData("  VIN: lsvam4187c2184847 ", "vin:LSVAM4187C2184847")]
    [InlineData("vin:LSVAM-4187-C2184847", "vin:LSVAM4187C2184847")]
    [InlineData("vin:LSV AM4 187 C2184847", "vin:LSVAM4187C2184847")]
    [InlineData("vin:ＬＳＶＡＭ４１８７Ｃ２１８４８４７", "vin:LSVAM4187C2184847")]
    [InlineData("vin:ｌｓｖａｍ－４１８７　Ｃ２１８４８４７", "vin:LSVAM4187C2184847")]
    [InlineData("imei:49-015420-323751-8", "imei:490154203237518")]
    [InlineData("imei:４９０１５４２０３２３７５１８", "imei:490154203237518")]
    [InlineData("serial:haier/ab  12-3", "serial:HAIER/AB 12-3")]
    [InlineData("serial: Haier / b/c ", "serial:HAIER/B/C")]
    [InlineData("serial:azaz/z{`9", "serial:AZAZ/Z{`9")]
    [InlineData("serial:海尔/ｂｃ１", "serial:海尔/BC1")]
    [InlineData("serial:Münder/ß1", "serial:MüNDER/ß1")] // only ASCII is folded to upper case
    [InlineData("serial:😀/1", "serial:😀/1")]
    [InlineData("tag:7k3m9p2qxwar", "tag:7K3M9P2QXWAR")]
    [InlineData("battery:x12mcpm27klpclx2m2382320", "battery:X12MCPM27KLPCLX2M2382320")]
    [InlineData("register: histovec/aB-9/Z ", "register:histovec/aB-9/Z")]
    public void gives_its_normal_form(string text, string normal)
    {
        var (identifier, refusal) = Identifier.Parse(text);
        Assert.Null(refusal);
        Assert.Equal(normal, identifier?.ToString());
    }

    [Theory]
    [InlineData("", "identifier-malformed")]
    [InlineData("LSVAM4187C2184847", "identifier-malformed")]
    [InlineData(":LSVAM4187C2184847", "identifier-malformed")]
    [InlineData("plate:川A12345", "identifier-kind-unknown")]
    [InlineData("vin:", "vin-malformed")]
    [InlineData("vin:LSVAM4187C218484", "vin-malformed")]
    [InlineData("vin:LSVAM4187C21848477", "vin-malformed")]
    [InlineData("vin:LSVAM4187I2184847", "vin-malformed")]
    [InlineData("vin:LSVAM4187O2184847", "vin-malformed")]
    [InlineData("vin:LSVAM4187Q2184847", "vin-malformed")]
    [InlineData("vin:LSVAM4187😀2184847", "vin-malformed")]
    [InlineData("vin:LSVAM4187\u202EC2184847", "vin-malformed")]
    [InlineData("imei:49015420323751", "imei-malformed")]
    [InlineData("imei:49015420323751A", "imei-malformed")]
    [InlineData("imei:٤٩٠١٥٤٢٠٣٢٣٧٥١٨", "imei-malformed")]
    [InlineData("serial:HAIER", "serial-malformed")]
    [InlineData("serial:/1", "serial-malformed")]
    [InlineData("serial:HAIER/", "serial-malformed")]
    [InlineData("serial:HAIER/1\u202E2", "serial-malformed")]
    [InlineData("serial:HAIER/1\u200B2", "serial-malformed")]
    [InlineData("tag:7K3M9P2QXWA", "tag-malformed")]
    [InlineData("tag:7K3M9P2QXOAR", "tag-malformed")]
    [InlineData("battery:X12-1", "battery-code-malformed")]
    [InlineData("battery:", "battery-code-malformed")]
    [InlineData("register:number", "register-malformed")]
    [InlineData("register:/number", "register-malformed")]
    [InlineData("register:source/", "register-malformed")]
    [InlineData("register:source/a\u2066b", "register-malformed")]
    [InlineData("serial:A/\u0000", "text-malformed")]
    [InlineData("serial:A/b\u001Bc", "text-malformed")]
    [InlineData("serial:A/b\u0085c", "text-malformed")]
    [InlineData("serial:A/b\uFFFEc", "text-malformed")]
    public void refuses(string text, string code) => Assert.Equal(code, Identifier.Parse(text).Refusal?.Code);

    // Lone surrogates cannot stand in an attribute: metadata is UTF-8.
    [Fact]
    public void refuses_broken_surrogates()
    {
        foreach (var broken in new[] { "\uD83D", "\uDE00", "\uDE00\uD83D", "\uD83Dx" })
            Assert.Equal("text-malformed", Identifier.Parse($"serial:A/b{broken}c").Refusal?.Code);
    }

    [Fact]
    public void refuses_what_is_too_long()
    {
        Assert.Null(Identifier.Parse("serial:A/" + new string('1', Serial.Longest - 2)).Refusal);
        Assert.Equal(
            "serial-malformed",
            Identifier.Parse("serial:A/" + new string('1', Serial.Longest - 1)).Refusal?.Code
        );
        Assert.Equal("text-too-long", Identifier.Parse("serial:A/" + new string('1', 300)).Refusal?.Code);
    }

    [Fact]
    public void quotes_at_most_sixty_characters_of_a_wrong_one() =>
        Assert.Equal(new string('A', 60) + "…", Identifier.Parse("vin:" + new string('A', 100)).Refusal!.With["value"]);

    [Fact]
    public void leaves_a_right_to_left_word_as_it_is() =>
        Assert.Equal("serial:سامسونج/7", Identifier.Parse("serial:سامسونج/7").Identifier?.ToString());

    [Fact]
    public void finds_several_and_none_twice()
    {
        var (found, refusal) = Identifier.ParseAll("imei:490154203237518; imei:356938035643809;imei:49-0154203237518;");
        Assert.Null(refusal);
        Assert.Equal(["imei:490154203237518", "imei:356938035643809"], found.Select(i => i.ToString()));
    }

    [Theory]
    [InlineData("", "value-missing")]
    [InlineData(" ; ", "value-missing")]
    [InlineData("imei:490154203237518;vin:1", "vin-malformed")]
    [InlineData("serial:apple/S9|imei:490154203237518", "identifier-malformed")]
    [InlineData("serial:apple/S9,imei:490154203237518", "identifier-malformed")]
    [InlineData("serial:apple/S9 imei:490154203237518", "identifier-malformed")]
    [InlineData("serial:apple/S9、ＩＭＥＩ：490154203237518", "identifier-malformed")]
    public void refuses_a_list(string text, string code) => Assert.Equal(code, Identifier.ParseAll(text).Refusal?.Code);

    [Fact]
    public void is_repeatable_whatever_ascii_is_typed() =>
        Gen.Select(Gen.Int[0, 5].Select(i => Identifier.Kinds[i]), Gen.Char[' ', '~'].Array[1, 30])
            .Sample(
                (kind, typed) =>
                {
                    if (Identifier.Parse($"{kind}:{new string(typed)}").Identifier is not { } first)
                        return;
                    Assert.Equal(first, Identifier.Parse(first.ToString()).Identifier);
                },
                iter: 5_000
            );

    [Fact]
    public void never_throws_whatever_is_typed() =>
        Gen.Select(Gen.Int[0, 5].Select(i => Identifier.Kinds[i]), Gen.Char.Array[0, 40])
            .Sample(
                (kind, typed) =>
                {
                    var (identifier, refusal) = Identifier.Parse($"{kind}:{new string(typed)}");
                    Assert.True(identifier is null != refusal is null);
                },
                iter: 5_000
            );

    [Fact]
    public void takes_plain_text_up_to_its_limit()
    {
        Assert.Null(PlainText.Check("😀 م ñ 中", 20));
        Assert.Equal("text-too-long", PlainText.Check("12345", 4)?.Code);
        Assert.Equal("3", PlainText.Check("ab\u0007", 9)!.With["place"]);
    }
}
