using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ledger.Proof;
using Ledger.Proof.Bundles;

namespace Ledger.Tests.Proof.Bundles;

/// <summary>A log of one issuer, one trader and three witnesses, small enough for trees by the plain definition; it
/// gathers the parts of a bundle as an exporter does.</summary>
sealed class SmallLog
{
    const string Quorum = "group q 2 w1 w2 w3\nquorum q\n";
    static readonly Ed25519Key Issuer = new(SampleSigners.Seed(0x21)),
        Trader = new(SampleSigners.Seed(0x22)),
        Registrar = new(SampleSigners.Seed(0x23));

    readonly List<SignedLeaf> leaves = [];
    readonly List<Hash> streams = [];
    readonly SortedDictionary<string, HeadMapEntry> heads = new(StringComparer.Ordinal);
    readonly List<(ulong Size, string Note)> published = [];
    (BundleLeafPlace Leaf, SmallMap Map)? mapped;
    long clock = 1_767_578_400;

    readonly record struct BundleLeafPlace(ulong Index);

    SmallLog()
    {
        Append(Named("operator"), "key-registered.v1", Registration(Issuer, "leaf", "service", ""));
        Publish();
        var statement = new KeyStatement(Named("trader"), Thumbprint(Trader), "deed", clock);
        var vouched =
            $",\"pop\":\"{statement.Sign(Trader)}\",\"vouch\":\"{statement.Sign(Registrar)}\",\"voucher\":{Jwk.OfEd25519(Registrar.PublicKey).Json}";
        Append(Named("trader"), "key-registered.v1", Registration(Trader, "deed", "own", vouched));
        Publish();
    }

    public static Hash Item { get; } = Named("item");

    public static byte[] Policy { get; } = Encoding.UTF8.GetBytes(SampleSigners.PolicyText(3, Quorum));

    public static byte[] Registrars { get; } =
        Encoding.UTF8.GetBytes($"office {Thumbprint(Registrar).ToBase64Url()}\n");

    /// <summary>Everything that a reader can require, but that every event is by an own key.</summary>
    public static VerifyOptions Strict { get; } =
        new()
        {
            Registrars = Registrars,
            Require = Requirements.Witnessed | Requirements.SaidBy | Requirements.Complete | Requirements.Time,
        };

    /// <summary>An item of so many events, the first by the trader's own key, mapped and published.</summary>
    public static SmallLog Of(int events)
    {
        var log = new SmallLog();
        for (var n = 1; n <= events; n++)
        {
            if (n == 1)
                log.Append(Item, "item-registered.v1", """{"category":"used-car"}""", [Named("vin")], byTrader: true);
            else
                log.Append(Item, "odometer-observed.v1", $$"""{"valueKm":{{n}}}""");
            log.Append(Named("another item"), "item-listed.v1", "{}");
            log.Publish();
        }
        log.Map();
        log.Publish();
        return log;
    }

    /// <summary>A further event of the item, mapped and published.</summary>
    public SmallLog Grow()
    {
        Append(Item, "odometer-observed.v1", """{"valueKm":99}""");
        Publish();
        Map();
        Publish();
        return this;
    }

    public ulong Size => (ulong)leaves.Count;

    /// <summary>The bundle of the item against the newest checkpoint.</summary>
    public BundleParts Parts()
    {
        var (place, map) = mapped!.Value;
        int[] events = [.. Of(Item)];
        int[] shown = [.. events, .. Of(Named("operator")), .. Of(Named("trader"))];
        var wanted = shown.SelectMany(i => Around((ulong)i)).Append(Older(place.Index)).ToHashSet();
        return new()
        {
            Handle = Item,
            Checkpoint = published[^1].Note,
            Policy = Policy,
            Events = [.. events.Select(Shown)],
            Notes =
            [
                .. published.Where(p => wanted.Contains(p.Size) && p.Size < Size).Select(p => Note(p.Size, p.Note)),
            ],
            Keys = [Key(Issuer, "operator", map), Key(Trader, "trader", map)],
            HeadMap = new(Shown((int)place.Index), map.Member(Item)),
            Identifiers = [map.Member(Named("vin"))],
            Report = manifest => $"<!doctype html><p>{manifest.ToHex()}</p>\n",
        };
    }

    public byte[] Bundle() => BundleWriter.Write(Parts());

    public BundleNote Note(ulong size, string? note) =>
        new(size, Root(size), [.. PlainTree.Consistency((int)size, Hashes())], note);

    static Hash Named(string name) => Hash.Of(Encoding.UTF8.GetBytes(name));

    static Hash Thumbprint(Ed25519Key key) => Jwk.OfEd25519(key.PublicKey).Thumbprint;

    Hash Root(ulong size) => Merkle.Root(Hashes().AsSpan(0, (int)size));

    Hash[] Hashes() => [.. leaves.Select(l => l.LeafHash)];

    IEnumerable<int> Of(Hash stream) => Enumerable.Range(0, leaves.Count).Where(i => streams[i] == stream);

    ulong Older(ulong size) => published.Where(p => p.Size <= size).Select(p => p.Size).DefaultIfEmpty().Max();

    ulong[] Around(ulong index) =>
        [Older(index), published.Where(p => p.Size > index).Select(p => p.Size).DefaultIfEmpty().Min()];

    BundleLeaf Shown(int i) => new($"{leaves[i]}", (ulong)i, [.. PlainTree.Path(i, Hashes())]);

    BundleKey Key(Ed25519Key key, string stream, SmallMap map) =>
        new(Thumbprint(key), map.Member(Named(stream)), [.. Of(Named(stream)).Select(Shown)]);

    string Registration(Ed25519Key key, string purpose, string custody, string more)
    {
        var jwk = Jwk.OfEd25519(key.PublicKey);
        var (thumbprint, from) = (jwk.Thumbprint.ToBase64Url(), clock.ToString(CultureInfo.InvariantCulture));
        return $$"""{"thumbprint":"{{thumbprint}}","jwk":{{jwk.Json}},"purpose":"{{purpose}}","custody":"{{custody}}","from":{{from}}{{more}}}""";
    }

    void Append(Hash stream, string evt, string said, ImmutableArray<Hash> ids = default, bool byTrader = false)
    {
        clock += 60;
        var index = Size;
        heads.TryGetValue(stream.ToHex(), out var head);
        var jti = new Guid((int)index, 0, 0, new byte[8]);
        var disclosures = byTrader
            ? Disclosures.Make(jti, new DisclosureDraft("owner", "\"李雷\""u8.ToArray(), SampleSigners.Seed(9)))
            : Disclosures.None;
        var claims = new LeafClaims
        {
            Iss = "https://ledger.example.org",
            Iat = clock,
            Jti = jti,
            Evt = evt,
            Item = stream,
            N = (long)head.N + 1,
            Prev = head.LeafHash,
            Said = Encoding.UTF8.GetBytes(said),
            Ids = ids.IsDefault ? [] : ids,
        };
        if (byTrader)
            claims = claims with { Act = [Deed(claims, disclosures)] };
        var leaf = new LeafSigner(Issuer).Sign(claims, disclosures);
        leaves.Add(leaf);
        streams.Add(stream);
        foreach (var key in (Hash[])[stream, .. claims.Ids])
            heads[key.ToHex()] = new(
                key,
                heads.TryGetValue(key.ToHex(), out var known) ? known.N + 1 : 1,
                leaf.LeafHash,
                index
            );
    }

    string Deed(LeafClaims claims, Disclosures disclosures) =>
        CompactJws.Sign(
            Trader,
            Ledger.Proof.Deed.Typ,
            new Deed
            {
                Party = Named("trader"),
                Role = "registrant",
                Evt = claims.Evt,
                Item = claims.Item,
                Jti = claims.Jti,
                Digest = Ledger.Proof.Deed.DigestOf(claims, disclosures.Sd),
                SeenSize = published[^1].Size,
                SeenRoot = Root(published[^1].Size),
                Exp = clock + 900,
            }.ToJson()
        );

    void Publish()
    {
        clock += 5;
        var lines = Enumerable.Range(1, 3).Select(i => SampleSigners.Witness(i).At((ulong)(clock + i)));
        var body = new Checkpoint(SampleSigners.Origin, Size, Root(Size)).Body;
        published.Add((Size, SignedNote.Sign(body, [SampleSigners.Log, .. lines])));
    }

    void Map()
    {
        var map = new SmallMap([.. heads.Values]);
        var place = new BundleLeafPlace(Size);
        var said = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"treeSize":{{Size}},"mapSize":{{heads.Count}},"mapRoot":"{{map.Root.ToBase64Url()}}"}"""
        );
        Append(Named("log"), "head-map.v1", said);
        mapped = (place, map);
    }
}
