using System.CommandLine;

namespace Ledger.Verifier;

/// <summary>What every command line of the ledger does alike.</summary>
public static class Terminal
{
    /// <summary>Exit status of what is used wrongly.</summary>
    public const int UsedWrongly = 2;

    /// <summary>Texts follow the caller's locale, English otherwise.</summary>
    public static bool Chinese { get; } =
        (Environment.GetEnvironmentVariable("LC_ALL") ?? Environment.GetEnvironmentVariable("LANG") ?? "").StartsWith(
            "zh",
            StringComparison.OrdinalIgnoreCase
        );

    public static int Fail(string message, int code)
    {
        Console.Error.WriteLine(message);
        return code;
    }

    /// <summary>Says what is wrong with a line that cannot be parsed.</summary>
    public static int Misused(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
            Console.Error.WriteLine(error.Message);
        return Fail("Try --help.", UsedWrongly);
    }
}
