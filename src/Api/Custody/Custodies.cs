using Api.Hosting;
using Ledger.Custody;

namespace Api;

/// <summary>Arrivals and moves: who keeps a thing.</summary>
static class Custodies
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var items = api.MapGroup("/items/{id}").WithTags("Custody");
        items
            .MapItemCommand<IntakeBody>(
                "/intakes",
                i =>
                {
                    var (b, f) = (i.Body, i.Fields);
                    var id = i.NewId("intake");
                    return new(
                        new ReceiveItem(
                            id,
                            f.Party(b.From, "from"),
                            f.Text(b.Place, "place"),
                            f.Word<IntakeReason>(b.Reason, "reason"),
                            f.Hashes(b.Photos, "photos")
                        ),
                        ("intakes", id)
                    )
                    {
                        OccurredAt = b.OccurredAt,
                    };
                }
            )
            .Describe<ReceiveItem>("Record that an item has arrived", Examples.Intake, "custody-held-elsewhere");
        items
            .MapItemCommand<CustodyBody>(
                "/intakes/{intakeId}/transfers",
                i =>
                    new(
                        new TransferCustody(
                            i.PathId("intakeId"),
                            i.Fields.Party(i.Body.From, "from"),
                            i.Fields.NeededParty(i.Body.To, "to"),
                            i.Fields.Text(i.Body.Place, "place"),
                            i.Fields.Text(i.Body.SealNo, "sealNo", 60)
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<TransferCustody>(
                "Hand an item on to another keeper",
                Examples.Custody,
                "intake-closed",
                "not-the-holder",
                "seal-mismatch",
                "counter-signature-missing"
            );
    }
}

/// <summary>An item arrives at a site.</summary>
/// <param name="Reason"><c>purchase</c>, <c>consign</c>, <c>wipe</c>, <c>repair</c>, <c>collect</c> or
/// <c>return</c>.</param>
/// <param name="Photos">SHA-256 of each photo.</param>
public sealed record IntakeBody(
    string Reason,
    string? From = null,
    string? Place = null,
    IReadOnlyList<string>? Photos = null,
    string? OccurredAt = null
);

/// <summary>Another keeper takes it over; the header <c>Ledger-Second-Actor</c> names the other side.</summary>
public sealed record CustodyBody(
    string To,
    string? From = null,
    string? Place = null,
    string? SealNo = null,
    string? OccurredAt = null
);
