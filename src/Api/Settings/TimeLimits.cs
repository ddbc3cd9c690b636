namespace Api.Settings;

/// <summary>How long the service lets anybody wait. Settings, so that tests need not.</summary>
/// <param name="Request">Until a request is answered, whatever the database does.</param>
/// <param name="Readiness">Until readiness is answered.</param>
/// <param name="Standing">So long a view may stand still behind the newest event before the service is not
/// ready.</param>
public sealed record TimeLimits(TimeSpan Request, TimeSpan Readiness, TimeSpan Standing)
{
    public static TimeLimits Default { get; } =
        new(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30));
}
