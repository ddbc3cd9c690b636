using Api.Hosting;
using Ledger.Encumbrances;

namespace Api;

/// <summary>A lien.</summary>
/// <param name="Kind"><c>mortgage</c>, <c>lease</c> or <c>customs-supervision</c>.</param>
public sealed record EncumbranceBody(
    string Kind,
    string Holder,
    string Since,
    string? Until = null,
    string? OccurredAt = null
);

public sealed record EncumbranceReleaseBody(string Holder, string? Reason = null, string? OccurredAt = null);

public sealed record ExtensionBody(string Holder, string Until, string? OccurredAt = null);

/// <param name="Lessee">The new one; kept in the vault.</param>
public sealed record LesseeBody(string Holder, string? Lessee = null, string? OccurredAt = null);

/// <summary>The lender lets one deal go on.</summary>
/// <param name="Until">Last instant at which the deal may rest on it; absent: no end is set.</param>
public sealed record ConsentBody(string Holder, string TradeId, string? Until = null, string? OccurredAt = null);

/// <summary>A hold by an authority.</summary>
/// <param name="Authority"><c>police</c>, <c>court</c>, <c>tax</c> or <c>other</c>.</param>
public sealed record HoldBody(string Authority, string DocNo, string? Until = null, string? OccurredAt = null);

public sealed record HoldReleaseBody(string Authority, string? Reason = null, string? OccurredAt = null);

/// <summary>Liens and holds: placed, and released by who placed them.</summary>
static class Encumbrances
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var items = api.MapGroup("/items/{id}").WithTags("Encumbrances");
        items
            .MapItemCommand<EncumbranceBody>(
                "/encumbrances",
                i =>
                {
                    var id = i.NewId("encumbrance");
                    return new(
                        new RegisterEncumbrance(
                            id,
                            i.Fields.Word<EncumbranceKind>(i.Body.Kind, "kind"),
                            i.Fields.NeededParty(i.Body.Holder, "holder"),
                            i.Fields.Day(i.Body.Since, "since") ?? default,
                            i.Fields.Day(i.Body.Until, "until")
                        ),
                        ("encumbrances", id)
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    };
                }
            )
            .Describe<RegisterEncumbrance>("Register a lien", Examples.Encumbrance);
        items
            .MapItemCommand<EncumbranceReleaseBody>(
                "/encumbrances/{encumbranceId}/releases",
                i =>
                    new(
                        new ReleaseEncumbrance(
                            i.PathId("encumbranceId"),
                            i.Fields.NeededParty(i.Body.Holder, "holder"),
                            i.Fields.Text(i.Body.Reason, "reason")
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<ReleaseEncumbrance>(
                "Release a lien",
                Examples.EncumbranceRelease,
                "encumbrance-not-found",
                "not-the-holder"
            );
        items
            .MapItemCommand<ExtensionBody>(
                "/encumbrances/{encumbranceId}/extensions",
                i =>
                    new(
                        new ExtendEncumbrance(
                            i.PathId("encumbranceId"),
                            i.Fields.NeededParty(i.Body.Holder, "holder"),
                            i.Fields.Day(i.Body.Until, "until") ?? default
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<ExtendEncumbrance>(
                "Extend a lien",
                Examples.Extension,
                "encumbrance-not-found",
                "not-the-holder"
            );
        items
            .MapItemCommand<LesseeBody>(
                "/encumbrances/{encumbranceId}/lessees",
                i =>
                    new(
                        new ChangeLessee(
                            i.PathId("encumbranceId"),
                            i.Fields.NeededParty(i.Body.Holder, "holder"),
                            i.Fields.Text(i.Body.Lessee, "lessee")
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<ChangeLessee>("Change the lessee", Examples.Lessee, "encumbrance-not-found", "not-the-holder");
        items
            .MapItemCommand<ConsentBody>(
                "/encumbrances/{encumbranceId}/consents",
                i =>
                    new(
                        new ConsentToDeal(
                            i.PathId("encumbranceId"),
                            i.Fields.NeededParty(i.Body.Holder, "holder"),
                            i.Fields.Id(i.Body.TradeId, "tradeId"),
                            i.Fields.Instant(i.Body.Until, "until")
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<ConsentToDeal>(
                "Consent to a deal while the lien stands",
                Examples.LenderConsent,
                "encumbrance-not-found",
                "not-the-holder",
                "deal-not-found",
                "consent-expired"
            );
        items
            .MapItemCommand<HoldBody>(
                "/holds",
                i =>
                {
                    var id = i.NewId("hold");
                    return new(
                        new PlaceHold(
                            id,
                            i.Fields.Word<HoldAuthority>(i.Body.Authority, "authority"),
                            i.Fields.Needed(i.Body.DocNo, "docNo"),
                            i.Fields.Day(i.Body.Until, "until")
                        ),
                        ("holds", id)
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    };
                }
            )
            .Describe<PlaceHold>("Place a hold", Examples.Hold, "authority-not-competent");
        items
            .MapItemCommand<HoldReleaseBody>(
                "/holds/{holdId}/releases",
                i =>
                    new(
                        new ReleaseHold(
                            i.PathId("holdId"),
                            i.Fields.Word<HoldAuthority>(i.Body.Authority, "authority"),
                            i.Fields.Text(i.Body.Reason, "reason")
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<ReleaseHold>(
                "Release a hold",
                Examples.HoldRelease,
                "hold-not-found",
                "authority-not-competent",
                "not-the-placer"
            );
    }
}
