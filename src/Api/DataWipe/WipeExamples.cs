namespace Api;

/// <summary>Examples of media, wipes and incidents.</summary>
static partial class Examples
{
    public static readonly object Media = new
    {
        media = new[]
        {
            new
            {
                ix = 0,
                type = "ufs",
                capacityBytes = 128_000_000_000,
                serial = "UFS-77-0001",
            },
        },
    };
    public static readonly object WipeConsent = new
    {
        intakeId = "00000000-0000-8000-8000-000000000000",
        media = new[] { 0 },
        method = "UFS purge",
        effect = "全部用户数据不可恢复",
        subject = "K-118",
    };
    public static readonly object Wipe = new
    {
        intakeId = "00000000-0000-8000-8000-000000000000",
        mediumIx = 0,
        evidence = new
        {
            technique = "ufs-purge",
            result = "ok",
            bytesAddressed = 128_000_000_000,
            hidden = new
            {
                hpa = "absent",
                dco = "absent",
                ama = "absent",
            },
            unreached = 0,
        },
        tool = new { name = "cleaner", version = "4.2" },
        startedAt = "2026-06-01T02:00:00.000Z",
        finishedAt = "2026-06-01T02:05:00.000Z",
        @operator = "W-01",
        docs = new[] { "5f1c0d0e6f8a4c0b9d3e2a7b1c4d5e6f5f1c0d0e6f8a4c0b9d3e2a7b1c4d5e6f" },
    };
    public static readonly object WipeVerification = new
    {
        attestationId = "00000000-0000-8000-8000-000000000000",
        check = new
        {
            method = "sampled",
            sampled = 4_603,
            total = 1_000_000,
            residues = 0,
        },
        tool = new { name = "reader", version = "1.0" },
        verifier = "W-02",
    };
    public static readonly object Destruction = new
    {
        technique = "disintegrate",
        photos = new[] { "9b2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f9b2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f" },
        weightGrams = 12,
    };
    public static readonly object Removal = new { custodyTo = "W-01" };
    public static readonly object Unlinking = new { kind = "activation-lock" };
    public static readonly object Incident = new
    {
        finding = "实验室从已清除的存储中恢复出照片",
        tool = "cleaner",
        versions = new[] { "4.1", "4.2" },
        from = "2026-01-01T00:00:00.000Z",
        to = "2026-06-30T16:00:00.000Z",
    };
    public static readonly object IncidentClosure = new { outcome = "unfounded", finding = "复测未发现残留" };
}
