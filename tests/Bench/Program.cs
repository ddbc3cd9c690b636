using Bench;

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
