using System.Linq.Expressions;
using System.Text.Json;

namespace Ledger.Kernel;

/// <summary>What a day or an instant that an event tells means beside the clock.</summary>
public enum ActTime
{
    /// <summary>Of something that has happened: it lies in no future.</summary>
    Happened,

    /// <summary>Of a plan, a term or a limit: it may lie ahead.</summary>
    MayLieAhead,
}

/// <summary>A day, an instant or a second of the epoch that an event tells.</summary>
/// <param name="Member">On the wire, camelCase; bodies call it the same.</param>
/// <param name="Column">What an import's column calls it, where one has it.</param>
public sealed record ActTimeLine(Type Event, string Member, ActTime Class, string? Column = null)
{
    public static ActTimeLine Happened<T>(Expression<Func<T, object?>> member, string? column = null)
        where T : LedgerEvent => new(typeof(T), Name(member), ActTime.Happened, column);

    public static ActTimeLine Ahead<T>(Expression<Func<T, object?>> member)
        where T : LedgerEvent => new(typeof(T), Name(member), ActTime.MayLieAhead);

    static string Name<T>(Expression<Func<T, object?>> member) =>
        JsonNamingPolicy.CamelCase.ConvertName(((MemberExpression)((UnaryExpression)member.Body).Operand).Member.Name);
}
