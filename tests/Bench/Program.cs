using Bench;
using Bench.Http;

if (args is [EmptyEndpoint.Verb, var port])
{
    await EmptyEndpoint.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture));
    return 0;
}
if (Settings.Read(args, out var error) is not { } settings)
{
    Console.Error.WriteLine(error);
    return 2;
}
try
{
    return await Suite.RunAsync(settings);
}
catch (ConditionException missing)
{
    Console.Error.WriteLine(missing.Message);
    return 3;
}
