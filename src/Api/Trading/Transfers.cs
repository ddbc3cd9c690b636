using Api.Hosting;
using Ledger.Trading;

namespace Api;

/// <summary>What a registration station does: take papers, check the car, register or send back.</summary>
static class Transfers
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var items = api.MapGroup("/items/{id}").WithTags("Trading");
        items
            .MapItemCommand<SubmissionBody>(
                "/transfer-submissions",
                i =>
                    new(
                        new SubmitTransfer(
                            i.Fields.Id(i.Body.TradeId, "tradeId"),
                            i.Fields.Needed(i.Body.Station, "station"),
                            i.Fields.Texts(i.Body.Checklist, "checklist"),
                            i.Fields.Hashes(i.Body.Papers, "papers") ?? []
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<SubmitTransfer>(
                "Hand a car's papers to a registration station",
                Examples.Submission,
                "papers-missing",
                "station-not-authorised",
                "frozen-last-year"
            );
        items
            .MapItemCommand<VehicleCheckBody>(
                "/vehicle-checks",
                i =>
                    new(
                        new CheckVehicle(
                            i.Fields.Hash(i.Body.Rubbing, "rubbing"),
                            i.Fields.Hashes(i.Body.Photos, "photos"),
                            i.Body.VinMatches,
                            i.Body.EngineMatches
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<CheckVehicle>("Hold a car against its papers", Examples.VehicleCheck, "needs-hand-over");
        items
            .MapItemCommand<TransferRefusalBody>(
                "/transfer-refusals",
                i =>
                    new(
                        new RefuseTransfer(
                            i.Fields.Id(i.Body.TradeId, "tradeId"),
                            i.Fields.Needed(i.Body.Reason, "reason", 500)
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<RefuseTransfer>(
                "Send a transfer back to its desk",
                Examples.TransferRefusal,
                "deal-not-found",
                "wrong-state"
            );
        items
            .MapItemCommand<TransferBody>("/transfers", Transfer)
            .Describe<TransferOwnership>(
                "Transfer ownership at a registration station",
                Examples.Transfer,
                "needs-hand-over",
                "held-by-authority",
                "encumbered",
                "frozen-last-year",
                "identity-altered",
                "station-not-authorised",
                "transfer-not-submitted",
                "not-at-this-station",
                "vehicle-not-checked",
                "papers-missing"
            );
    }

    static Plan Transfer(Incoming<TransferBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        return new(
            new TransferOwnership(
                f.Id(b.TradeId, "tradeId"),
                f.Word<TransferVia>(b.Via ?? "station", "via"),
                f.Text(b.Station, "station"),
                f.Division(b.FromRegion, "fromRegion"),
                f.Division(b.ToRegion, "toRegion"),
                f.Day(b.RegisteredOn, "registeredOn"),
                f.Hashes(b.Papers, "papers") ?? []
            )
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }
}
