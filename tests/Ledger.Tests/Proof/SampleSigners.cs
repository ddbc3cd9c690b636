using System.Globalization;
using System.Text;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

/// <summary>A log and witnesses with keys that are made of one byte each.</summary>
static class SampleSigners
{
    public const string Origin = "ledger.example.org/trade-2026";

    public static byte[] Seed(byte value) => [.. Enumerable.Repeat(value, Ed25519Key.SeedSize)];

    public static NoteSigner Log { get; } = new(Origin, new Ed25519Key(Seed(1)));

    public static NoteVerifier LogVerifier { get; } = NoteVerifier.Read(Log.Vkey)!;

    /// <summary>The witness of the worked example is number 2 of a name of its own.</summary>
    public static Cosigner Witness(int number, string? name = null) =>
        new(name ?? $"witness.example.org/{number}", new Ed25519Key(Seed((byte)(number + 1))));

    public static CosignatureVerifier VerifierOf(Cosigner cosigner) => CosignatureVerifier.Read(cosigner.Vkey)!;

    /// <summary>Seven leaves' root is not the point here: any size with any root.</summary>
    public static Checkpoint Head(ulong size = 7) => new(Origin, size, Hash.Of([(byte)size]));

    /// <summary>A checkpoint signed by the log and cosigned by the witnesses at their times, in that order.</summary>
    public static string Note(params ReadOnlySpan<(int Witness, ulong Time)> lines)
    {
        var signers = new List<INoteSigner> { Log };
        foreach (var (witness, time) in lines)
            signers.Add(Witness(witness).At(time));
        return SignedNote.Sign(Head().Body, [.. signers]);
    }

    /// <summary>A policy of the log and of witnesses w1, w2 … with what follows them.</summary>
    public static string PolicyText(int witnesses, string rest)
    {
        var text = new StringBuilder($"log {Log.Vkey}\n");
        for (var i = 1; i <= witnesses; i++)
            text.Append(CultureInfo.InvariantCulture, $"witness w{i} {Witness(i).Vkey}\n");
        return text.Append(rest).ToString();
    }

    public static TrustPolicy Policy(int witnesses, string rest)
    {
        var policy = TrustPolicy.Read(Encoding.UTF8.GetBytes(PolicyText(witnesses, rest)), out var error);
        Assert.Null(error);
        return policy!;
    }
}
