using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using Ledger;
using Ledger.Kernel;
using Projections;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Architecture.Tests;

public sealed class The_house_rules
{
    const string Drivers = @"^(Marten|Npgsql|JasperFx|Weasel|Grpc)(\.|$)";

    static readonly ArchUnitNET.Domain.Architecture House = new ArchLoader()
        .LoadAssemblies(typeof(LedgerEvent).Assembly, typeof(Registry).Assembly)
        .Build();

    static IArchRule NoDriversOutside(string folder) =>
        Types()
            .That()
            .ResideInNamespaceMatching(@"^Ledger(\.|$)")
            .And()
            .DoNotResideInNamespaceMatching(folder)
            .Should()
            .NotDependOnAny(Types(true).That().ResideInNamespaceMatching(Drivers));

    static IArchRule NoArrow(string from, string to) =>
        Types()
            .That()
            .ResideInNamespaceMatching(from)
            .Should()
            .NotDependOnAny(Types(true).That().ResideInNamespaceMatching(to))
            .WithoutRequiringPositiveResults();

    /// <summary>The lane, the audit and all else in the store know a database by what is read of it.</summary>
    [Fact]
    public void Drivers_are_used_in_Store_Postgres_only() => Holds(NoDriversOutside(@"^Ledger\.Store\.Postgres(\.|$)"));

    [Fact]
    public void The_probe_sees_the_driver_in_Store_Postgres() =>
        Assert.False(NoDriversOutside("^Nowhere$").HasNoViolations(House));

    [Theory]
    [InlineData(@"^Ledger\.Kernel(\.|$)", @"^Ledger\.(Goods|Trading|Encumbrances|Exports|Markets|Store)(\.|$)")]
    [InlineData(@"^Ledger\.Rules(\.|$)", @"^Ledger\.(Goods|Trading|Encumbrances|Exports|Markets|Store)(\.|$)")]
    [InlineData(@"^Ledger\.Exports(\.|$)", @"^Ledger\.(Trading|Encumbrances|Markets|Store)(\.|$)")]
    [InlineData(@"^Ledger\.Encumbrances(\.|$)", @"^Ledger\.(Trading|Exports|Markets|Store)(\.|$)")]
    [InlineData(@"^Ledger\.Trading(\.|$)", @"^Ledger\.(Exports|Markets|Store)(\.|$)")]
    [InlineData(@"^Ledger\.Credit(\.|$)", @"^Ledger\.(Trading|Encumbrances|Exports|Markets|Store)(\.|$)")]
    [InlineData(@"^Ledger\.Goods(\.|$)", @"^Ledger\.Store(\.|$)")]
    public void A_noun_leans_only_on_what_it_may(string noun, string foreign) => Holds(NoArrow(noun, foreign));

    [Fact]
    public void The_probe_sees_an_arrow_between_nouns() =>
        Assert.False(NoArrow(@"^Ledger\.Goods(\.|$)", @"^Ledger\.Trading(\.|$)").HasNoViolations(House));

    /// <summary>Whoever verifies needs nothing of ours but the proof.</summary>
    [Theory]
    [InlineData(typeof(Ledger.Proof.Leaf))]
    [InlineData(typeof(Ledger.Verifier.VerifyCommand))]
    public void A_verifier_needs_no_store_no_web_and_no_trade(System.Type of) => Assert.Empty(NotForVerifiers(of));

    [Fact]
    public void The_probe_sees_the_store_in_Ledger() => Assert.NotEmpty(NotForVerifiers(typeof(LedgerEvent)));

    static IEnumerable<string> NotForVerifiers(System.Type of) =>
        of
            .Assembly.GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(n =>
                n is not ("Proof" or "NSec.Cryptography" or "System.CommandLine")
                && !n.StartsWith("System.", StringComparison.Ordinal)
            );

    [Fact]
    public void Projections_never_see_the_web() =>
        Assert.Empty(Web(typeof(Registry).Assembly).Concat(Web(typeof(LedgerEvent).Assembly)));

    [Fact]
    public void The_probe_sees_the_web_in_Api() => Assert.NotEmpty(Web(typeof(Api.Cli.CommandLine).Assembly));

    /// <summary>Whatever is recorded was decided: the edge gives commands, and makes no event.</summary>
    [Fact]
    public void The_edge_makes_no_event() => Assert.Empty(EventsMadeIn(typeof(Api.Cli.CommandLine).Assembly));

    [Fact]
    public void The_probe_sees_events_made_in_Ledger() =>
        Assert.Contains(
            EventsMadeIn(typeof(LedgerEvent).Assembly),
            e => e.EndsWith("MarketOpened", StringComparison.Ordinal)
        );

    /// <summary>Kinds of events that an assembly constructs, or makes of another by <c>with</c>.</summary>
    static IEnumerable<string> EventsMadeIn(System.Reflection.Assembly assembly)
    {
        var events = EventCatalog.All.Select(l => l.Type.FullName!).ToHashSet(StringComparer.Ordinal);
        using var module = Mono.Cecil.ModuleDefinition.ReadModule(assembly.Location);
        return
        [
            .. module
                .GetTypes()
                .SelectMany(t => t.Methods)
                // A record makes copies of itself.
                .Where(m => m.HasBody && !events.Contains(m.DeclaringType.FullName))
                .SelectMany(m => m.Body.Instructions)
                .Select(i => i.Operand)
                .OfType<Mono.Cecil.MethodReference>()
                .Where(m => m.Name is ".ctor" or "<Clone>$" && events.Contains(m.DeclaringType.FullName))
                .Select(m => m.DeclaringType.FullName)
                .Distinct(),
        ];
    }

    /// <summary>What plants the frauds shares no code with what finds them.</summary>
    [Fact]
    public void The_county_knows_the_ledger_by_its_HTTP_only() =>
        Assert.DoesNotContain(
            typeof(Year.TheYear).Assembly.GetReferencedAssemblies().Select(a => a.Name),
            name => name is "Ledger" or "Projections" or "Api"
        );

    static IEnumerable<string> Web(System.Reflection.Assembly assembly) =>
        assembly
            .GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(n => n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    static void Holds(IArchRule rule) =>
        Assert.True(
            rule.HasNoViolations(House),
            string.Join('\n', rule.Evaluate(House).Where(r => !r.Passed).Select(r => r.Description))
        );
}
