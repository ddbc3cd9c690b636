using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Proof;

namespace Api.Tests.Http;

/// <summary>A party that signs for itself, on a desk (Ed25519) or on a device (ES256).</summary>
public sealed class Signatory(Caller caller, string party, bool device = false)
{
    /// <summary>Every registration of these tests begins here.</summary>
    public const long From = 1_767_225_600;

    /// <summary>Whom everybody knows.</summary>
    public static readonly Ed25519Key Registrar = new(RandomNumberGenerator.GetBytes(32));

    readonly (Jwk Key, Func<byte[], byte[]> Sign) pair = device ? OnDevice() : OnDesk();

    public Jwk Key => pair.Key;

    public string Thumbprint => Key.Thumbprint.ToBase64Url();

    /// <summary>The party's keys over HTTP.</summary>
    public string Path { get; } = $"{Goods.PathOf(party)}/keys";

    public string Sign(byte[] input) => CompactJws.Join(input, pair.Sign(input));

    public string Sign(Deed deed) => Sign(CompactJws.ToSign(Key, Deed.Typ, deed.ToJson()));

    /// <summary>The body that registers its key, vouched for by the registrar.</summary>
    public async Task<JsonObject> RegistrationAsync()
    {
        var handle = (string)(await caller.GetAsync(Path)).Is(200).Json["party"]!;
        var statement = new KeyStatement(StrictBase64.ReadUrlHash(handle)!.Value, Key.Thumbprint, "deed", From);
        return new()
        {
            ["jwk"] = JsonNode.Parse(Key.Json),
            ["from"] = From,
            ["pop"] = Sign(CompactJws.ToSign(Key, KeyStatement.Typ, statement.ToJson())),
            ["vouch"] = statement.Sign(Registrar),
            ["voucher"] = JsonNode.Parse(Jwk.OfEd25519(Registrar.PublicKey).Json),
        };
    }

    public static async Task<Signatory> RegisteredAsync(Caller caller, string party, bool device = false)
    {
        var signatory = new Signatory(caller, party, device);
        (await caller.PostAsync(signatory.Path, (await signatory.RegistrationAsync()).ToJsonString())).Is(201);
        return signatory;
    }

    /// <summary>Asks for the deed of a command.</summary>
    public Task<Reply> AskAsync(string path, object body, string key) =>
        caller.PostAsync($"{path}?prepare=true&role=seller", body, key, ("Ledger-Deed-Key", Thumbprint));

    /// <summary>The deed of a command, as the service drafts it.</summary>
    public async Task<(byte[] Input, Deed Deed)> PrepareAsync(string path, object body, string key)
    {
        var reply = (await AskAsync(path, body, key)).Is(200);
        var input = (string)reply.Json["deed"]!;
        var payload = StrictBase64.ReadUrl(input.Split('.')[1])!;
        return (Encoding.ASCII.GetBytes(input), Deed.Read(payload)!);
    }

    /// <summary>The same command with what was signed.</summary>
    public Task<Reply> RecordAsync(string path, object body, string key, params string[] act)
    {
        var signed = JsonSerializer.SerializeToNode(body)!.AsObject();
        signed["act"] = JsonSerializer.SerializeToNode(act);
        return caller.PostAsync(path, signed.ToJsonString(), key);
    }

    static (Jwk, Func<byte[], byte[]>) OnDesk()
    {
        var key = new Ed25519Key(RandomNumberGenerator.GetBytes(32));
        return (Jwk.OfEd25519(key.PublicKey), input => key.Sign(input));
    }

    static (Jwk, Func<byte[], byte[]>) OnDevice()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        return (Jwk.OfP256(point.X, point.Y)!, input => key.SignData(input, HashAlgorithmName.SHA256));
    }
}
