using Ledger.Store.Postgres;

namespace Projections.Market;

/// <summary>A listing whose last day is over.</summary>
public sealed record OverdueListing(Guid ItemId, Guid ListingId, DateOnly EndsOn, string? Division);

/// <summary>Which open listings have had their last day?</summary>
public sealed class OverdueListings(LedgerDatabase database)
{
    /// <param name="today">A listing that ends today still stands.</param>
    public async Task<List<OverdueListing>> ReadAsync(DateOnly today, int most, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"""
            select stream, listing_id, ends_on, division from {new ListingsView().Source}
            where state = 'open' and ends_on < $1 and listing_id is not null order by ends_on, stream limit $2
            """
        );
        command.Parameters.AddWithValue(today);
        command.Parameters.AddWithValue(most);
        return await command.ListAsync(
            r => new OverdueListing(r.GetGuid(0), r.GetGuid(1), r.GetFieldValue<DateOnly>(2), r.Text(3)),
            stop
        );
    }
}
