using System.Text;
using Ledger.Proof;

namespace Ledger.Store.Publishing;

/// <summary>Asks witnesses over HTTP (C2SP tlog-witness, proof.md §5).</summary>
/// <param name="patience">How long one question may take.</param>
sealed class WitnessClient(HttpClient client, TimeSpan patience, TimeProvider clock)
{
    /// <summary>How often a proof is built again for a witness that stands elsewhere.</summary>
    const int MostRebuilds = 3;

    /// <param name="old">What it cosigned last, as far as is known.</param>
    /// <param name="checkpoint">What it is asked to cosign, signed by the log.</param>
    /// <param name="proofFrom">The consistency proof from a size to the checkpoint's.</param>
    /// <returns>Its line; null where it did not cosign in time.</returns>
    public async Task<SignatureLine?> AskAsync(
        Proof.Witness witness,
        ulong old,
        SizedNote checkpoint,
        Func<ulong, Task<Hash[]>> proofFrom,
        CancellationToken stop
    )
    {
        // It may have forgotten, or moved on with a node that ended before it could remember.
        for (var rebuilds = 0; old <= checkpoint.Size && rebuilds <= MostRebuilds; rebuilds++)
        {
            var request = new AddCheckpoint(old, [.. await proofFrom(old)], checkpoint.Note);
            switch (await SendAsync(witness, request, stop))
            {
                case WitnessReply.Cosigned cosigned:
                    return cosigned.Line;
                case WitnessReply.Stale stale:
                    old = stale.Size;
                    break;
                default:
                    return null;
            }
        }
        return null;
    }

    async Task<WitnessReply?> SendAsync(Proof.Witness witness, AddCheckpoint request, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(patience, clock);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.Body));
            var address = new Uri($"{witness.Url!.TrimEnd('/')}/add-checkpoint");
            using var response = await client.PostAsync(address, content, until.Token);
            var body = await response.Content.ReadAsByteArrayAsync(until.Token);
            var mediaType = response.Content.Headers.ContentType?.MediaType;
            return WitnessReply.Read((int)response.StatusCode, mediaType, body, request.Note, witness.Key);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }
}

/// <summary>A checkpoint of that size as the log signed it.</summary>
readonly record struct SizedNote(ulong Size, string Note);
