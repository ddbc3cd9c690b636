using System.Runtime.CompilerServices;
using System.Text;

namespace Api.Tests.Cli;

/// <summary>A console for each command that runs in the tests' own process: what it writes comes to its caller,
/// whatever runs beside it.</summary>
sealed class Consoles : TextWriter
{
    static readonly AsyncLocal<(StringWriter Out, StringWriter Error)?> Own = new();
    readonly TextWriter rest;
    readonly bool errors;

    Consoles(TextWriter rest, bool errors) => (this.rest, this.errors) = (rest, errors);

    /// <summary>What a command finds in the environment is the same on every machine, as for a process of its own
    /// (<see cref="LedgerProgram.Prepare"/>): no setting of ours, texts in English, no data folder here.</summary>
    [ModuleInitializer]
    internal static void Take()
    {
        foreach (var name in LedgerProgram.Settings(Environment.GetEnvironmentVariables().Keys.Cast<string>()))
            Environment.SetEnvironmentVariable(name, null);
        Environment.SetEnvironmentVariable("LC_ALL", "C.UTF-8");
        Environment.SetEnvironmentVariable("LEDGER_ROOT", Path.GetTempPath());
        Console.SetOut(new Consoles(Console.Out, errors: false));
        Console.SetError(new Consoles(Console.Error, errors: true));
    }

    /// <summary>Runs something with a console of its own.</summary>
    public static async Task<(int Exit, string Out, string Error)> RunAsync(Func<Task<int>> command)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        Own.Value = (output, error);
        var exit = await command();
        return (exit, Text(output), Text(error));
    }

    static string Text(StringWriter of)
    {
        lock (of)
            return of.ToString();
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> text)
    {
        if (Own.Value is not { } own)
        {
            rest.Write(text);
            return;
        }
        var mine = errors ? own.Error : own.Out;
        lock (mine)
            mine.Write(text);
    }

    public override void Flush() => rest.Flush();
}
