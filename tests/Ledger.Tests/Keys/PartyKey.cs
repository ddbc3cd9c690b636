using Ledger.Kernel;
using Ledger.Keys;
using Ledger.Proof;

namespace Ledger.Tests.Keys;

/// <summary>Keys of a party and of its registrar, and registrations signed with them.</summary>
static class PartyKey
{
    public const long From = 1767578400;
    public static readonly Guid KeyStream = ItemScenario.Id(9);
    public static readonly Hash Party = Hash.Read(Scenario.Handles.OfStream(KeyStream));
    public static readonly Ed25519Key Own = Seeded(21),
        Next = Seeded(22),
        Registrar = Seeded(23),
        Stranger = Seeded(24);

    public static Ed25519Key Seeded(byte seed) => new([.. Enumerable.Repeat(seed, 32)]);

    public static Jwk Public(Ed25519Key key) => Jwk.OfEd25519(key.PublicKey);

    public static string Thumbprint(Ed25519Key key) => Public(key).Thumbprint.ToBase64Url();

    public static KeyStatement Statement(Jwk key) => new(Party, key.Thumbprint, "deed", From);

    /// <summary>As the registrar vouches for a first key.</summary>
    public static RegisterKey Registration(Ed25519Key key) =>
        new(
            KeyStream,
            Thumbprint(key),
            KeyDecider.Write(Public(key)),
            KeyPurpose.Deed,
            KeyCustody.Own,
            From,
            Pop: Statement(Public(key)).Sign(key),
            Vouch: Statement(Public(key)).Sign(Registrar),
            Voucher: KeyDecider.Write(Public(Registrar))
        );

    /// <summary>A chain to which these commands came, past every decider.</summary>
    public static Scenario After(params KeyCommand[] before) =>
        new Scenario().Append(
            KeyStream,
            before.Select(c =>
                c switch
                {
                    RegisterKey k => (LedgerEvent)
                        new KeyRegistered(
                            k.Thumbprint,
                            k.Jwk,
                            k.Purpose,
                            k.Custody,
                            k.From,
                            k.To,
                            k.Pop,
                            k.Vouch,
                            k.Voucher
                        ),
                    RevokeKey k => new KeyRevoked(k.Thumbprint, k.CompromisedSince, k.Reason),
                    _ => throw new UnknownCommandException(c),
                }
            )
        );

    public static Keychain Chain(params KeyCommand[] before) => After(before).Fold(KeyStream, Keychain.Fold);

    public static Decision Register(RegisterKey key, params KeyCommand[] before) => After(before).First(key);
}
