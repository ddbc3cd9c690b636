using Ledger.Kernel;
using Ledger.Keys;
using Ledger.Proof;
using Ledger.Tests.Proof;
using static Ledger.Tests.Keys.PartyKey;

namespace Ledger.Tests.Keys;

public sealed class Registering_a_key
{
    [Fact]
    public void of_ones_own_wants_a_registrar_who_vouches()
    {
        var decision = Register(Registration(Own));

        Assert.Equal("key-registered", ItemScenario.Outcome(decision));
        Assert.Equal(
            new(KeyDecider.Reservation(Thumbprint(Own)), null, KeyStream.ToString()),
            Assert.Single(decision.Reservations)
        );
    }

    [Fact]
    public void may_be_vouched_for_by_the_key_before_it()
    {
        var next = Registration(Next) with { Vouch = Statement(Public(Next)).Sign(Own), Voucher = null };

        Assert.Equal("key-registered", ItemScenario.Outcome(Register(next, Registration(Own))));
        Refused(Register(next), "vouch", "unknown-key");
        Refused(Register(next, Registration(Own), new RevokeKey(KeyStream, Thumbprint(Own))), "vouch", "unknown-key");
        Refused(Register(next, Registration(Own) with { Custody = KeyCustody.Service }), "vouch", "unknown-key");
    }

    [Fact]
    public void of_a_device_is_as_good()
    {
        using var device = Forge.DeviceKey();
        var jwk = Forge.Public(device);
        var key = Registration(Own) with
        {
            Thumbprint = jwk.Thumbprint.ToBase64Url(),
            Jwk = KeyDecider.Write(jwk),
            Pop = Forge.Sign(device, KeyStatement.Typ, Statement(jwk).ToJson()),
            Vouch = Statement(jwk).Sign(Registrar),
        };

        Assert.Equal("key-registered", ItemScenario.Outcome(Register(key)));
    }

    [Fact]
    public void is_done_once()
    {
        var key = Registration(Own);
        Assert.Equal("key-exists", ItemScenario.Code(Register(key, key)));
        Assert.Equal("key-exists", ItemScenario.Code(Register(key, key, new RevokeKey(KeyStream, key.Thumbprint))));
        var taken = new Scenario { Reservations = { [KeyDecider.Reservation(key.Thumbprint)] = "another" } };
        Assert.Equal("key-exists", taken.Refused(key));
    }

    [Fact]
    public void of_ones_own_wants_both_signatures()
    {
        var key = Registration(Own);

        Assert.Equal("proof-of-possession-missing", ItemScenario.Code(Register(key with { Pop = null })));
        Assert.Equal("proof-of-possession-missing", ItemScenario.Code(Register(key with { Vouch = null })));
        Assert.Equal(
            "key-registered",
            ItemScenario.Outcome(
                Register(key with { Custody = KeyCustody.Service, Pop = null, Vouch = null, Voucher = null })
            )
        );
    }

    [Fact]
    public void wants_the_signature_of_the_new_key()
    {
        var key = Registration(Own);

        Refused(Register(key with { Pop = Statement(Public(Own)).Sign(Stranger) }), "pop", "unknown-key");
        Refused(Register(key with { Pop = key.Vouch }), "pop", "unknown-key");
        Refused(Register(key with { Pop = "x" }), "pop", "bad-signature");
        Refused(Register(key with { From = From + 1 }), "pop", "claims-differ");
        Refused(Register(key with { Purpose = KeyPurpose.Wipe }), "pop", "claims-differ");
        // The statement is of one party's chain.
        Refused(Register(key with { Chain = ItemScenario.Id(8) }), "pop", "claims-differ");
    }

    [Fact]
    public void is_not_vouched_for_by_a_stranger_or_by_itself()
    {
        var key = Registration(Own);

        Refused(Register(key with { Vouch = Statement(Public(Own)).Sign(Stranger) }), "vouch", "unknown-key");
        Refused(Register(key with { Voucher = null }), "vouch", "unknown-key");
        Refused(
            Register(key with { Vouch = key.Pop, Voucher = KeyDecider.Write(Public(Own)) }),
            "vouch",
            "unknown-key"
        );
    }

    [Fact]
    public void of_a_party_is_never_one_for_leaves() =>
        Assert.Equal(
            "value-malformed",
            ItemScenario.Code(Register(Registration(Own) with { Purpose = KeyPurpose.Leaf }))
        );

    [Fact]
    public void wants_a_key_with_its_own_thumbprint()
    {
        Assert.Equal(
            "value-malformed",
            ItemScenario.Code(Register(Registration(Own) with { Thumbprint = Thumbprint(Next) }))
        );
        Assert.Equal(
            "value-malformed",
            ItemScenario.Code(Register(Registration(Own) with { Jwk = new("Ed25519", "OKP", "short") }))
        );
    }

    [Fact]
    public void ends_after_it_began()
    {
        Assert.Equal("value-out-of-range", ItemScenario.Code(Register(Registration(Own) with { To = From })));
        Assert.Equal("key-registered", ItemScenario.Outcome(Register(Registration(Own) with { To = From + 1 })));
    }

    static void Refused(Decision decision, string name, string reason)
    {
        var refusal = Assert.Single(decision.Refusals);
        Assert.Equal(("signature-invalid", name, reason), (refusal.Code, refusal.With["name"], refusal.With["reason"]));
    }
}

public sealed class Revoking_a_key
{
    static readonly RevokeKey Revoking = new(KeyStream, Thumbprint(Own), From + 5, "lost");

    [Fact]
    public void ends_it()
    {
        var scenario = After(Registration(Own), Registration(Next));
        Assert.Equal("key-revoked", scenario.Says(Revoking));
        var chain = scenario.Fold(KeyStream, Keychain.Fold);
        Assert.Equal(new(Thumbprint(Own), From + 5, "lost"), chain.Find(Thumbprint(Own))!.Revoked);
        Assert.Null(chain.Find(Thumbprint(Next))!.Revoked);
        Assert.Equal(3, chain.Version);
    }

    [Fact]
    public void is_done_once() => Assert.Equal("key-revoked", After(Registration(Own), Revoking).Refused(Revoking));

    [Fact]
    public void needs_a_key_of_that_chain() =>
        Assert.Equal(
            "key-not-found",
            After(Registration(Own)).Refused(Revoking with { Thumbprint = Thumbprint(Next) })
        );
}
