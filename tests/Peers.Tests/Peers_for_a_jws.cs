using System.Diagnostics;
using System.Text;
using Ledger.Proof;
using Ledger.Tests.Proof;
using Support;

namespace Peers.Tests;

/// <summary>OpenSSL.</summary>
public sealed class Peers_for_a_jws : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("openssl-");

    public void Dispose() => folder.Delete(recursive: true);

    void Write(string name, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(Path.Combine(folder.FullName, name), bytes);

    async Task<(bool Ok, string Output)> RunAsync(string arguments)
    {
        var start = new ProcessStartInfo(Peer.Need("openssl", "Debian: openssl"), arguments.Split(' '))
        {
            WorkingDirectory = folder.FullName,
        };
        var (exit, output, error) = await Peer.Run(start, "", TestContext.Current.CancellationToken);
        return (exit == 0, output + error);
    }

    [Fact]
    public async Task verify_the_ed25519_signature_of_a_leaf()
    {
        Assert.True(Leaf.TryRead(WorkedExample.Signed[1].Jwt, out var leaf, out _));
        Write("key.der", [.. Convert.FromHexString("302a300506032b6570032100"), .. WorkedExample.IssuerKey.PublicKey]);
        Write("text", leaf.Jws.SigningInput);
        Write("other", [.. leaf.Jws.SigningInput, (byte)'A']);
        Write("sig", leaf.Jws.Signature);
        const string verify = "pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -sigfile sig -in ";

        var (ok, output) = await RunAsync(verify + "text");
        Assert.True(ok, output);
        Assert.False((await RunAsync(verify + "other")).Ok);
    }

    [Fact]
    public async Task verify_our_es256_signatures_and_make_some_that_we_verify()
    {
        using var device = Forge.DeviceKey();
        var key = Forge.Public(device);
        Assert.True(
            CompactJws.TryRead(Forge.Ascii(Forge.Sign(device, Deed.Typ, "{}"u8)), Deed.Typ, out var jws, out _)
        );
        Write("key.pem", Encoding.ASCII.GetBytes(device.ExportSubjectPublicKeyInfoPem()));
        Write("private.pem", Encoding.ASCII.GetBytes(device.ExportPkcs8PrivateKeyPem()));
        Write("text", jws.SigningInput);
        Write("sig", Der(jws.Signature));

        var (ok, output) = await RunAsync("dgst -sha256 -verify key.pem -signature sig text");
        Assert.True(ok, output);
        for (var i = 0; i < 8; i++)
        {
            Assert.True((await RunAsync("dgst -sha256 -sign private.pem -out theirs text")).Ok);
            var theirs = Raw(File.ReadAllBytes(Path.Combine(folder.FullName, "theirs")));
            Assert.True(key.Verifies(jws.SigningInput, theirs));
            Assert.False(key.Verifies("text"u8, theirs));
        }
    }

    static byte[] Der(byte[] signature)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new System.Numerics.BigInteger(signature.AsSpan(..32), true, true));
            writer.WriteInteger(new System.Numerics.BigInteger(signature.AsSpan(32..), true, true));
        }
        return writer.Encode();
    }

    static byte[] Raw(byte[] der)
    {
        var sequence = new System.Formats.Asn1.AsnReader(der, System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
        var raw = new byte[64];
        foreach (var end in (int[])[32, 64])
        {
            var number = sequence.ReadInteger().ToByteArray(isUnsigned: true, isBigEndian: true);
            number.CopyTo(raw, end - number.Length);
        }
        return raw;
    }
}
