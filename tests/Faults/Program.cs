using Faults;

if (Settings.Read(args, out var error) is not { } settings)
{
    Console.Error.WriteLine(error);
    return 2;
}
return await Suite.RunAsync(settings);
