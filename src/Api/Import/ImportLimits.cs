namespace Api.Import;

/// <summary>What a file may ask of the machine: Excel's own limits for a sheet, and how far a packed one may
/// unpack.</summary>
static class ImportLimits
{
    /// <summary>Rows of an Excel sheet, its header among them.</summary>
    public const int Rows = 1_048_576;

    /// <summary>Columns of an Excel sheet; no register of another format has more.</summary>
    public const int Columns = 16_384;

    /// <summary>Places in a sheet, filled or not: rows times the last column that is filled.</summary>
    public const long Places = 1L << 28;

    /// <summary>Times its own size that a packed file unpacks to at most …</summary>
    public const int Ratio = 100;

    /// <summary>… where that is more than this: short files of blanks pack well, and do no harm.</summary>
    public const long Floor = 16L << 20;

    /// <summary>What a workbook unpacks to at most; a packed text may be of any size.</summary>
    public const long Workbook = 1L << 30;

    /// <summary>What a packed file of this size may unpack to.</summary>
    public static long Most(long packed) =>
        Math.Max(Floor, packed > long.MaxValue / Ratio ? long.MaxValue : packed * Ratio);
}
