using System.Collections.Immutable;

namespace Ledger.Proof;

/// <summary>The claims of a leaf as JSON: members in the one order of proof.md §6, no white space.</summary>
static class LeafWriter
{
    /// <summary>Cheap checks that the caller's mistakes do not become leaves which no reader takes.</summary>
    /// <exception cref="ArgumentException">A number out of its range, a claim that is no object, five
    /// deeds.</exception>
    /// <exception cref="LeafFlawException">Said or judged hold what no reader takes.</exception>
    public static void Check(LeafClaims claims)
    {
        if (claims.Iat < 0 || claims.N < 1 || !StrictJson.IsSafe(claims.N) || claims.Act.Length > 4)
            throw new ArgumentException("A time, a number in the chain or the deeds do not fit.", nameof(claims));
        if (claims.N == 1 && claims.Prev != default)
            throw new ArgumentException("Nothing comes before the first leaf of a chain.", nameof(claims));
        if (!IsObject(claims.Said) || !(claims.Judged.IsEmpty || IsObject(claims.Judged)))
            throw new ArgumentException("said and judged are objects.", nameof(claims));
        foreach (var part in (ReadOnlySpan<ReadOnlyMemory<byte>>)[claims.Said, claims.Judged])
            if (!part.IsEmpty && StrictJson.FlawIn(part.Span, JsonRules.Leaf) is not JsonFlaw.None and var flaw)
                throw new LeafFlawException(flaw);
    }

    static bool IsObject(ReadOnlyMemory<byte> json) => json.Span is [(byte)'{', .., (byte)'}'];

    public static void WritePayload(Utf8Builder json, LeafClaims claims, Disclosures disclosures)
    {
        json.Add("{\"iss\":"u8);
        json.AddText(claims.Iss);
        json.Add(",\"iat\":"u8);
        json.Add(claims.Iat);
        json.Add(",\"jti\":\""u8);
        json.Add(claims.Jti);
        json.Add("\",\"evt\":"u8);
        json.AddText(claims.Evt);
        WriteAt(json, claims);
        json.Add(",\"item\":"u8);
        WriteHash(json, claims.Item);
        json.Add(",\"n\":"u8);
        json.Add(claims.N);
        json.Add(",\"prev\":"u8);
        WriteHash(json, claims.Prev);
        WriteIds(json, claims);
        json.Add(",\"said\":"u8);
        json.Add(claims.Said.Span);
        if (!claims.Judged.IsEmpty)
        {
            json.Add(",\"judged\":"u8);
            json.Add(claims.Judged.Span);
        }
        WriteDocs(json, claims);
        WriteRef(json, claims);
        WriteTexts(json, ",\"act\":["u8, claims.Act);
        if (!disclosures.Sd.IsEmpty)
            json.Add(",\"_sd_alg\":\"sha-256\""u8);
        WriteTexts(json, ",\"_sd\":["u8, disclosures.Sd);
        json.Add("}"u8);
    }

    /// <summary>What a party signs of a leaf; to be brought into canonical form.</summary>
    public static void WriteDeed(Utf8Builder json, LeafClaims claims, ImmutableArray<string> sd)
    {
        json.Add("{\"said\":"u8);
        json.Add(claims.Said.Span);
        WriteAt(json, claims);
        WriteIds(json, claims);
        WriteDocs(json, claims);
        WriteRef(json, claims);
        WriteTexts(json, ",\"_sd\":["u8, sd);
        json.Add("}"u8);
    }

    static void WriteAt(Utf8Builder json, LeafClaims claims)
    {
        if (claims.At is not { } at)
            return;
        json.Add(",\"at\":"u8);
        json.AddText(LeafInstant.Text(at));
    }

    static void WriteIds(Utf8Builder json, LeafClaims claims)
    {
        var opening = ",\"ids\":["u8;
        foreach (ref readonly var id in claims.Ids.AsSpan())
        {
            json.Add(opening);
            WriteHash(json, id);
            opening = ","u8;
        }
        if (!claims.Ids.IsEmpty)
            json.Add("]"u8);
    }

    static void WriteDocs(Utf8Builder json, LeafClaims claims)
    {
        var opening = ",\"docs\":["u8;
        foreach (ref readonly var document in claims.Docs.AsSpan())
        {
            json.Add(opening);
            json.Add("{\"h\":"u8);
            WriteHash(json, document.H);
            json.Add(",\"mt\":"u8);
            json.AddText(document.Mt);
            json.Add(",\"sz\":"u8);
            json.Add(document.Sz);
            json.Add("}"u8);
            opening = ","u8;
        }
        if (!claims.Docs.IsEmpty)
            json.Add("]"u8);
    }

    static void WriteRef(Utf8Builder json, LeafClaims claims)
    {
        var opening = ",\"ref\":["u8;
        foreach (ref readonly var reference in claims.Ref.AsSpan())
        {
            json.Add(opening);
            json.Add("{\"jti\":\""u8);
            json.Add(reference.Jti);
            json.Add("\",\"h\":"u8);
            WriteHash(json, reference.H);
            json.Add("}"u8);
            opening = ","u8;
        }
        if (!claims.Ref.IsEmpty)
            json.Add("]"u8);
    }

    static void WriteTexts(Utf8Builder json, ReadOnlySpan<byte> opening, ImmutableArray<string> texts)
    {
        foreach (var text in texts)
        {
            json.Add(opening);
            json.AddText(text);
            opening = ","u8;
        }
        if (!texts.IsEmpty)
            json.Add("]"u8);
    }

    static void WriteHash(Utf8Builder json, in Hash hash)
    {
        json.Add("\""u8);
        json.AddBase64Url(hash);
        json.Add("\""u8);
    }
}
