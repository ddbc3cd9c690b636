using System.CommandLine;
using Ledger.Verifier;

Libsodium.FromThisFile();
Option<bool> json = new("--json") { Description = "One JSON document on standard output" };
var root = VerifyCommand.Fill(new RootCommand("Checks a bundle of the trade ledger offline, verdict by verdict"), json);
root.Options.Add(json);
var parsed = root.Parse(args);
if (parsed.Errors.Count == 0)
    return parsed.Invoke();
foreach (var error in parsed.Errors)
    Console.Error.WriteLine(error.Message);
Console.Error.WriteLine("Try --help.");
return 2;
