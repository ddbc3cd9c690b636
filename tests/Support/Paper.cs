using System.Security.Cryptography;
using System.Text;

namespace Support;

/// <summary>A paper that a test speaks of.</summary>
public static class Paper
{
    /// <summary>Its SHA-256, as a body has it.</summary>
    public static string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
