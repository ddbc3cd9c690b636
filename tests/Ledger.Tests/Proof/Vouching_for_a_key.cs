using System.Text;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Vouching_for_a_key : IDisposable
{
    readonly Ed25519Key key = new([.. Enumerable.Repeat((byte)5, 32)]);
    readonly Ed25519Key registrar = new([.. Enumerable.Repeat((byte)6, 32)]);

    Jwk Key => Jwk.OfEd25519(key.PublicKey);

    Jwk Registrar => Jwk.OfEd25519(registrar.PublicKey);

    KeyStatement Statement => new(Hash.Of("party"u8), Key.Thumbprint, "deed", 1767578400);

    public void Dispose()
    {
        key.Dispose();
        registrar.Dispose();
    }

    [Fact]
    public void holds_for_the_statement_that_was_signed()
    {
        Assert.Equal(SignatureVerdict.Ok, Statement.Check(Statement.Sign(key), _ => Key));
        Assert.Equal(
            SignatureVerdict.Ok,
            Statement.Check(Statement.Sign(registrar), kid => kid == Registrar.Thumbprint ? Registrar : null)
        );
    }

    [Fact]
    public void has_one_payload_and_one_header()
    {
        var parts = Statement.Sign(key).Split('.');

        Assert.Equal(
            $$"""{"party":"{{Statement.Party.ToBase64Url()}}","thumbprint":"{{Key.Thumbprint.ToBase64Url()}}","purpose":"deed","from":1767578400}""",
            Text(parts[1])
        );
        Assert.Equal(Forge.Header("trade-key+jwt", kid: Key.Thumbprint.ToBase64Url()), Text(parts[0]));

        static string Text(string part) => Encoding.UTF8.GetString(StrictBase64.ReadUrl(part)!);
    }

    [Fact]
    public void fails_for_another_statement()
    {
        var jws = Statement.Sign(key);

        Differs(Statement with { Party = default });
        Differs(Statement with { Thumbprint = default });
        Differs(Statement with { Purpose = "leaf" });
        Differs(Statement with { From = 0 });

        void Differs(KeyStatement other) => Assert.Equal(SignatureVerdict.ClaimsDiffer, other.Check(jws, _ => Key));
    }

    [Fact]
    public void fails_by_a_key_that_is_unknown_or_another()
    {
        Assert.Equal(SignatureVerdict.UnknownKey, Statement.Check(Statement.Sign(registrar), _ => null));
        Assert.Equal(SignatureVerdict.BadSignature, Statement.Check(Statement.Sign(registrar), _ => Key));
    }

    [Fact]
    public void fails_in_another_form()
    {
        var json = Encoding.UTF8.GetString(Statement.ToJson());
        string Sign(string typ, string payload) => CompactJws.Sign(key, typ, Forge.Ascii(payload));

        Assert.Equal(SignatureVerdict.Ok, Statement.Check(Sign(KeyStatement.Typ, json), _ => Key));
        Assert.Equal(SignatureVerdict.BadSignature, Statement.Check(Sign(Deed.Typ, json), _ => Key));
        Assert.Equal(SignatureVerdict.BadSignature, Statement.Check("", _ => Key));
        Assert.Equal(
            SignatureVerdict.ClaimsDiffer,
            Statement.Check(Sign(KeyStatement.Typ, json.Replace("}", ",\"to\":1}")), _ => Key)
        );
        Assert.Equal(
            SignatureVerdict.ClaimsDiffer,
            Statement.Check(Sign(KeyStatement.Typ, json.Replace(",\"from\":1767578400", "")), _ => Key)
        );
    }

    [Fact]
    public void holds_for_a_key_in_a_device()
    {
        using var device = Forge.DeviceKey();
        var statement = Statement with { Thumbprint = Forge.Public(device).Thumbprint };

        Assert.Equal(
            SignatureVerdict.Ok,
            statement.Check(Forge.Sign(device, KeyStatement.Typ, statement.ToJson()), _ => Forge.Public(device))
        );
    }
}
