using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Proof;

namespace Ledger.Tests.Parties;

/// <summary>Keys of a party and of its registrar, and registrations signed with them.</summary>
static class PartyKey
{
    public const long From = 1767578400;
    public static readonly Guid Keys = Story.Id(9);
    public static readonly Hash Party = Hash.Of("party"u8);
    public static readonly Ed25519Key Own = Seeded(21),
        Next = Seeded(22),
        Registrar = Seeded(23),
        Stranger = Seeded(24);

    public static Ed25519Key Seeded(byte seed) => new([.. Enumerable.Repeat(seed, 32)]);

    public static Jwk Public(Ed25519Key key) => Jwk.OfEd25519(key.PublicKey);

    public static string Thumbprint(Ed25519Key key) => Public(key).Thumbprint.ToBase64Url();

    public static KeyStatement Statement(Jwk key) => new(Party, key.Thumbprint, "deed", From);

    /// <summary>As the registrar vouches for a first key.</summary>
    public static KeyRegistered Registration(Ed25519Key key) =>
        new(
            Thumbprint(key),
            KeyDecider.Write(Public(key)),
            KeyPurpose.Deed,
            KeyCustody.Own,
            From,
            Pop: Statement(Public(key)).Sign(key),
            Vouch: Statement(Public(key)).Sign(Registrar),
            Voucher: KeyDecider.Write(Public(Registrar))
        );

    /// <summary>A chain of these events.</summary>
    public static Keychain Chain(params LedgerEvent[] events) =>
        Keychain.Fold(
            events.Select(
                (e, i) =>
                    new Recorded(Story.Id(i), Keys, i + 1, Story.Start, e, new("key", Story.Start, "a", "ADM", ""))
                    {
                        Type = EventCatalog.Of(e).WireName,
                    }
            )
        );

    public static Decision Register(KeyRegistered key, params LedgerEvent[] before) =>
        KeyDecider.Register(key, Chain(before), Keys, Party, ImmutableDictionary<GuardKey, string>.Empty);
}
