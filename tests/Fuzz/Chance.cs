using System.Globalization;

namespace Fuzz;

/// <summary>One seeded source of chance, and identifiers that fit their own checks.</summary>
public sealed class Chance(int seed)
{
    readonly Random random = new(seed);
    int made;

    public int Seed => seed;

    public int Below(int most) => random.Next(most);

    public bool OneIn(int n) => random.Next(n) == 0;

    public T Of<T>(IReadOnlyList<T> several) => several[random.Next(several.Count)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A number that this run has not used: of its seed and of how many came before.</summary>
    public string Unique() => Text($"{seed % 10_000:D4}{++made:D6}");

    public string Key() => Text($"fuzz-{seed}-{++made}");

    public string Vin()
    {
        var vin = Text($"LSV{seed % 1000:D3}K00KA{++made:D6}").ToCharArray();
        const string letters = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
        int[] weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
        var sum = vin.Select((c, i) => letters.IndexOf(c, StringComparison.Ordinal) % 10 * weights[i]).Sum();
        vin[8] = sum % 11 == 10 ? 'X' : (char)('0' + sum % 11);
        return $"vin:{new string(vin)}";
    }

    public string Imei()
    {
        var body = Text($"35{seed % 1000:D3}{++made:D9}");
        var sum = body.Select(
                (c, i) =>
                    i % 2 == 0 ? c - '0'
                    : (c - '0') * 2 is var d && d > 9 ? d - 9
                    : d
            )
            .Sum();
        return Text($"imei:{body}{(10 - sum % 10) % 10}");
    }

    const string Social = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>A code of an organisation of which both check characters fit.</summary>
    public string Uscc()
    {
        while (true)
        {
            var body = Text($"{seed % 100:D2}{++made:D6}");
            int[] weights = [3, 7, 9, 10, 5, 8, 4, 2];
            var check = 11 - body.Select((c, i) => (c - '0') * weights[i]).Sum() % 11;
            if (check is 10)
                continue;
            return Checked($"91510104{body}{check % 11}");
        }
    }

    /// <summary>A ledger tag: eleven characters and their check.</summary>
    public string Tag() => Checked(Text($"{seed % 1000:D3}{++made:D8}"));

    static string Checked(string body)
    {
        var (sum, weight) = (0, 1);
        foreach (var c in body)
        {
            sum += Social.IndexOf(c, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }
        return body + Social[(31 - sum % 31) % 31];
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
