using System.Globalization;

namespace Year;

/// <summary>The numbers that things bear, each with the check digit of its own standard. Written apart from the
/// ledger's: GB 16735-2019 annex (vehicles), 3GPP TS 23.003 annex B (telephones).</summary>
sealed class Numbers(int seed)
{
    int next;

    int Next => Interlocked.Increment(ref next);

    public string Vin(Random chance)
    {
        string[] makers = ["LSV", "LFV", "LGX", "LVG", "LSG", "LBV"];
        var body = makers[chance.Next(makers.Length)] + Text($"{seed % 10}F{chance.Next(10, 99)}0B4K{Next:D6}");
        return "vin:" + body[..8] + VinCheck(body) + body[9..];
    }

    public string Imei()
    {
        var body = Text($"86{seed % 100:D2}05{Next:D8}");
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var d = (body[i] - '0') * (i % 2 == 1 ? 2 : 1);
            sum += d / 10 + d % 10;
        }
        return Text($"imei:{body}{(10 - sum % 10) % 10}");
    }

    public string Serial(string maker) => Text($"serial:{maker}/{seed:D2}{Next:D7}");

    /// <summary>Of a memory chip, a report, a key of a person: a number that nobody else has.</summary>
    public string Any(string kind) => Text($"{kind}-{seed}-{Next}");

    static char VinCheck(string vin)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            var value = vin[i] switch
            {
                >= '0' and <= '9' and var c => c - '0',
                >= 'A' and <= 'H' and var c => c - 'A' + 1,
                >= 'J' and <= 'R' and var c => c - 'J' + 1,
                var c => c - 'S' + 2,
            };
            var weight = i switch
            {
                < 7 => 8 - i,
                7 => 10,
                8 => 0,
                _ => 18 - i,
            };
            sum += value * weight;
        }
        var rest = sum % 11;
        return rest == 10 ? 'X' : (char)('0' + rest);
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
