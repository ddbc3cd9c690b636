using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Verifying_with_Ed25519
{
    static bool Verify(string publicKey, string message, string signature) =>
        Ed25519.Verify(
            Convert.FromHexString(publicKey),
            Convert.FromHexString(message),
            Convert.FromHexString(signature)
        );

    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )]
    public void takes_what_rfc_8032_signs(string seed, string publicKey, string message, string signature)
    {
        using var key = new Ed25519Key(Convert.FromHexString(seed));
        Assert.Equal(publicKey, Convert.ToHexStringLower(key.PublicKey));
        Assert.Equal(signature, Convert.ToHexStringLower(key.Sign(Convert.FromHexString(message))));
        Assert.True(Verify(publicKey, message, signature));
        Assert.False(Verify(publicKey, message + "00", signature));
    }

    // A = aB, R = rB and T a point of order 8: made by hand, so that the rule shows and not a library's habit.
    const string A = "7767a3242dc9b58bbc68488c1265cc6cc5f26c6f3c88a5d55e901b0734dca572";
    const string APlusT = "6a84d583f06569edb3f5ed77df65544b27d6948b4f0b2cb76f33dd8413b20719";
    const string R = "e45b777346205620b82706a88a27cb119a48d8b256a58f4b7cf54facfcce43ad";
    const string RPlusT = "5ae7d6c27ac209655f4c70a100521ddd159df78ddd17cce1e38606fb17960fc3";

    [Theory]
    [InlineData(
        "honest",
        A,
        "68656c6c6f",
        R + "da2b7e11edd58024be638e0d57004a6012ce4da88e20d145645247ac684faf0c",
        true
    )]
    [InlineData(
        "R + T: only with the cofactor",
        A,
        "68656c6c6f",
        RPlusT + "05acc7f890558e6f086cb66108bdcd9846b9a4e0d165948fba5da6470e76fd0e",
        false
    )]
    [InlineData(
        "A + T: only with the cofactor",
        APlusT,
        "6d31",
        R + "34b3f88a260768fff1ed3f99270929872f9ad26302891d8367e958e2b097ba0e",
        false
    )]
    [InlineData(
        "A + T: without the cofactor",
        APlusT,
        "6d38",
        R + "34de5e5c7fd14da1e353e54e206457b6280697f8b93132696cf2b54c7a678206",
        true
    )]
    [InlineData(
        "S + L",
        A,
        "68656c6c6f",
        R + "c7ff736e0739937c940086b035fa287512ce4da88e20d145645247ac684faf1c",
        false
    )]
    [InlineData(
        "R not canonical",
        A,
        "68656c6c6f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7ff00601920b6a630eeb0128cccfb243a249025b24906f0fc6071177d187459005",
        false
    )]
    [InlineData(
        "A not canonical",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "78",
        R + "ea16b04c02000000000000000000000000000000000000000000000000000000",
        false
    )]
    [InlineData(
        "A of order 8, whose owner is anybody",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "7332",
        R + "ea16b04c02000000000000000000000000000000000000000000000000000000",
        false
    )]
    [InlineData(
        "A is the neutral element",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "7331",
        R + "ea16b04c02000000000000000000000000000000000000000000000000000000",
        false
    )]
    public void is_without_cofactor_and_wants_one_form(
        string what,
        string publicKey,
        string message,
        string signature,
        bool good
    ) => Assert.Equal((what, good), (what, Verify(publicKey, message, signature)));

    [Theory]
    [InlineData(0, 64)]
    [InlineData(31, 64)]
    [InlineData(33, 64)]
    [InlineData(32, 0)]
    [InlineData(32, 63)]
    [InlineData(32, 65)]
    public void refuses_another_length_without_a_throw(int publicKey, int signature) =>
        Assert.False(Ed25519.Verify(new byte[publicKey], "m"u8, new byte[signature]));

    [Fact]
    public void refuses_every_changed_bit_of_a_signature()
    {
        using var key = new Ed25519Key(SampleSigners.Seed(3));
        var signature = key.Sign("m"u8);
        for (var bit = 0; bit < 8 * signature.Length; bit++)
        {
            byte[] changed = [.. signature];
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.False(Ed25519.Verify(key.PublicKey, "m"u8, changed));
        }
        Assert.True(Ed25519.Verify(key.PublicKey, "m"u8, signature));
    }
}
