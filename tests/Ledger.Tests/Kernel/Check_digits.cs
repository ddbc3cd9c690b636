using CsCheck;
using Ledger.Kernel.Identifiers;
using Support;

namespace Ledger.Tests.Kernel;

/// <summary>The values of rules.md §2.1.</summary>
public sealed class Check_digits
{
    [Theory]
    [InlineData("LSVAM4187C2184847", true)]
    [InlineData("1M8GDM9AXKP042788", true)]
    [InlineData("WBAAY711X0KC28153", true)]
    [InlineData("11111111111111111", true)]
    [InlineData("1HGCM82633A004352", true)]
    [InlineData("1HGCM82643A004352", false)]
    [InlineData("WVGZZZ5NZEW069297", false)]
    [InlineData("WF0KXXGCBKBJ13223", false)]
    public void of_a_vin(string vin, bool fits)
    {
        Assert.True(Vin.HasShape(vin));
        Assert.Equal(fits, Vin.CheckFits(vin));
    }

    [Theory]
    [InlineData("1HGCM82643A004352", '3')]
    [InlineData("WVGZZZ5NZEW069297", 'X')]
    [InlineData("WF0KXXGCBKBJ13223", '0')]
    public void of_a_vin_are_computed(string vin, char computed) => Assert.Equal(computed, Vin.CheckDigit(vin));

    [Theory]
    [InlineData("LSVAM4187C2184847", true)]
    [InlineData("1HGCM82633A004352", true)]
    [InlineData("5YJSA1DN5CFP01657", true)]
    [InlineData("6FPAAAJGSW3A12345", false)]
    [InlineData("WVGZZZ5NZEW069297", false)]
    [InlineData("0FPAAAJGSW3A12345", false)]
    public void of_a_vin_bind_by_origin(string vin, bool strict) => Assert.Equal(strict, Vin.IsStrict(vin));

    [Fact]
    public void of_every_shared_vin_fit()
    {
        Assert.SkipWhen(
            Places.SharedData("vins.txt") is null,
            "The shared folder with vins.txt is not beside this clone."
        );
        var vins = File.ReadAllLines(Places.SharedData("vins.txt")!);
        Assert.Equal(78, vins.Length);
        Assert.Empty(vins.Where(v => !Vin.HasShape(v) || !Vin.CheckFits(v)));
    }

    const string Letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
    const string Values = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";

    static readonly string[] Known =
    [
        "LSVAM4187C2184847",
        "1M8GDM9AXKP042788",
        "WBAAY711X0KC28153",
        "1HGCM82633A004352",
    ];

    static int Value(char c) => Values.IndexOf(c, StringComparison.Ordinal) % 10;

    [Fact]
    public void of_a_vin_detect_one_wrong_character_of_another_value() =>
        Gen.Select(Gen.Int[0, Known.Length - 1], Gen.Int[0, 16], Gen.Int[0, Letters.Length - 1])
            .Sample(
                (known, place, letter) =>
                {
                    var vin = Known[known].ToCharArray();
                    // At position 9 the character itself is compared, elsewhere its value: many look alike.
                    if (place == 8 ? vin[place] == Letters[letter] : Value(vin[place]) == Value(Letters[letter]))
                        return;
                    vin[place] = Letters[letter];
                    Assert.False(Vin.CheckFits(vin), new string(vin));
                },
                iter: 5_000
            );

    [Theory]
    [InlineData("490154203237518", true)]
    [InlineData("356938035643809", true)]
    [InlineData("356938035643808", false)]
    public void of_an_imei(string imei, bool fits)
    {
        Assert.True(Imei.HasShape(imei));
        Assert.Equal(fits, Imei.CheckFits(imei));
    }

    [Fact]
    public void of_an_imei_detect_every_wrong_digit() =>
        Gen.Select(Gen.Int[0, 9].Array[14], Gen.Int[0, 14], Gen.Int[1, 9])
            .Sample(
                (body, place, shift) =>
                {
                    var stem = string.Concat(body);
                    var imei = Enumerable
                        .Range(0, 10)
                        .Select(check => stem + check)
                        .Single(Imei.CheckFits)
                        .ToCharArray();
                    imei[place] = (char)('0' + (imei[place] - '0' + shift) % 10);
                    Assert.False(Imei.CheckFits(new string(imei)), new string(imei));
                },
                iter: 2_000
            );

    [Theory]
    [InlineData("914403001922038216", true)]
    [InlineData("91330100799655058B", true)]
    [InlineData("9144030071526726XG", true)]
    [InlineData("91350100M0001TGQXM", false)]
    [InlineData("91350211M0000XUF46", false)]
    [InlineData("91350203M0001FUE2P", false)]
    public void of_a_social_credit_code(string code, bool fits)
    {
        Assert.True(Uscc.HasShape(code));
        Assert.Equal(fits, Uscc.CheckFits(code));
        Assert.True(Uscc.OrganisationCheckFits(code));
    }

    [Theory]
    [InlineData("91350100M0001TGQXM", '1')]
    [InlineData("91350211M0000XUF46", 'R')]
    [InlineData("91350203M0001FUE2P", 'J')]
    public void of_the_pilot_batch_are_other_than_computed(string code, char computed) =>
        Assert.Equal(computed, Uscc.Check(code));

    [Theory]
    [InlineData("914403001922038226")]
    [InlineData("91330100799655059B")]
    [InlineData("91440300715267261G")]
    public void of_an_organisation_code_detect_another_position_17(string code) =>
        Assert.False(Uscc.OrganisationCheckFits(code));

    [Theory]
    [InlineData("9144030019220382I6")]
    [InlineData("91440300192203821")]
    [InlineData("91440300192203821O")]
    [InlineData("91440300192203821s")]
    public void of_a_social_credit_code_need_its_shape(string code) => Assert.False(Uscc.HasShape(code));

    [Theory]
    [InlineData("11010519491231002X", true)]
    [InlineData("11010519491231002x", true)]
    [InlineData("440524188001010014", true)]
    [InlineData("110105194912310021", false)]
    [InlineData("440524188001010015", false)]
    [InlineData("11010519490231002X", false)]
    [InlineData("1101051949123100", false)]
    [InlineData("1101051949123100２X", false)]
    public void of_a_resident_number(string number, bool valid) => Assert.Equal(valid, ResidentId.IsValid(number));

    [Theory]
    [InlineData("000000000016", true)]
    [InlineData("7K3M9P2QXWAR", true)]
    [InlineData("7K3M9P2QXWAT", false)]
    public void of_a_tag(string tag, bool fits)
    {
        Assert.True(LedgerTag.HasShape(tag));
        Assert.Equal(fits, LedgerTag.CheckFits(tag));
        Assert.True(LedgerTag.CheckFits(LedgerTag.Complete(tag[..11])));
    }

    [Theory]
    [InlineData("7K3M9P2QXWA")]
    [InlineData("7K3M9P2QXWARR")]
    [InlineData("7K3M9P2QXIAR")]
    [InlineData("7K3M9P2QXOAR")]
    [InlineData("7K3M9P2QXSAR")]
    [InlineData("7K3M9P2QXVAR")]
    [InlineData("7K3M9P2QXZAR")]
    public void of_a_tag_need_its_shape(string tag) => Assert.False(LedgerTag.HasShape(tag));

    [Theory]
    [InlineData("X12MCPM27KLPCLX2M2382320", true)]
    [InlineData("X12MCPM27KLPCLX2M238232", false)]
    [InlineData("X12QCPM27KLPCLX2M2382320", false)]
    [InlineData("X12MHPM27KLPCLX2M2382320", false)]
    [InlineData("X12MZPM27KLPCLX2M2382320", true)]
    [InlineData("X12MCPM27KLPCLX2MR", true)]
    [InlineData("X12MCPM27KLPCLX2MR1", true)]
    [InlineData("X12MCPM27KLPCLX2M1", false)]
    public void of_a_battery_are_its_structure(string code, bool fits)
    {
        Assert.True(BatteryCode.MayBe(code));
        Assert.Equal(fits, BatteryCode.HasShape(code));
    }
}
