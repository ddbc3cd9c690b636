using System.Globalization;
using System.Net;
using System.Text;
using Ledger;
using Ledger.Proof;
using Ledger.Proof.Bundles;
using QRCoder;

namespace Api;

/// <summary>
/// The page of a bundle for people: zh-CN and English beside each other, printable, without script. It is no evidence;
/// its first line says so, and its codes let paper and file be held against each other (proof.md §10).
/// </summary>
static class BundleReport
{
    const string Style = """
        body{font:15px/1.5 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1c2330;max-width:60rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}
        .note{border-left:4px solid #b45309;background:#fef6e7;padding:.6rem .8rem;margin:0 0 1rem}
        table{border-collapse:collapse;width:100%}
        th,td{border-bottom:1px solid #d4dae4;padding:.35rem .5rem;text-align:left;vertical-align:top}
        th{font-weight:600;background:#f3f5f9}td.n{text-align:right;font-variant-numeric:tabular-nums}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:0}dt{color:#55607a}
        dd{margin:0;overflow-wrap:anywhere}
        .mono{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.85em;overflow-wrap:anywhere}
        .codes{display:flex;gap:2rem;flex-wrap:wrap}.codes figure{margin:0;max-width:14rem}
        .codes svg{width:10rem;height:10rem}
        @media print{body{margin:0;max-width:none}tr{break-inside:avoid}.note{border-color:#000;background:none}}
        """;

    /// <param name="shown">The events, in order, as the bundle shows them.</param>
    /// <param name="facts">What they say of the thing.</param>
    public static string Write(
        BundleParts parts,
        IReadOnlyList<ReportLine> shown,
        IReadOnlyList<BundleFact> facts,
        IReadOnlyList<string> identifiers,
        Hash manifest
    )
    {
        var checkpoint = Checkpoint.Read(SignedNote.Read(parts.Checkpoint)!.Text)!;
        var policy = Hash.Of(parts.Policy.Span).ToHex();
        var page = new StringBuilder();
        page.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!doctype html>
            <html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>来源证明 · Provenance</title><style>{Style}</style></head><body>
            <p class="note">本页仅供阅读，不是证据：结论以验证程序对本文件包的检验为准。<br>
            <span lang="en">This page is for reading and is no evidence: only a verifier's run over this bundle counts.</span></p>
            <h1>来源证明 <span lang="en">Provenance</span></h1>
            {Unreadable(parts)}<dl>
            <dt>标识 <span lang="en">Identifiers</span></dt><dd>{Text(string.Join("  ", identifiers))}</dd>
            <dt>日志 <span lang="en">Log</span></dt><dd class="mono">{Text(checkpoint.Origin)}</dd>
            <dt>规模 <span lang="en">Size</span></dt><dd>{checkpoint.Size}</dd>
            <dt>根 <span lang="en">Root</span></dt><dd class="mono">{checkpoint.Root.ToBase64()}</dd>
            <dt>清单 <span lang="en">Manifest SHA-256</span></dt><dd class="mono">{manifest.ToHex()}</dd>
            <dt>政策 <span lang="en">Policy SHA-256</span></dt><dd class="mono">{policy}</dd>
            </dl>
            {Facts(facts)}<h2>事件 <span lang="en">Events</span></h2>
            <table><thead><tr><th>序 <span lang="en">n</span></th><th>事件 <span lang="en">Event</span></th>
            <th>时间 <span lang="en">Time</span></th><th>存在 <span lang="en">Existed</span></th>
            <th>所言 <span lang="en">Said by</span></th><th>完整 <span lang="en">Complete</span></th>
            <th>时间佐证 <span lang="en">Time proved</span></th></tr></thead><tbody>

            """
        );
        foreach (var line in shown)
            page.Append(
                CultureInfo.InvariantCulture,
                $"""
                <tr><td class="n">{Text(line.Place)}</td><td>{Text(line.Zh)}<br><span lang="en">{Text(
                    line.En
                )}</span></td>
                <td>{Text(line.At)}</td><td>{Text(line.Existed)}</td><td>{Text(line.SaidBy)}</td>
                <td>{Text(line.Complete)}</td><td>{Text(line.Time)}</td></tr>

                """
            );
        page.Append(
            CultureInfo.InvariantCulture,
            $"""
            </tbody></table>
            {Linked(parts)}<p>以上判断为平台按其自身政策的说法。<span lang="en">These verdicts are the platform's own, under its own policy.</span></p>
            <h2>核对码 <span lang="en">Codes</span></h2>
            <div class="codes">
            <figure>{Code(
                $"{checkpoint.Origin} {checkpoint.Size} {manifest.ToHex()}"
            )}<figcaption>日志、规模、清单 <span lang="en">Log, size, manifest</span></figcaption></figure>
            <figure>{Code(policy)}<figcaption>政策 <span lang="en">Policy</span></figcaption></figure>
            </div></body></html>

            """
        );
        return page.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>What is proven of a fact is when it was logged and who answers for it; that it is true is his
    /// word.</summary>
    static string Facts(IReadOnlyList<BundleFact> facts)
    {
        if (facts.Count == 0)
            return "";
        var page = new StringBuilder(
            """
            <h2>事实 <span lang="en">Facts</span></h2>
            <p>得到证明的是：何时入账、由谁陈述；事实本身是陈述人所言。<br>
            <span lang="en">What is proven is when a fact was logged and who states it; the fact itself is what he states.</span></p>
            <table><thead><tr><th>序 <span lang="en">n</span></th><th>事实 <span lang="en">Fact</span></th>
            <th>内容 <span lang="en">Says</span></th><th>由谁陈述 <span lang="en">Stated by</span></th></tr></thead><tbody>

            """
        );
        foreach (var f in facts)
        {
            var (zh, en) = Stated(f.SaidBy);
            page.Append(
                CultureInfo.InvariantCulture,
                $"""
                <tr><td class="n">{f.N}</td><td>{Text(f.Zh)}<br><span lang="en">{Text(f.En)}</span></td>
                <td>{Text(f.SaysZh)}<br><span lang="en">{Text(f.SaysEn)}</span></td>
                <td>{zh}<br><span lang="en">{en}</span></td></tr>

                """
            );
        }
        return page.Append("</tbody></table>\n").ToString();
    }

    /// <summary>Who answers for an event, by the verifier's word.</summary>
    static (string Zh, string En) Stated(string saidBy) =>
        saidBy switch
        {
            VerdictWords.OwnKey => ("当事方本人签名，已证明", "signed by the party itself, proven"),
            VerdictWords.OwnKeyUnvouched => (
                "当事方签名，密钥无人担保",
                "signed by the party, under a key that nobody vouches for"
            ),
            VerdictWords.OnBehalf => ("平台代为登记，仅为陈述", "logged by the platform on its behalf, only stated"),
            _ => ("未能核实", "not verified"),
        };

    static string Linked(BundleParts parts) =>
        parts.Linked.IsEmpty
            ? ""
            : """
                <p>“→”：其他记录链中的关联事件（例如出口许可证），仅证明其存在与陈述人，不涉及该链是否完整。<br>
                <span lang="en">“→”: an event of another chain that an event here notes (e.g. the export licence); proven are that it exists and who states it, not that its chain is complete.</span></p>

                """;

    static string Unreadable(BundleParts parts) =>
        parts.Unreadable == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"""
                <p class="note">有 {parts.Unreadable} 项原文平台现有密钥无法解密，本文件包未披露。<br>
                <span lang="en">{parts.Unreadable} texts do not open with the platform's keys of today and are not disclosed here.</span></p>

                """
            );

    static string Code(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(4);
    }

    static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>How an event is called, in both languages.</summary>
    public static (string Zh, string En) Name(string evt) =>
        EventCatalog.OfWireName(evt) is { } line ? (line.Zh, line.En) : (evt, evt);
}

/// <summary>A row of the report.</summary>
/// <param name="Place">The n of the event; an arrow before one of another stream, which an event here notes.</param>
sealed record ReportLine(
    string Place,
    string Zh,
    string En,
    string At,
    string Existed,
    string SaidBy,
    string Complete,
    string Time
);
