using Api.Demo;

namespace Api;

/// <summary>Examples of credit sharing.</summary>
static partial class Examples
{
    public static readonly object CreditNotice = new { kind = "administrative-penalty", channel = "letter" };
    public static readonly object CreditSignal = new
    {
        subjectKind = "seller",
        isPerson = false,
        kind = "administrative-penalty",
        sourceAuthority = "成都市市场监督管理局",
        sourceDoc = "6e2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f6e2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f",
        legalBasis = "二手车流通管理办法第二十三条",
        actEndedOn = "2025-11-23",
        tier = "ordinary",
    };
    public static readonly object CreditReading = new { purpose = "trade", basis = "征信业管理条例第十三条" };
    public static readonly object CreditText = new { text = "处罚决定已被撤销，附决定书。" };
    public static readonly object ObjectionAnswer = new { outcome = "corrected", reason = "处罚已撤销" };
    public static readonly object CreditRepair = new { basis = "已履行处罚并作出信用承诺" };
    public static readonly object Consent = new
    {
        purpose = "trade",
        recipients = new[] { DemoPeople.Bank },
        separately = true,
        until = "2027-12-31",
        textHash = "8d2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f8d2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f",
    };
}
