using System.Collections.Immutable;

namespace Ledger.Goods.Categories;

/// <summary>
/// A kind of goods: one file here and one line in <see cref="All"/>. Forms, validation, import, filters and the
/// regulator's columns loop over the list.
/// </summary>
public sealed record GoodsCategory
{
    /// <summary>Kebab code on the wire.</summary>
    public required string Code { get; init; }
    public required string Zh { get; init; }
    public required string En { get; init; }

    /// <summary>Kinds of identifier a sale may name; <c>register</c> is open to every observed fact.</summary>
    public required ImmutableArray<string> Identifiers { get; init; }

    /// <summary>Whether it can hold its owner's data: then the wipe gate applies.</summary>
    public bool BearsData { get; init; }

    /// <summary>Whether ownership passes by a registration station rather than by hand-over.</summary>
    public bool TransfersByStation { get; init; }

    /// <summary>Whether its seller answers the nine-field sheet before it is listed (rules.md §7).</summary>
    public bool AsksSheet { get; init; }

    /// <summary>Facts asked at registration beyond make and model, in the order of a form.</summary>
    public ImmutableArray<string> Asked { get; init; } = [];

    public static ImmutableArray<GoodsCategory> All { get; } =
    [UsedCars.Category, Appliances.Category, Electronics.Category, Furniture.Category, FarmMachinery.Category];

    public static GoodsCategory? Find(string? code) => All.FirstOrDefault(c => c.Code == code);
}
