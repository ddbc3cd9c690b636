using System.Collections.Immutable;

namespace Ledger.Proof;

/// <summary>What is wrong with a policy file.</summary>
/// <param name="Line">From 1; 0 where it is the file as a whole.</param>
public sealed record PolicyError(int Line, string Text)
{
    public override string ToString() => Line == 0 ? Text : $"line {Line}: {Text}";
}

/// <summary>Reads one policy file, line by line; names are defined before use, once.</summary>
sealed class PolicyReader
{
    const string None = "none";

    readonly List<TrustedLog> logs = [];
    readonly List<Witness> witnesses = [];
    readonly Dictionary<string, Quorum> named = new(StringComparer.Ordinal);
    readonly HashSet<string> grouped = new(StringComparer.Ordinal);
    readonly HashSet<Hash> keys = [];
    int line;
    bool asked;
    Quorum? quorum;

    /// <exception cref="Wrong">At the first thing that is wrong.</exception>
    public TrustPolicy Read(ReadOnlySpan<byte> file)
    {
        var text =
            StrictText.Read(file)
            ?? throw No("no UTF-8 text of at most 2^20 bytes, without mark and CR, that ends with a line feed");
        foreach (var row in text[..^1].Split('\n'))
        {
            line++;
            if (row.Any(c => char.IsControl(c) && c != '\t'))
                throw No("a control character");
            var fields = row.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (fields is [] or [['#', ..], ..])
                continue;
            if (fields.Any(f => f.StartsWith('#')))
                throw No("a comment needs a line of its own");
            Entry(fields);
        }
        line = 0;
        return asked
            ? new TrustPolicy([.. logs], [.. witnesses], quorum, Hash.Of(file))
            : throw No("the line \"quorum <name>|none\" is missing");
    }

    void Entry(string[] fields)
    {
        switch (fields)
        {
            case ["log", var vkey]:
                Log(vkey, null);
                break;
            case ["log", var vkey, var url]:
                Log(vkey, url);
                break;
            case ["witness", var name, var vkey]:
                Witness(name, vkey, null);
                break;
            case ["witness", var name, var vkey, var url]:
                Witness(name, vkey, url);
                break;
            case ["group", var name, var needed, .. { Length: > 0 } members]:
                Group(name, needed, members);
                break;
            case ["quorum", var name]:
                Ask(name);
                break;
            default:
                throw No(
                    "neither \"log <vkey> [url]\", \"witness <name> <vkey> [url]\", "
                        + "\"group <name> all|any|<k> <member>...\" nor \"quorum <name>|none\""
                );
        }
    }

    void Log(string vkey, string? url)
    {
        var key = NoteVerifier.Read(vkey) ?? throw No("no verifier key of type 01, or its key id is of another key");
        Once(key.Key);
        logs.Add(new(key, Url(url)));
    }

    void Witness(string name, string vkey, string? url)
    {
        var key =
            CosignatureVerifier.Read(vkey) ?? throw No("no verifier key of type 04, or its key id is of another key");
        Once(key.Key);
        var witness = new Witness(name, key, Url(url));
        Define(name, new Quorum.One(witness));
        witnesses.Add(witness);
    }

    void Group(string name, string needed, string[] members)
    {
        var k = needed switch
        {
            "all" => (ulong)members.Length,
            "any" => 1UL,
            _ => StrictNumber.Read(needed) ?? throw No($"\"{needed}\" is neither all, any nor a number"),
        };
        if (k == 0 || k > (ulong)members.Length)
            throw No($"{k} of {members.Length} members is no quorum");
        // Defined last: a group is no member of itself.
        var parts = members.Select(Member).ToImmutableArray();
        Define(name, new Quorum.Group((int)k, parts));
    }

    Quorum Member(string name)
    {
        var member = Named(name);
        return grouped.Add(name) ? member : throw No($"\"{name}\" is in a group already");
    }

    void Ask(string name)
    {
        if (asked)
            throw No("a second quorum");
        asked = true;
        quorum = name == None ? null : Named(name);
    }

    Quorum Named(string name) =>
        named.GetValueOrDefault(name) ?? throw No($"\"{name}\" is not the name of a witness or group above");

    void Define(string name, Quorum what)
    {
        if (name == None || !named.TryAdd(name, what))
            throw No($"the name \"{name}\" is taken");
    }

    /// <summary>One key is one voice: under two names it would count twice.</summary>
    void Once(NoteKey key)
    {
        if (!keys.Add(Hash.Read(key.Public.AsSpan())))
            throw No($"the public key of \"{key.Name}\" stands above already");
    }

    string? Url(string? url) =>
        url is null || Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? url
            : throw No($"\"{url}\" is no http or https address");

    Wrong No(string text) => new(new(line, text));

    internal sealed class Wrong(PolicyError error) : Exception(error.ToString())
    {
        public PolicyError Error => error;
    }
}
