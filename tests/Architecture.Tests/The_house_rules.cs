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

    /// <summary>The lane, the audit and all else in the store know a database by what is read of it.</summary>
    [Fact]
    public void Drivers_are_used_in_Store_Postgres_only() => Holds(NoDriversOutside(@"^Ledger\.Store\.Postgres(\.|$)"));

    [Fact]
    public void The_probe_sees_the_driver_in_Store_Postgres() =>
        Assert.False(NoDriversOutside("^Nowhere$").HasNoViolations(House));

    /// <summary>Which noun may lean on which others; what is not named here fails, as does a permission that nobody
    /// uses. The nouns of an item's stream share one state and know each other.</summary>
    static readonly Dictionary<string, string[]> MayLeanOn = new()
    {
        ["Goods"] = ["Trading", "Custody", "DataWipe", "Encumbrances", "Exports", "Parties"],
        ["Trading"] = ["Goods", "Markets"],
        ["Custody"] = ["Exports", "Goods", "Trading"],
        ["DataWipe"] = ["Custody", "Exports", "Goods", "Trading"],
        ["Encumbrances"] = ["Goods", "Parties"],
        ["Exports"] = ["Goods", "Parties"],
        ["Credit"] = ["Parties"],
        ["Indicators"] = [],
        ["Markets"] = ["Parties"],
        ["Keys"] = [],
        ["Parties"] = [],
        ["Supervision"] = [],
        ["Operations"] = [],
    };

    [Fact]
    public void A_noun_leans_only_on_what_it_may()
    {
        var nouns = Modules.All.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        var may = MayLeanOn.SelectMany(m => m.Value.Select(to => $"{m.Key} → {to}")).ToHashSet(StringComparer.Ordinal);
        var does = Arrows().Where(a => nouns.Contains(a.From)).Select(a => $"{a.From} → {a.To}").ToList();
        Holds("not named", does.Except(may));
        Holds("named and not used", may.Except(does));
    }

    static void Holds(string what, IEnumerable<string> arrows)
    {
        var found = string.Join('\n', arrows.Order(StringComparer.Ordinal));
        Assert.True(found.Length == 0, $"{what}:\n{found}");
    }

    /// <summary>What every noun stands on names none of them.</summary>
    [Theory]
    [InlineData("Kernel")]
    [InlineData("Rules")]
    public void What_is_below_the_nouns_names_none_of_them(string below) =>
        Assert.Empty(Arrows().Where(a => a.From == below));

    /// <summary>A log is made of its own stream and of the keys that sign it; of all else it knows what a module
    /// declares.</summary>
    [Fact]
    public void The_store_names_the_log_and_its_keys_alone() =>
        Assert.Equal(["Keys", "Operations"], Arrows().Where(a => a.From == "Store").Select(a => a.To).Order());

    [Fact]
    public void The_probe_sees_arrows_between_nouns()
    {
        Assert.Contains(("Goods", "Trading"), Arrows());
        Assert.Contains(("Pipeline", "Goods"), Arrows());
    }

    /// <summary>Folders of <c>src/Ledger</c> and the nouns that their code names.</summary>
    static HashSet<(string From, string To)> Arrows()
    {
        var nouns = Modules.All.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        static string? Folder(string? space) => space?.Split('.') is ["Ledger", var folder, ..] ? folder : null;
        using var module = Mono.Cecil.ModuleDefinition.ReadModule(typeof(LedgerEvent).Assembly.Location);
        return
        [
            .. from type in module.GetTypes()
            let own = Folder((type.DeclaringType ?? type).Namespace)
            where own is not null
            from used in Used(type)
            let other = Folder(used.Namespace)
            where other is not null && other != own && nouns.Contains(other)
            select (own, other),
        ];
    }

    static IEnumerable<Mono.Cecil.TypeReference> Used(Mono.Cecil.TypeDefinition type) =>
        type
            .Fields.Select(f => f.FieldType)
            .Concat(type.Methods.SelectMany(m => m.Parameters.Select(p => p.ParameterType).Append(m.ReturnType)))
            .Concat(
                type.Methods.Where(m => m.HasBody)
                    .SelectMany(m => m.Body.Instructions)
                    .Select(i =>
                        i.Operand switch
                        {
                            Mono.Cecil.TypeReference t => t,
                            Mono.Cecil.MemberReference m => m.DeclaringType,
                            _ => null,
                        }
                    )
                    .OfType<Mono.Cecil.TypeReference>()
            )
            .Append(type.BaseType)
            .OfType<Mono.Cecil.TypeReference>()
            .SelectMany(t => t is Mono.Cecil.GenericInstanceType g ? g.GenericArguments.Append(g.ElementType) : [t]);

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

    /// <summary>Made plainly, as a twin of another kind, and of JSON.</summary>
    [Theory]
    [InlineData("Ledger.Markets.MarketOpened")]
    [InlineData("Ledger.Goods.Corrected`1")]
    [InlineData("Ledger.Kernel.LedgerEvent of JSON")]
    public void The_probe_sees_events_made_in_Ledger(string kind) =>
        Assert.Contains(kind, EventsMadeIn(typeof(LedgerEvent).Assembly));

    /// <summary>Kinds of events that an assembly constructs, makes of another by <c>with</c>, or reads from
    /// JSON.</summary>
    static IEnumerable<string> EventsMadeIn(System.Reflection.Assembly assembly)
    {
        var events = EventCatalog
            .All.Select(l => l.Type.IsGenericType ? l.Type.GetGenericTypeDefinition() : l.Type)
            .Append(typeof(LedgerEvent))
            .Select(t => t.FullName!)
            .ToHashSet(StringComparer.Ordinal);
        string? Event(Mono.Cecil.TypeReference type) =>
            type.GetElementType().FullName is var name && events.Contains(name) ? name : null;
        using var module = Mono.Cecil.ModuleDefinition.ReadModule(assembly.Location);
        return
        [
            .. module
                .GetTypes()
                .SelectMany(t => t.Methods)
                // A record makes copies of itself.
                .Where(m => m.HasBody && Event(m.DeclaringType) is null)
                .SelectMany(m => Made(m.Body).Concat(Read(m.Body)))
                .Distinct(),
        ];

        IEnumerable<string> Made(Mono.Cecil.Cil.MethodBody body) =>
            body
                .Instructions.Select(i => i.Operand)
                .OfType<Mono.Cecil.MethodReference>()
                .Where(m => m.Name is ".ctor" or "<Clone>$")
                .Select(m => Event(m.DeclaringType))
                .OfType<string>();

        IEnumerable<string> Read(Mono.Cecil.Cil.MethodBody body) =>
            body.Instructions.Any(i => i.Operand is Mono.Cecil.MethodReference { Name: "Deserialize" })
                ? body
                    .Instructions.Select(i =>
                        i.Operand switch
                        {
                            Mono.Cecil.TypeReference cast => Event(cast),
                            Mono.Cecil.GenericInstanceMethod { Name: "Deserialize" } to => Event(
                                to.GenericArguments[0]
                            ),
                            _ => null,
                        }
                    )
                    .OfType<string>()
                    .Select(name => $"{name} of JSON")
                : [];
    }

    static readonly System.Reflection.Assembly[] Product =
    [
        typeof(Ledger.Proof.Leaf).Assembly,
        typeof(LedgerEvent).Assembly,
        typeof(Registry).Assembly,
        typeof(Api.Cli.CommandLine).Assembly,
        typeof(Ledger.Verifier.VerifyCommand).Assembly,
    ];

    /// <summary>Who reads a name knows which type it is. What a compiler adds has no namespace of ours.</summary>
    [Fact]
    public void No_two_types_share_a_name() =>
        Assert.Empty(
            SharedNames(
                Product
                    .SelectMany(a => a.GetTypes())
                    .Where(t => t.Namespace?.Split('.')[0] is "Ledger" or "Projections" or "Api")
            )
        );

    [Fact]
    public void The_probe_sees_two_types_of_one_name() =>
        Assert.Equal(
            ["System.Threading.Timer, System.Timers.Timer"],
            SharedNames([typeof(System.Timers.Timer), typeof(System.Threading.Timer), typeof(Task), typeof(Task<>)])
        );

    /// <summary>Small and capital letters are the same to whoever hears a name; a generic type is named with how many
    /// arguments it takes.</summary>
    static IEnumerable<string> SharedNames(IEnumerable<System.Type> types) =>
        types
            .Where(t => !t.IsNested && !t.Name.Contains('<', StringComparison.Ordinal))
            .GroupBy(t => t.Name, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Count() > 1)
            .Select(g => string.Join(", ", g.Select(t => t.FullName).Order(StringComparer.Ordinal)));

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
