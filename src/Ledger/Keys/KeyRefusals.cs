using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Keys;

/// <summary>Refusals of keys and of what is signed with them.</summary>
static class KeyRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "key-exists",
            409,
            new("密钥已登记", "指纹为 {value} 的密钥已登记。", "登记另一个密钥。"),
            new("The key is registered already", "The key {value} is registered.", "Register another key.")
        ),
        new(
            "key-not-found",
            404,
            new("没有这个密钥", "没有指纹为 {value} 的可用密钥。", "核对指纹，或先登记该密钥。"),
            new(
                "No such key",
                "No key with the thumbprint {value} fits here.",
                "Check the thumbprint, or register the key first."
            )
        ),
        new(
            "key-revoked",
            409,
            new("密钥已吊销", "指纹为 {value} 的密钥已被吊销。", "使用另一个密钥。"),
            new("The key is revoked", "The key {value} was revoked.", "Use another key.")
        ),
        new(
            "proof-of-possession-missing",
            422,
            new(
                "缺少持有证明",
                "当事人自持的密钥须附新密钥的签名（pop）与担保签名（vouch）。",
                "附上两个签名后再提交。"
            ),
            new(
                "Proof of possession is missing",
                "A key that a party holds comes with its own signature (pop) and one that vouches for it (vouch).",
                "Send both signatures."
            )
        ),
        new(
            "signature-invalid",
            422,
            new("签名无效", "{name} 的签名不成立：{reason}。", "对照此项，重新准备并签名。"),
            new(
                "The signature does not hold",
                "A signature of {name} does not hold: {reason}.",
                "Look at what differs, prepare again and sign that."
            )
        ),
    ];
}
