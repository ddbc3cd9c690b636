using System.CommandLine;
using Ledger.Verifier;

Libsodium.FromThisFile();
Option<bool> json = new("--json") { Description = "One JSON document on standard output" };
var root = VerifyCommand.Fill(new RootCommand("Checks a bundle of the trade ledger offline, verdict by verdict"), json);
root.Options.Add(json);
var parsed = root.Parse(args);
return parsed.Errors.Count > 0 ? Terminal.Misused(parsed) : parsed.Invoke();
