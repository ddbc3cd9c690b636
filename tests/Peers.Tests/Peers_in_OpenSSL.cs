using Ledger.Proof;
using Ledger.Tests.Proof;
using Support;

namespace Peers.Tests;

public sealed class Peers_in_OpenSSL : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ledger-openssl-");

    public void Dispose() => folder.Delete(recursive: true);

    string Put(string name, params byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    static byte[] Der(string head, ReadOnlySpan<byte> key) => [.. Convert.FromHexString(head), .. key];

    static async Task<int> OpenSsl(params string[] arguments)
    {
        var program = Peer.Need("openssl", "Debian: openssl");
        return (await Peer.Run(new(program, arguments), "", TestContext.Current.CancellationToken)).Exit;
    }

    static byte[] Text => System.Text.Encoding.UTF8.GetBytes(SampleSigners.Head().Body);

    [Fact]
    public async Task verify_our_signature_and_not_of_another_text()
    {
        using var key = new Ed25519Key(SampleSigners.Seed(4));
        var publicKey = Put("public.der", Der("302a300506032b6570032100", key.PublicKey));
        var signature = Put("signature", key.Sign(Text));
        Assert.Equal(0, await Verify(Put("text", Text)));
        Assert.NotEqual(0, await Verify(Put("another", [.. Text, 0])));

        Task<int> Verify(string text) =>
            OpenSsl([
                "pkeyutl",
                "-verify",
                "-pubin",
                "-keyform",
                "DER",
                "-inkey",
                publicKey,
                .. About(text, signature),
            ]);
    }

    static string[] About(string text, string signature) => ["-rawin", "-in", text, "-sigfile", signature];

    [Fact]
    public async Task sign_as_we_do()
    {
        using var key = new Ed25519Key(SampleSigners.Seed(4));
        var (privateKey, signature) = (
            Put("private.der", Der("302e020100300506032b657004220420", SampleSigners.Seed(4))),
            Path.Combine(folder.FullName, "theirs")
        );
        string[] arguments = ["pkeyutl", "-sign", "-keyform", "DER", "-inkey", privateKey, "-rawin"];
        Assert.Equal(0, await OpenSsl([.. arguments, "-in", Put("text", Text), "-out", signature]));
        Assert.Equal(key.Sign(Text), await File.ReadAllBytesAsync(signature, TestContext.Current.CancellationToken));
    }
}
