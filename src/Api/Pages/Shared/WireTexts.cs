using System.Collections.Frozen;
using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;

namespace Api.Pages.Shared;

/// <summary>What the wire words of one enumeration are called for people, in both languages.</summary>
/// <param name="Of">The enumeration; each of its words has a text.</param>
public sealed record WireTexts(Type Of, FrozenDictionary<string, (string Zh, string En)> Texts)
{
    /// <summary>The text of a word; the word itself where it is none of ours.</summary>
    public string Say(string word, bool chinese) =>
        Texts.TryGetValue(word, out var text) ? (chinese ? text.Zh : text.En) : word;

    static WireTexts For<T>(params (T Value, string Zh, string En)[] texts)
        where T : struct, Enum =>
        new(typeof(T), texts.ToFrozenDictionary(t => WireWords.Of(t.Value), t => (t.Zh, t.En), StringComparer.Ordinal));

    public static WireTexts Life { get; } =
        For(
            (Ledger.Goods.Life.Held, "持有", "held"),
            (Ledger.Goods.Life.Stocked, "在库", "in stock"),
            (Ledger.Goods.Life.Listed, "在售", "listed"),
            (Ledger.Goods.Life.InDeal, "交易中", "in a deal"),
            (Ledger.Goods.Life.ExportPending, "待出口", "export pending"),
            (Ledger.Goods.Life.Exported, "已出口", "exported"),
            (Ledger.Goods.Life.Surrendered, "已交回收", "surrendered"),
            (Ledger.Goods.Life.Certified, "已出回收证明", "certified"),
            (Ledger.Goods.Life.Deregistered, "已注销", "deregistered"),
            (Ledger.Goods.Life.Ended, "已终结", "ended")
        );

    public static WireTexts Brand { get; } =
        For(
            (Ledger.Goods.Brand.Flood, "水淹", "flood"),
            (Ledger.Goods.Brand.Fire, "火烧", "fire"),
            (Ledger.Goods.Brand.Accident, "事故", "accident"),
            (Ledger.Goods.Brand.Damaged, "损伤", "damaged"),
            (Ledger.Goods.Brand.Stolen, "被盗", "stolen"),
            (Ledger.Goods.Brand.WrittenOff, "全损", "written off"),
            (Ledger.Goods.Brand.CloneSuspected, "疑似套牌", "clone suspected"),
            (Ledger.Goods.Brand.Scrap, "报废", "scrap"),
            (Ledger.Goods.Brand.Odometer, "里程存疑", "odometer")
        );

    public static WireTexts Data { get; } =
        For(
            (DataState.None, "无存储介质", "no storage medium"),
            (DataState.Unknown, "未申报", "not declared"),
            (DataState.Uncleared, "未清除", "uncleared"),
            (DataState.Attested, "待验证", "attested"),
            (DataState.Cleared, "已清除", "cleared"),
            (DataState.Suspect, "存疑", "suspect"),
            (DataState.Gone, "已移除", "gone")
        );

    public static WireTexts Medium { get; } =
        For(
            (MediumType.Hdd, "机械硬盘", "hard disk"),
            (MediumType.SsdSata, "SATA 固态硬盘", "SATA solid state disk"),
            (MediumType.Nvme, "NVMe 固态硬盘", "NVMe solid state disk"),
            (MediumType.Emmc, "eMMC 闪存", "eMMC flash"),
            (MediumType.Ufs, "UFS 闪存", "UFS flash"),
            (MediumType.SdCard, "存储卡", "memory card"),
            (MediumType.Embedded, "嵌入式存储", "embedded storage"),
            (MediumType.Infotainment, "车机存储", "infotainment storage"),
            (MediumType.Key, "车钥匙", "key"),
            (MediumType.Dashcam, "行车记录仪", "dashcam")
        );

    public static WireTexts Level { get; } =
        For(
            (WipeLevel.None, "无", "none"),
            (WipeLevel.Clear, "清除", "clear"),
            (WipeLevel.Purge, "深度清除", "purge"),
            (WipeLevel.Destruct, "销毁", "destruct")
        );

    public static WireTexts Reading { get; } =
        For(
            (OdometerVerdict.Plausible, "合理", "plausible"),
            (OdometerVerdict.Implausible, "不合理", "implausible"),
            (OdometerVerdict.NoVerdict, "无法判断", "no verdict")
        );

    public static WireTexts Party { get; } =
        For(
            (PartyKind.Person, "个人", "person"),
            (PartyKind.Dealer, "经销商", "dealer"),
            (PartyKind.Platform, "平台", "platform"),
            (PartyKind.Recycler, "回收企业", "recycler"),
            (PartyKind.Exporter, "出口企业", "exporter"),
            (PartyKind.PublicBody, "公共机构", "public body")
        );

    /// <summary>Every table; a word without a text fails a test.</summary>
    public static IReadOnlyList<WireTexts> All { get; } = [Life, Brand, Data, Medium, Level, Reading, Party];
}
