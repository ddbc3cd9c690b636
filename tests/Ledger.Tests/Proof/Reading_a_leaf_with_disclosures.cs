using System.Text.Json;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Reading_a_leaf_with_disclosures
{
    static readonly SignedLeaf Signed = WorkedExample.Signed[1];

    static LeafFault Fault(string text)
    {
        Assert.Equal(DisclosedLeaf.TryRead(Forge.Ascii(text), out var disclosed, out var fault), disclosed is not null);
        Assert.Equal(disclosed is not null, fault == default);
        return fault;
    }

    static LeafFault Disclosure(SdJwtFlaw flaw) => new(LeafFlaw.Disclosure, $"{flaw}");

    [Fact]
    public void finds_the_facts_of_the_worked_example()
    {
        Assert.True(DisclosedLeaf.TryRead(Forge.Ascii($"{Signed}"), out var disclosed, out _));

        Assert.Equal(Signed.LeafHash, disclosed.Leaf.LeafHash);
        Assert.Equal(["identifiers", "owner"], disclosed.Disclosures.Select(d => d.Name));
        Assert.Equal("李雷", disclosed.Disclosures[1].Value.GetString());
        Assert.Equal(
            Disclosures.Make(WorkedExample.Claims[1].Jti, WorkedExample.Drafts[1]).Digests,
            disclosed.Disclosures.Select(d => d.Digest)
        );
    }

    [Fact]
    public void takes_any_of_them_in_any_order()
    {
        Assert.Equal(default, Fault(SdJwt.Join(Signed.Jwt)));
        Assert.Equal(default, Fault(SdJwt.Join(Signed.Jwt, Signed.Disclosures[1])));
        Assert.Equal(default, Fault(SdJwt.Join(Signed.Jwt, Signed.Disclosures.Reverse())));
        Assert.Equal(default, Fault(SdJwt.Join(WorkedExample.Signed[0].Jwt)));
    }

    [Fact]
    public void refuses_those_of_another_leaf()
    {
        var other = WorkedExample.Signed[2].Disclosures[0];

        Assert.Equal(Disclosure(SdJwtFlaw.Unreferenced), Fault(SdJwt.Join(Signed.Jwt, other)));
        Assert.Equal(Disclosure(SdJwtFlaw.Unreferenced), Fault(SdJwt.Join(WorkedExample.Signed[0].Jwt, other)));
    }

    [Fact]
    public void refuses_one_with_another_value()
    {
        var changed = Forge.Encode(
            System.Text.Encoding.UTF8.GetString(StrictBase64.ReadUrl(Signed.Disclosures[1])!).Replace("李雷", "李蕾")
        );

        Assert.Equal(Disclosure(SdJwtFlaw.Unreferenced), Fault(SdJwt.Join(Signed.Jwt, changed)));
    }

    [Fact]
    public void refuses_the_form_before_it_reads_the_leaf()
    {
        var jwt = System.Text.Encoding.ASCII.GetString(Signed.Jwt);

        Assert.Equal(Disclosure(SdJwtFlaw.NoTilde), Fault(jwt));
        Assert.Equal(Disclosure(SdJwtFlaw.KeyBinding), Fault($"{jwt}~{Signed.Disclosures[0]}"));
        Assert.Equal(Disclosure(SdJwtFlaw.KeyBinding), Fault($"{jwt}~{Signed.Disclosures[0]}~{jwt}"));
        Assert.Equal(new(LeafFlaw.Jws, nameof(JwsFlaw.NotBase64Url)), Fault($"{jwt}=~"));
    }

    [Theory]
    [InlineData("said", "{}", SdJwtFlaw.NameExists)]
    [InlineData("ref", "[]", SdJwtFlaw.NameExists)]
    [InlineData("_sd_alg", "1", SdJwtFlaw.NameExists)]
    [InlineData("_sd", "1", SdJwtFlaw.ReservedName)]
    [InlineData("owner", """{"_sd":[]}""", SdJwtFlaw.ReservedName)]
    [InlineData("owner", """[{"...":"w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"}]""", SdJwtFlaw.ReservedName)]
    [InlineData("owner", "1.5", SdJwtFlaw.None)]
    public void refuses_what_a_leaf_may_not_disclose_even_if_its_issuer_did(string name, string value, SdJwtFlaw flaw)
    {
        var disclosure = Forge.Encode($"""["salt","{name}",{value}]""");
        var digests = Enumerable
            .Range(0, 3)
            .Select(i => $"{i}")
            .Append(disclosure)
            .Select(d => Disclosures.DigestOf(d).ToBase64Url())
            .Order(StringComparer.Ordinal);
        var payload = System.Text.Encoding.UTF8.GetString(
            StrictBase64.ReadUrl(WorkedExample.Leaves[0].Text("jwt").Split('.')[1])!
        );
        var jwt = Forge.Leaf($"{payload[..^1]},\"_sd_alg\":\"sha-256\",\"_sd\":{JsonSerializer.Serialize(digests)}}}");

        Assert.Equal(flaw == SdJwtFlaw.None ? default : Disclosure(flaw), Fault(SdJwt.Join(jwt, disclosure)));
    }
}
