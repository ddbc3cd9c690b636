using Api.Hosting;
using Ledger.Goods;

namespace Api;

/// <summary>A second thing was found that bears an identifier of this one.</summary>
/// <param name="Identifier">The one that both bear, <c>kind:value</c>.</param>
/// <param name="Evidence">SHA-256 of what shows that there are two, e.g. photos of both chassis.</param>
/// <param name="Owner">Who has the second one: opaque reference of the market.</param>
public sealed record IdentityConflictBody(
    string Identifier,
    string? Evidence = null,
    string? Make = null,
    string? Model = null,
    string? FirstRegistered = null,
    string? Owner = null,
    string? OccurredAt = null
);

/// <param name="Other">Id of the other thing.</param>
/// <param name="Genuine">Id of the one of the two whose identifier it is.</param>
/// <param name="DecidedBy">The authority or station that decided.</param>
public sealed record ConflictResolutionBody(
    string Other,
    string Genuine,
    string DecidedBy,
    string? Evidence = null,
    string? OccurredAt = null
);

/// <summary>Two things, one identifier.</summary>
static class IdentityConflicts
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var items = api.MapGroup("/items/{id}/identity-conflicts").WithTags("Items");
        items
            .MapItemCommand<IdentityConflictBody>("/", Raise)
            .Describe<RaiseIdentityConflict>(
                "Record that a second thing bears an identifier of this one",
                Examples.IdentityConflict,
                "evidence-missing",
                "identifier-not-held"
            );
        items
            .MapItemCommand<ConflictResolutionBody>("/resolutions", Resolve)
            .Describe<ResolveIdentityConflict>(
                "Record which of the two is genuine",
                Examples.ConflictResolution,
                "conflict-not-found"
            );
    }

    static Plan Raise(Incoming<IdentityConflictBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var ids = f.Identifiers([b.Identifier], "identifier", i.Handles);
        var second = new RegisterItem(
            i.NewId("item"),
            "",
            ids,
            f.Text(b.Make, "make"),
            f.Text(b.Model, "model"),
            FirstRegistered: f.Day(b.FirstRegistered, "firstRegistered"),
            Owner: f.Party(b.Owner, "owner")
        );
        var identifier = ids.IsEmpty ? new(new("", ""), "") : ids[0];
        return new(new RaiseIdentityConflict(identifier, f.Hash(b.Evidence, "evidence"), second), ("", second.ItemId))
        {
            OccurredAt = b.OccurredAt,
        };
    }

    static Plan Resolve(Incoming<ConflictResolutionBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var resolving = new ResolveIdentityConflict(
            f.Id(b.Other, "other"),
            f.Id(b.Genuine, "genuine"),
            f.Needed(b.DecidedBy, "decidedBy"),
            f.Hash(b.Evidence, "evidence")
        );
        return new(resolving, ("", default)) { OccurredAt = b.OccurredAt };
    }
}
