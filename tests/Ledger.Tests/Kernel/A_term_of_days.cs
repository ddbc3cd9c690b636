using Ledger.Kernel;

namespace Ledger.Tests.Kernel;

/// <summary>From a first day to a last one, both of it.</summary>
public sealed class A_term_of_days
{
    static readonly DateOnly First = new(2026, 3, 1),
        Last = new(2026, 3, 31);

    static readonly Term March = new(First, Last);

    [Fact]
    public void holds_from_its_first_day_to_its_last()
    {
        Assert.False(March.Holds(First.AddDays(-1)));
        Assert.True(March.Holds(First));
        Assert.True(March.Holds(Last));
        Assert.False(March.Holds(Last.AddDays(1)));
        Assert.True(new Term(null, Last).Holds(DateOnly.MinValue));
        Assert.True(new Term(First, null).Holds(DateOnly.MaxValue));
    }

    [Fact]
    public void meets_another_that_shares_a_day()
    {
        Assert.True(March.Meets(new(Last, null)));
        Assert.True(March.Meets(new(null, First)));
        Assert.False(March.Meets(new(Last.AddDays(1), null)));
        Assert.False(March.Meets(new(null, First.AddDays(-1))));
        Assert.True(March.Meets(new(null, null)));
        Assert.True(new Term(null, null).Meets(March));
    }

    [Fact]
    public void ends_the_day_before_it_was_ended()
    {
        Assert.Equal(Last.AddDays(-1), March.Until(Last).To);
        Assert.Equal(First.AddDays(4), March.Until(First.AddDays(5)).To);
        Assert.Equal(First, new Term(null, null).Until(First.AddDays(1)).To);
        // What had run out before cannot be ended any more.
        Assert.Equal(March, March.Until(Last.AddDays(1)));
        Assert.Equal(March, March.Until(null));
    }

    [Fact]
    public void does_not_end_before_it_begins()
    {
        var refusal = new Term(Last, First).Backwards!;
        Assert.Equal(("value-out-of-range", "validTo"), (refusal.Code, refusal.Field));
        Assert.Equal(
            ("validTo", "2026-03-01", "2026-03-31", "9999-12-31"),
            (refusal.With["name"], refusal.With["value"], refusal.With["least"], refusal.With["most"])
        );
        Assert.Null(new Term(First, First).Backwards);
        Assert.Null(March.Backwards);
        Assert.Null(new Term(null, First).Backwards);
        Assert.Null(new Term(First, null).Backwards);
    }

    [Theory]
    [InlineData("2026-03-01..2026-03-31")]
    [InlineData("2026-03-01..")]
    [InlineData("..2026-03-31")]
    [InlineData("..")]
    public void is_read_from_its_text(string text) => Assert.Equal(text, Term.Read(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("2026-03-01")]
    [InlineData("2026-03-01..2026-03-31..")]
    public void is_not_read_from_another(string text) => Assert.Null(Term.Read(text));
}
