using Microsoft.Extensions.Logging;

namespace Ledger.Store.Publishing;

/// <summary>Says once that something went wrong, and once that it is over.</summary>
sealed class Alarm(ILogger logger, string what)
{
    bool raised;

    public void Raise(string why)
    {
        if (!raised)
            logger.LogError("Publishing: {What}: {Why}", what, why);
        raised = true;
    }

    public void Ends()
    {
        if (raised)
            logger.LogWarning("Publishing: {What}: well again", what);
        raised = false;
    }
}
