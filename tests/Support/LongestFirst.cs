using Xunit.Sdk;
using Xunit.v3;

namespace Support;

/// <summary>A class whose tests take long: it begins before the others, so that it does not run on alone behind
/// them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesLongAttribute : Attribute;

/// <summary>The order in which an assembly's classes begin.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection
    {
        var longOnes = AppDomain
            .CurrentDomain.GetAssemblies()
            .Where(a => a.GetName().Name?.EndsWith(".Tests", StringComparison.Ordinal) == true)
            .SelectMany(a => a.GetTypes())
            .Where(t => t.IsDefined(typeof(TakesLongAttribute), inherit: false))
            .Select(t => $"{t.FullName} ")
            .ToList();
        return
        [
            .. testCollections.OrderByDescending(c =>
                longOnes.Exists(name => c.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal))
            ),
        ];
    }
}
