using System.Collections.Immutable;

namespace Ledger.Proof.Bundles;

/// <summary>
/// Checks a bundle for a reader who trusts nobody but the logs and witnesses of his own policy (proof.md §1, §10): no
/// network, no clock, nothing of what the server says about itself.
/// </summary>
public static class BundleVerifier
{
    /// <summary>Verdicts of every event, and everything that is wrong. It does not throw, whatever the bytes
    /// are.</summary>
    /// <param name="bundle">The zip.</param>
    /// <param name="policy">The reader's own policy file.</param>
    /// <param name="options">What else he gives, and what he requires.</param>
    public static BundleVerdict Verify(ReadOnlyMemory<byte> bundle, ReadOnlySpan<byte> policy, VerifyOptions options)
    {
        var findings = new BundleFindings();
        var trust = TrustPolicy.Read(policy, out var error);
        if (error is not null)
            findings.Add("policy", $"{error}");
        var registrars = Registrars.Read((options.Registrars ?? "\n"u8.ToArray()).Span, out error);
        if (error is not null)
            findings.Add("registrars", $"{error}");
        var open = OpenBundle.Read(bundle, trust, findings);
        if (open is null || registrars is null)
            return new(false, [], [], [.. findings.All], [], trust);
        var verified = new Verification(open, registrars, options, findings);
        verified.Run();
        var same = open.Files[BundleName.Policy].Span.SequenceEqual(policy);
        string[] warnings = same ? [] : ["policy.txt of the bundle is not the reader's policy"];
        return new(verified.IsValid, verified.Events, verified.Linked, [.. findings.All], [.. warnings], trust);
    }
}

/// <summary>The steps after the files are open, in the order of proof.md §10.</summary>
sealed class Verification(
    OpenBundle bundle,
    IReadOnlySet<Hash> registrars,
    VerifyOptions options,
    BundleFindings findings
)
{
    HeadMapView? map;
    VerifiedKeys keys = VerifiedKeys.Empty;
    Verification? before;

    public ImmutableArray<EventVerdict> Events { get; private set; } = [];

    /// <summary>Those of other streams, by the name of their files.</summary>
    public ImmutableArray<EventVerdict> Linked { get; private set; } = [];

    public bool IsValid =>
        findings.All.Count == 0
        && Events.All(e => Meets(e, options.Require))
        && Linked.All(e => Meets(e, options.Require & ~Requirements.Complete));

    public void Run()
    {
        if (options.Base is { } zip)
            before = findings.Try("base", "", () => Base(zip));
        map = HeadMapView.Read(bundle, findings);
        if (map is not null)
            keys = VerifiedKeys.Read(bundle, map, registrars, findings);
        CheckHeadMapSignature();
        // Below the reader's quorum a map may be one of several: it says nothing of what was revoked.
        if (bundle.Checkpoint is not { Fault: null })
            keys = VerifiedKeys.Empty;
        if (options.Pin is { } pin)
            findings.Try("pin", "", () => Pinned(pin.Span));
        var saidBy = new SaidBy(keys, bundle.Notes, findings);
        var words = bundle.Events.ToDictionary(e => e.Key, e => saidBy.Word(e.Value));
        var linked = bundle.Linked.Values.Select(l => (Shown: l, Word: saidBy.Word(l))).ToList();
        var required = options.Require.HasFlag(Requirements.Complete);
        var complete = new Completeness(bundle, before?.Opened, map, [.. Leaves], findings).Judge(required);
        Events = [.. bundle.Events.Select(e => Judged(e.Key, e.Value, words[e.Key], complete(e.Key)))];
        Linked = [.. linked.Select(l => Judged(0, l.Shown, l.Word, VerdictWords.NotAsked))];
        if (Events.IsEmpty && required && !VerdictWords.IsComplete(complete(0)))
            findings.Add("complete", $"{complete(0)}, and there is no event to say it");
        new LinkedCheck(bundle, before?.Opened, findings).Run();
        new CredentialCheck(bundle, before?.Opened, keys, findings).Run();
    }

    static bool Meets(EventVerdict e, Requirements required) =>
        Requirement.Each(required).All(one => VerdictWords.Meets(e, one));

    OpenBundle Opened => bundle;

    /// <summary>Every leaf that is shown, those of the base too.</summary>
    IEnumerable<ShownLeaf> Leaves =>
        [
            .. bundle.Events.Values,
            .. bundle.Linked.Values,
            .. keys.Leaves,
            .. map is null ? (ShownLeaf[])[] : [map.Shown],
            .. before?.Leaves ?? [],
        ];

    EventVerdict Judged(ulong n, ShownLeaf shown, string saidBy, string complete) =>
        new(
            n,
            shown.Index,
            shown.Leaf?.Claims.Evt,
            shown.Existed,
            saidBy,
            complete,
            LeafTime.Of(shown, bundle.Notes).Word,
            shown.Leaf is { } leaf ? DateTimeOffset.FromUnixTimeSeconds(leaf.Claims.Iat) : null,
            shown.Leaf?.Claims.At
        );

    void CheckHeadMapSignature()
    {
        if (map is null || keys.FaultIn(map.Shown, map.Leaf, bundle.Notes) is not { } fault)
            return;
        findings.Add(VerdictWords.NoHeadMap, $"{BundleName.HeadMap}: {fault}");
        (map, keys) = (null, VerifiedKeys.Empty);
    }

    /// <summary>The bundle that a delta goes on from: valid by itself, and a prefix of this one's log.</summary>
    Verification Base(ReadOnlyMemory<byte> zip)
    {
        var delta = bundle.Manifest.Delta ?? throw new MalformedBundleException("the bundle is no delta");
        var found = new BundleFindings();
        var open =
            OpenBundle.Read(zip, bundle.Policy, found)
            ?? throw new MalformedBundleException($"it cannot be read: {found.All[0].Code} {found.All[0].Detail}");
        var own = new VerifyOptions { Require = options.Require & ~Requirements.Complete };
        var verified = new Verification(open, registrars, own, found);
        verified.Run();
        MalformedBundleException.Unless(
            verified.IsValid,
            $"it is not valid itself: {(found.All.Count > 0 ? found.All[0].Code : "a verdict of its events")}"
        );
        MalformedBundleException.Unless(open.Manifest.Delta is null, "it is a delta itself");
        MalformedBundleException.Unless(open.Manifest.Handle == bundle.Manifest.Handle, "it is of another stream");
        MalformedBundleException.Unless(
            open.Checkpoint is not null
                && bundle.Checkpoint is not null
                && open.Checkpoint.Stated.Origin == bundle.Checkpoint.Stated.Origin,
            "it is of another log"
        );
        var (size, root) = (open.Checkpoint.Stated.Size, open.Checkpoint.Stated.Root);
        MalformedBundleException.Unless(size == delta.Since, "its size is not the delta's since");
        MalformedBundleException.Unless(
            bundle.Notes.Consistent(size) == root,
            "it is not shown that the checkpoint goes on from it"
        );
        MalformedBundleException.Unless(
            delta.First == open.Events.Keys.Last() + 1,
            "the delta does not begin right after it"
        );
        return verified;
    }

    CheckedNote Pinned(ReadOnlySpan<byte> file)
    {
        var pin = CheckedNote.Read(file, bundle.Policy);
        var (size, root) = (pin.Stated.Size, pin.Stated.Root);
        MalformedBundleException.Unless(pin.IsOfLog, "the pinned checkpoint is not signed by a log of the policy");
        MalformedBundleException.Unless(bundle.Checkpoint?.Stated.Origin == pin.Stated.Origin, "another log");
        var now = bundle.Checkpoint!.Stated;
        MalformedBundleException.Unless(
            size == now.Size && root == now.Root
                || size == 0 && root == Merkle.EmptyRoot
                || bundle.Notes.Consistent(size) == root,
            "it is not shown that the checkpoint goes on from it"
        );
        return pin;
    }
}
