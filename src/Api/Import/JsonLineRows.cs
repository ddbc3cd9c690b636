using System.Text;
using System.Text.Json;
using Ledger.Kernel;

namespace Api.Import;

/// <summary>JSON lines: one flat object a line; members by name, as the header has them.</summary>
sealed class JsonLineRows : IRowSource
{
    const int LongestLine = 1 << 20;
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    readonly TextReader text;
    readonly string encoding;
    readonly long size;
    readonly Queue<string> ahead = [];
    long read;

    public JsonLineRows(string path, ImportMap? map)
    {
        (text, encoding) = SourceFile.OpenText(path, map?.Encoding);
        size = new FileInfo(path).Length * (SourceFile.IsGzip(path) ? 5 : 1);
        // Members may be absent from a row: the header is what the first hundred lines name.
        var names = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (ahead.Count < 100 && read < LongestAhead && ReadLine() is { } line)
        {
            ahead.Enqueue(line);
            if (Parse(line).Members is { } members)
                names.AddRange(members.Keys.Where(known.Add));
        }
        if (ahead.Count == 0)
            throw new NotWhatItClaimsException($"{path} is empty.");
        if (names.Count == 0)
            throw new NotWhatItClaimsException($"{path} is not JSON lines: none of its first lines is a JSON object.");
        // A column that only late rows name is one of ours all the same; those every row needs must come early.
        Header = [.. names.Union(RowReader.Optional)];
        columns = [.. Header];
    }

    /// <summary>Characters that are looked at for names of columns.</summary>
    const int LongestAhead = 4 << 20;

    readonly HashSet<string> columns;

    public string[] Header { get; private set; }

    public double Progress => size == 0 ? 1 : Math.Min(1, read / (double)size);

    public IEnumerable<SourceRow> Rows()
    {
        long number = 0;
        while ((ahead.Count > 0 ? ahead.Dequeue() : ReadLine()) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            yield return Row(++number, line);
        }
    }

    SourceRow Row(long number, string line)
    {
        if (RowSource.Check([line], encoding) is { } fault)
            return new(number, [line], fault);
        var (members, refusal) = Parse(line);
        if (members is null)
            return new(number, [line], refusal);
        if (members.Keys.FirstOrDefault(k => !columns.Contains(k)) is { } late)
            return new(
                number,
                [line],
                Malformed($"The member “{late}” is not named by the first rows.", $"前面的行没有成员“{late}”。")
            );
        return new(number, [.. Header.Select(name => members.GetValueOrDefault(name, ""))]);
    }

    static Refusal Malformed(string en, string zh) => Refusal.Of("json-malformed", ("reason", en), ("reasonZh", zh));

    static (Dictionary<string, string>? Members, Refusal? Refusal) Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                return (null, Malformed("The line is not a JSON object.", "该行不是 JSON 对象。"));
            var members = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    return (
                        null,
                        Malformed(
                            $"The member “{member.Name}” is not a plain value.",
                            $"成员“{member.Name}”不是单一的值。"
                        )
                    );
                members[member.Name] = member.Value.ValueKind switch
                {
                    JsonValueKind.Null => "",
                    JsonValueKind.String => member.Value.GetString()!,
                    _ => member.Value.GetRawText(),
                };
            }
            return (members, null);
        }
        catch (JsonException error)
        {
            var (_, column) = Hosting.BodyFaults.Place(error, Encoding.UTF8.GetBytes(line));
            return (null, Malformed($"Not JSON at column {column}.", $"第 {column} 列不是有效的 JSON。"));
        }
        catch (InvalidOperationException)
        {
            return (null, Malformed(Hosting.BodyFaults.HalfPair.En, Hosting.BodyFaults.HalfPair.Zh));
        }
    }

    /// <summary>A line of at most <see cref="LongestLine"/> characters; what is longer is cut and marked.</summary>
    string? ReadLine()
    {
        var line = new StringBuilder();
        int c;
        while ((c = text.Read()) >= 0 && c != '\n')
        {
            read++;
            if (line.Length < LongestLine)
                line.Append((char)c);
            else if (line.Length == LongestLine)
                line.Append(SourceFile.Overflow);
        }
        read++;
        return c < 0 && line.Length == 0 ? null : line.ToString().TrimEnd('\r');
    }

    public void Dispose() => text.Dispose();
}
