using Ledger.Kernel;
using Ledger.Store.Vault;
using Support;

namespace Store.Tests.Vault;

/// <summary>An organisation's code is one party, whichever market writes it; what older builds recorded as a market's
/// own word stays who it was.</summary>
public sealed class Calling_an_organisation_by_its_code
{
    const string Code = "91510100MA9000005Q";

    readonly SubjectCache book = new(TestLedger.Handles, TestLedger.Keys.Vault);

    /// <summary>As an older build put it on record.</summary>
    PartyRef Recorded(string market, byte id)
    {
        var key = SubjectKey.New(new(0, 0, 0, [0, 0, 0, 0, 0, 0, 0, id]));
        book.Add(new(key, new(market, Code), IsNew: false));
        return PartyRef.Of(market, key.Subject);
    }

    PartyRef Named(string market, string word = Code) => book.IdOf(new(market, word));

    [Fact]
    public void is_one_party_in_all_markets()
    {
        var first = Named("MK-510100-0001");
        Assert.Equal(PartyRef.Organisations, first.Scope);
        Assert.Equal([first, first], [Named("MK-510100-0002"), Named("local", Code.ToLowerInvariant())]);
        Assert.NotEqual(Named("MK-510100-0001", "K-1"), Named("MK-510100-0002", "K-1"));
    }

    [Fact]
    public void stays_the_party_that_a_market_recorded_under_its_own_word()
    {
        var before = Recorded("MK-510100-0001", 7);
        Assert.Equal([before, before], [Named("MK-510100-0001"), Named("MK-510100-0002")]);
    }

    [Fact]
    public void stays_each_market_s_own_where_several_recorded_it_and_is_all_of_them_where_it_acts()
    {
        var (one, two) = (Recorded("MK-510100-0001", 9), Recorded("MK-510100-0002", 8));
        Assert.Equal([one, two], [Named("MK-510100-0001"), Named("MK-510100-0002")]);
        // Somebody must be it for all others, and on every node the same.
        Assert.Equal(two, Named("MK-510100-0003"));
        Assert.Equal([two, one], book.AllOf(PartyRef.Organisation(Code)));
    }

    [Fact]
    public void is_no_number_of_a_person_and_no_number_of_a_market()
    {
        foreach (var number in new[] { "11010519491231002X", "100000000000000011" })
            Assert.NotEqual(Named("MK-510100-0001", number), Named("MK-510100-0002", number));
    }
}
