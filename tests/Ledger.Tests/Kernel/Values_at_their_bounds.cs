using System.Text.Json;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;

namespace Ledger.Tests.Kernel;

/// <summary>The last value that fits, and the first that does not.</summary>
public sealed class Values_at_their_bounds
{
    static string Long(int length) => new('9', length);

    [Theory]
    [InlineData("CNY", true)]
    [InlineData("CNYY", false)]
    [InlineData("CN", false)]
    [InlineData("CNy", false)]
    [InlineData("123", false)]
    public void are_currencies_of_three_capitals(string text, bool fits) => Assert.Equal(fits, Bounds.IsCurrency(text));

    [Fact]
    public void are_repeated_up_to_sixty_characters()
    {
        Assert.Equal(Long(60), Bounds.Short(Long(60)));
        Assert.Equal(Long(60) + "…", Bounds.Short(Long(61)));
        Assert.Equal("", Bounds.Short(""));
        var refusal = Identifier.Parse("vin:" + Long(70)).Refusal!;
        Assert.Equal(("identifiers", Long(60) + "…"), (refusal.Field, refusal.With["value"]));
    }

    [Fact]
    public void are_texts_of_a_length()
    {
        Assert.Null(PlainText.Check(Long(5), 5));
        var refusal = PlainText.Check(Long(6), 5)!;
        Assert.Equal(("text-too-long", "6", "5"), (refusal.Code, refusal.With["length"], refusal.With["longest"]));
    }

    [Fact]
    public void are_texts_without_control_characters_and_broken_pairs()
    {
        foreach (
            var (text, place, codePoint) in (ReadOnlySpan<(string, string, string)>)
                [
                    ("a\u0007", "2", "U+0007"),
                    ("\uD83D", "1", "U+D83D"),
                    ("\uD83D\uD83D", "1", "U+D83D"),
                    ("😀\uDE00", "3", "U+DE00"),
                    ("ab\uFFFF", "3", "U+FFFF"),
                ]
        )
        {
            var refusal = PlainText.Check(text, 100)!;
            Assert.Equal(
                ("text-malformed", place, codePoint),
                (refusal.Code, refusal.With["place"], refusal.With["codePoint"])
            );
        }
    }

    [Fact]
    public void are_numbers_of_registers()
    {
        Assert.True(RegisterNumber.HasShape(Long(64) + "/1"));
        Assert.False(RegisterNumber.HasShape(Long(65) + "/1"));
        Assert.True(RegisterNumber.HasShape("R/" + Long(198)));
        Assert.False(RegisterNumber.HasShape("R/" + Long(199)));
        Assert.False(RegisterNumber.HasShape("/1"));
        Assert.False(RegisterNumber.HasShape("R/"));
        Assert.Equal("/A", Serial.Normal("/a"));
    }

    [Theory]
    [InlineData("9", true)]
    [InlineData("", false)]
    [InlineData("9-", false)]
    public void are_battery_codes_of_letters_and_digits(string code, bool fits) =>
        Assert.Equal(fits, BatteryCode.MayBe(code));

    [Fact]
    public void are_battery_codes_of_forty_characters_and_of_known_chemistry()
    {
        Assert.True(BatteryCode.MayBe(Long(40)));
        Assert.False(BatteryCode.MayBe(Long(41)));
        string Of(char chemistry) => $"001P{chemistry}{Long(19)}";
        Assert.All("AGZ", c => Assert.True(BatteryCode.HasShape(Of(c))));
        Assert.All("HY@", c => Assert.False(BatteryCode.HasShape(Of(c))));
    }

    [Fact]
    public void are_instants_five_minutes_ahead()
    {
        var now = ItemScenario.Start;
        Assert.Null(Occurrence.Ahead(now.AddMinutes(5), now));
        var ahead = Occurrence.Ahead(now.AddMinutes(5).AddTicks(1), now)!;
        Assert.Equal(("occurred-in-future", "occurredAt"), (ahead.Code, ahead.Field));
        Assert.Equal(Instants.Text(now.AddMinutes(5)), ahead.With["value"]);
        Assert.Null(Occurrence.TooEarly(now, now));
        Assert.Equal("occurred-too-early", Occurrence.TooEarly(now.AddTicks(-1), now)?.Code);
    }

    [Fact]
    public void are_the_ends_of_the_calendar()
    {
        var last = DateOnly.MaxValue;
        Assert.Equal(last, ShanghaiDay.DaysOn(last.AddDays(-1), 1));
        Assert.Equal(last, ShanghaiDay.DaysOn(last.AddDays(-1), 2));
        Assert.Equal(new(2026, 1, 2), ShanghaiDay.DaysOn(new(2026, 1, 1), 1));
        Assert.Equal(new(9999, 12, 1), ShanghaiDay.MonthsOn(new(9999, 11, 1), 1));
        Assert.Equal(last, ShanghaiDay.MonthsOn(new(9999, 11, 1), 2));
        Assert.Equal(new(2026, 2, 28), ShanghaiDay.MonthsOn(new(2026, 1, 31), 1));
        Assert.Equal(new(9999, 6, 1), ShanghaiDay.YearsOn(new(9998, 6, 1), 1));
        Assert.Equal(last, ShanghaiDay.YearsOn(new(9998, 6, 1), 2));
        Assert.Equal(DateTimeOffset.MinValue, ShanghaiDay.Start(DateOnly.MinValue));
        var end = DateTimeOffset.MaxValue;
        Assert.Equal(last, ShanghaiDay.Of(end.AddHours(-8)));
        Assert.Equal(last, ShanghaiDay.Of(end));
    }

    [Fact]
    public void are_words_of_a_list()
    {
        Assert.False(WireWords.TryRead<SiteWord>("third", out _));
        Assert.True(WireWords.TryRead<SiteWord>("second-one", out var found));
        Assert.Equal(SiteWord.SecondOne, found);
        // A number is no word.
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SiteWord>("1", WireJson.Options));
        Assert.Equal("\"second-one\"", JsonSerializer.Serialize(SiteWord.SecondOne, WireJson.Options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>("\"soon\"", WireJson.Options));
    }

    enum SiteWord
    {
        First,
        SecondOne,
    }

    /// <summary>A refusal stays what it is, whatever is judged of it.</summary>
    [Fact]
    public void are_judged_only_where_nothing_is_refused_yet()
    {
        var refused = Decision.Refuse(new Refusal("item-ended"));
        Assert.Same(refused, refused.WithVerdicts(Judgement.None));
        var blocked = Judgement.None with { Refusals = [new("encumbered")] };
        Assert.Equal("item-ended", ItemScenario.Code(refused.WithVerdicts(blocked)));
        Assert.Equal("encumbered", ItemScenario.Code(Decision.Record().WithVerdicts(blocked)));
    }

    [Fact]
    public void are_references_of_parties()
    {
        Assert.Null(PartyRef.Map(null, p => p));
        var word = new PartyRef("MK-510100-0007", "K-1");
        Assert.Equal("x", PartyRef.Map(word, _ => new("s", "x"))!.Reference);
        Assert.Null(word.Subject);
        var id = ItemScenario.Id(5);
        Assert.Equal(id, PartyRef.Of("s", id).Subject);
        // As long as an id, and none.
        Assert.Null(new PartyRef("s", "x" + PartyRef.Of("s", id).Reference[1..]).Subject);
        Assert.Equal(new("local", "K-1"), JsonSerializer.Deserialize<PartyRef>("\"K-1\"", WireJson.Options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PartyHolder>("{\"party\":7}", WireJson.Options));
    }

    sealed record PartyHolder(PartyRef? Party);

    [Theory]
    [InlineData("13800138000", true)]
    [InlineData("1380013800", false)]
    [InlineData("138001380001", false)]
    [InlineData("12800138000", false)]
    [InlineData("23800138000", false)]
    [InlineData("1380013800x", false)]
    [InlineData("+8613800138000", true)]
    [InlineData("138 0013-8000", true)]
    [InlineData("１３８００１３８０００", true)]
    [InlineData("K\\13800138000", true)]
    public void are_numbers_of_phones(string text, bool personal) =>
        Assert.Equal(personal, PartyRef.IsPersonalNumber(text));
}
