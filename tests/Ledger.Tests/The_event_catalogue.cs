using System.Runtime.CompilerServices;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Tests;

public sealed class The_event_catalogue
{
    static IEnumerable<Type> Records =>
        typeof(LedgerEvent)
            .Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(LedgerEvent)) && !t.IsAbstract && !t.ContainsGenericParameters);

    [Fact]
    public void has_a_line_for_every_event() =>
        Assert.Empty(Records.Where(t => EventCatalog.OfType(t) is null).Select(t => t.Name));

    [Fact]
    public void sees_the_records_at_all() => Assert.Contains(typeof(ItemRegistered), Records);

    [Fact]
    public void names_each_event_once_in_kebab()
    {
        Assert.Equal(EventCatalog.All.Length, EventCatalog.All.Select(l => l.WireName).Distinct().Count());
        Assert.Equal(EventCatalog.All.Length, EventCatalog.All.Select(l => l.Type).Distinct().Count());
        Assert.All(EventCatalog.All, l => Assert.Matches(@"^[a-z]+(-[a-z]+)*\.v[1-9][0-9]*$", l.WireName));
        Assert.All(EventCatalog.All, l => Assert.Equal($"{l.Name}.v{l.Version}", l.WireName));
    }

    [Fact]
    public void says_each_event_in_both_languages()
    {
        Assert.All(EventCatalog.All, l => Assert.Matches(@"^[\u4e00-\u9fff·]+$", l.Zh));
        Assert.All(EventCatalog.All, l => Assert.Matches(@"^[A-Z][\x20-\x7e]+$", l.En));
        Assert.Equal(EventCatalog.All.Length, EventCatalog.All.Select(l => l.Zh).Distinct().Count());
        Assert.Equal(EventCatalog.All.Length, EventCatalog.All.Select(l => l.En).Distinct().Count());
    }

    [Fact]
    public void holds_sealed_records_only() =>
        Assert.Empty(EventCatalog.All.Where(l => !l.Type.IsSealed).Select(l => l.Name));

    [Fact]
    public void holds_records_that_nobody_changes()
    {
        var settable =
            from line in EventCatalog.All
            from property in line.Type.GetProperties()
            where
                property.SetMethod is { } set
                && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            select $"{line.Name}.{property.Name}";
        Assert.Empty(settable);
        Assert.Empty(EventCatalog.All.SelectMany(l => l.Type.GetFields().Where(f => !f.IsLiteral)).Select(f => f.Name));
    }

    [Fact]
    public void finds_a_line_by_each_of_its_names()
    {
        foreach (var line in EventCatalog.All)
        {
            Assert.Same(line, EventCatalog.OfWireName(line.WireName));
            Assert.Same(line, EventCatalog.OfName(line.Name));
            Assert.Same(line, EventCatalog.OfType(line.Type));
            Assert.Same(line, EventCatalog.Of(Samples.Of(line.Type)));
        }
        Assert.Null(EventCatalog.OfName("item-listed.v1"));
        Assert.Null(EventCatalog.OfWireName("item-listed"));
    }
}
