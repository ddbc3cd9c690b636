using Ledger.Kernel;
using Ledger.Keys;
using Ledger.Proof;
using Ledger.Tests.Proof;
using static Ledger.Tests.Keys.PartyKey;

namespace Ledger.Tests.Keys;

public sealed class Taking_a_deed
{
    const ulong Size = 8;
    static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(From + 60);
    static readonly LeafClaims Claims = WorkedExample.Claims[1] with { At = Now };
    static readonly Disclosures Facts = Disclosures.Make(Claims.Jti, WorkedExample.Drafts[1]);
    static readonly Hash Root = Hash.Of("root"u8);

    static readonly Deed Seller = new()
    {
        Party = Party,
        Role = "seller",
        Evt = Claims.Evt,
        Item = Claims.Item,
        Jti = Claims.Jti,
        Digest = Deed.DigestOf(Claims, Facts.Sd),
        SeenSize = 5,
        SeenRoot = Root,
        Exp = From + 900,
    };

    static string Sign(Deed deed, Ed25519Key? key = null) => CompactJws.Sign(key ?? Own, Deed.Typ, deed.ToJson());

    static Refusal? Check(Keychain chain, params string[] act)
    {
        var signer = new LeafSigner(WorkedExample.IssuerKey);
        Assert.True(Leaf.TryRead(signer.Sign(Claims with { Act = [.. act] }, Facts).Jwt, out var leaf, out _));
        return DeedDecider.Check(
            new(
                leaf,
                Size,
                Now,
                new Dictionary<Hash, Keychain> { [Party] = chain },
                new Dictionary<ulong, Hash> { [0] = Merkle.EmptyRoot, [5] = Root }
            )
        );
    }

    static void Differs(string what, params string[] act)
    {
        var refusal = Check(Chain(Registration(Own)), act)!;
        Assert.Equal(("signature-invalid", what), (refusal.Code, refusal.With["reason"]));
    }

    [Fact]
    public void holds_for_what_the_party_signed() => Assert.Null(Check(Chain(Registration(Own)), Sign(Seller)));

    [Fact]
    public void holds_for_two_parts() =>
        Assert.Null(
            Check(
                Chain(Registration(Own)),
                Sign(Seller),
                Sign(Seller with { Role = "buyer", SeenSize = 0, SeenRoot = Merkle.EmptyRoot })
            )
        );

    [Fact]
    public void names_what_differs()
    {
        Differs("evt", Sign(Seller with { Evt = "item-listed.v1" }));
        Differs("item", Sign(Seller with { Item = Root }));
        Differs("jti", Sign(Seller with { Jti = ItemScenario.Id(1) }));
        Differs("deed", Sign(Seller with { Digest = Root }));
        Differs("role", Sign(Seller), Sign(Seller));
        Differs("form", "a.b.c");
        Differs("length", new string('a', DeedDecider.Longest + 1));
    }

    [Fact]
    public void wants_a_checkpoint_that_was()
    {
        Differs("seen", Sign(Seller with { SeenSize = Size + 1 }));
        Differs("seen", Sign(Seller with { SeenSize = 6 }));
        Differs("seen", Sign(Seller with { SeenRoot = Hash.Of("other"u8) }));
    }

    [Fact]
    public void is_within_its_term()
    {
        var now = Now.ToUnixTimeSeconds();
        Differs("exp", Sign(Seller with { Exp = now - 1 }));
        Assert.Null(Check(Chain(Registration(Own)), Sign(Seller with { Exp = now })));
        Assert.Null(Check(Chain(Registration(Own)), Sign(Seller with { Exp = now + 72 * 3600 })));
        Differs("exp", Sign(Seller with { Exp = now + 72 * 3600 + 1 }));
    }

    [Fact]
    public void wants_a_key_of_that_party_for_deeds()
    {
        Differs("kid", Sign(Seller, Stranger));
        Differs("kid", Sign(Seller with { Party = Root }));
        Assert.Equal("kid", Reason(Registration(Own) with { Purpose = KeyPurpose.Credit }));
        Assert.Equal("kid", Reason(Registration(Own) with { Custody = KeyCustody.Service }));
        Assert.Equal("kid", Reason(Registration(Own) with { From = From + 61 }));
        Assert.Equal("kid", Reason(Registration(Own) with { To = From + 59 }));
        Assert.Null(Reason(Registration(Own) with { From = From + 60, To = From + 60 }));

        static string? Reason(RegisterKey key) => Check(Chain(key), Sign(Seller))?.With["reason"];
    }

    [Fact]
    public void is_not_signed_by_another_in_that_keys_name()
    {
        var parts = Sign(Seller).Split('.');
        Differs("signature", $"{parts[0]}.{parts[1]}.{Sign(Seller, Stranger).Split('.')[2]}");
    }

    [Fact]
    public void of_a_revoked_key_is_refused() =>
        Assert.Equal(
            "key-revoked",
            Check(Chain(Registration(Own), new RevokeKey(KeyStream, Thumbprint(Own))), Sign(Seller))!.Code
        );
}
