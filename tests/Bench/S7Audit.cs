using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;
using Ledger.Proof;
using Ledger.Store.Auditing;
using Support;

namespace Bench;

/// <summary>The audit of a whole log, beside what hashing and parsing its leaves in memory takes. It has no way to
/// leave
/// signatures out: the line with the fewest says how many it looks at.</summary>
static class S7Audit
{
    const int Batch = 256;

    /// <summary>Of these a sample takes each (<c>SignedLeaves</c>); further back one in 32.</summary>
    const int Newest = 10_000;

    public static async Task<IReadOnlyList<Line>> RunAsync(RealLog log, Settings settings)
    {
        var bodies = await log.BodiesAsync();
        var findings = 0;
        async Task<Sample> AuditAsync(bool all)
        {
            var houseWitness = log.Ledger.Node.Witness;
            var audit = new Audit(
                log.Ledger.Database,
                async stop => new(houseWitness.Vkey, await houseWitness.NewestAsync(stop)),
                [],
                _ => { }
            );
            var started = Stopwatch.GetTimestamp();
            var report = await audit.RunAsync(new(0, all, log.Folder.LogFolder), default);
            var taken = Stopwatch.GetElapsedTime(started);
            findings += report.Findings.Count + (report.Leaves == (ulong)bodies.Count ? 0 : 1);
            return new(report.Leaves / taken.TotalSeconds, []);
        }
        Sample Limit(bool verify) =>
            Load.OnOneCore(settings.Seconds, Batch, i => HashAndParse(bodies, (long)i * Batch, verify));
        List<Sample> sampled = [],
            limit = [],
            all = [],
            signedLimit = [];
        await AuditAsync(all: true); // A warm-up, which counts for correctness only.
        for (var round = 0; round < settings.Rounds; round++)
        {
            sampled.Add(await AuditAsync(all: false));
            limit.Add(Limit(verify: false));
            all.Add(await AuditAsync(all: true));
            signedLimit.Add(Limit(verify: true));
            Console.Error.WriteLine($"S7 audit round {round + 1}: {sampled[^1].Rate:F0} leaves/s");
        }
        var correct = await log.Load.CheckAsync();
        correct = correct with { Gapless = correct.Gapless && findings == 0 };
        Line Of(string signatures, List<Sample> ours, string peer, List<Sample> theirs) =>
            new("S7", "audit_leaves_per_s", $"leaves={bodies.Count},signatures: {signatures}", "1/s", Figures.Of(ours))
            {
                Peer = Figures.Of(theirs, peer),
                Order = "ABAB",
                EventsBefore = bodies.Count,
                Correct = correct,
            };
        var fewest = bodies.Count <= Newest ? $"the newest {Newest}, here all" : $"the newest {Newest} and one in 32";
        return
        [
            Of(fewest, sampled, "SHA-256 and parse limit of the run", limit).Against(.5),
            Of("all", all, "SHA-256, parse and Ed25519 verify limit of the run", signedLimit),
        ];
    }

    /// <summary>A batch of leaves, round and round: the hash of the whole, and its payload as JSON.</summary>
    static void HashAndParse(List<byte[]> bodies, long first, bool verify)
    {
        for (var i = 0; i < Batch; i++)
        {
            ReadOnlySpan<byte> body = bodies[(int)((first + i) % bodies.Count)];
            Merkle.LeafHash(body);
            var (dot, end) = (body.IndexOf((byte)'.'), body.LastIndexOf((byte)'.'));
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromUtf8(body[(dot + 1)..end]));
            if (verify && !Ed25519.Verify(Key, body[..end], Base64Url.DecodeFromUtf8(body[(end + 1)..])))
                throw new InvalidOperationException(
                    $"Leaf {(first + i) % bodies.Count} is not signed by the log's key."
                );
        }
    }

    static readonly byte[] Key = TestLedger.Keys.Leaf.PublicKey.ToArray();
}
