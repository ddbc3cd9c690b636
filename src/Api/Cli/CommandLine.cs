using System.CommandLine;
using Ledger.Verifier;

namespace Api.Cli;

/// <summary>The verbs: one file each, one line here.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        System.Globalization.CultureInfo.DefaultThreadCurrentCulture = System.Globalization.CultureInfo.CurrentCulture =
            System.Globalization.CultureInfo.InvariantCulture;
        var root = new RootCommand("The trade ledger for second-hand goods")
        {
            ServeVerb.Make(),
            ImportVerb.Make(),
            ReadVerbs.Item(),
            ReadVerbs.History(),
            ReadVerbs.Rebuild(),
            BundleVerb.Make(),
            AuditVerb.Make(),
            DemoVerb.Make(),
            KeysVerb.Make(),
            VerifyCommand.Fill(new Command("verify", "Checks a bundle offline, verdict by verdict"), Verbs.Json),
            WitnessVerb.Make(),
        };
        root.Options.Add(Verbs.Json);
        root.Options.Add(Verbs.Data);
        root.Options.Add(Verbs.Postgres);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
            return Terminal.Misused(parsed);
        // As long as the host may take to stop: given up earlier, a clean end would look like a kill (143).
        return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) });
    }
}
