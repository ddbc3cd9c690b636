namespace Api.Lists;

/// <summary>The parameters of a read that is no list.</summary>
sealed record QueryMetadata(IReadOnlyList<QueryParameter> Parameters);

static class QueryMetadataExtensions
{
    /// <summary>Says which parameters a read has: those that its reading asks for.</summary>
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder endpoint, Action<QueryValues> reading) =>
        endpoint.WithMetadata(new QueryMetadata(QueryValues.AskedBy(reading)));
}
