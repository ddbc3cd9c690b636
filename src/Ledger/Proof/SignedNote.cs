using System.Buffers.Binary;
using System.Text;

namespace Ledger.Proof;

/// <summary>A text with signature lines under it (C2SP signed-note, proof.md §5).</summary>
public static class SignedNote
{
    const string LineStart = "— ";

    /// <summary>The text, a blank line, and one line of each signer.</summary>
    /// <exception cref="ArgumentException">The text does not end with LF or holds another control character.</exception>
    public static string Sign(string text, params ReadOnlySpan<INoteSigner> signers)
    {
        if (!IsText(text))
            throw new ArgumentException(
                "The text of a note ends with LF and holds no other control character.",
                nameof(text)
            );
        var note = new StringBuilder(text).Append('\n');
        foreach (var signer in signers)
            note.Append(Line(text, signer));
        return note.ToString();
    }

    /// <summary>One signature line with its LF: em dash, space, name, space, b64(id ‖ signature).</summary>
    public static string Line(string text, INoteSigner signer)
    {
        Span<byte> id = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(id, signer.Key.Id);
        byte[] payload = [.. id, .. signer.Sign(Encoding.UTF8.GetBytes(text))];
        return $"{LineStart}{signer.Key.Name} {Convert.ToBase64String(payload)}\n";
    }

    static bool IsText(string text) => StrictText.Holds(text) && !text.Any(c => c < ' ' && c != '\n');
}
