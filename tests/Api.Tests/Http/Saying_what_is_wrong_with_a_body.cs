using System.Text;
using Api.Hosting;

namespace Api.Tests.Http;

/// <summary>A body that cannot be read is told by its members and in the words of JSON, never by our types.</summary>
public sealed class Saying_what_is_wrong_with_a_body
{
    /// <summary>A body with a member of each type that bodies have.</summary>
    public sealed record Shape(string Text, int Number, bool? Flag, string[]? List, Inner? Inner, Inner[]? Several);

    public sealed record Inner(long? Count, string Name);

    const string Rest = "\"text\":\"x\",\"number\":1,\"flag\":true,\"list\":[],\"inner\":null,\"several\":null";

    [Theory]
    [InlineData("""{"text":7}""", "text", "“text” is not a text.", "“text”不是文本。")]
    [InlineData("""{"text":"x","number":"1"}""", "number", "“number” is not a whole number.", "“number”不是整数。")]
    [InlineData("""{"flag":"yes"}""", "flag", "“flag” is not true or false.", "“flag”不是true 或 false。")]
    [InlineData("""{"list":"a"}""", "list", "“list” is not a list.", "“list”不是列表。")]
    [InlineData("""{"list":[1]}""", "list[0]", "“list[0]” is not a text.", "“list[0]”不是文本。")]
    [InlineData("""{"inner":3}""", "inner", "“inner” is not an object.", "“inner”不是对象。")]
    [InlineData("""{"inner":{"count":"x"}}""", "inner.count", "“inner.count” is not a whole number.", null)]
    [InlineData("""{"several":[{"name":1}]}""", "several[0].name", "“several[0].name” is not a text.", null)]
    [InlineData(
        """{"text":null,"number":1,"flag":true,"list":[],"inner":null,"several":null}""",
        "text",
        "“text” is null.",
        "“text”为 null。"
    )]
    [InlineData("""[]""", null, "“$” is not an object.", "“$”不是对象。")]
    [InlineData("""{"colour":"red"}""", "colour", "Unknown member “colour”.", "没有名为“colour”的成员。")]
    [InlineData("""{"text":"x","text":"y"}""", "text", "“text” stands twice.", "“text”出现两次。")]
    [InlineData("""{}""", "text", "Missing: text, number, flag, list, inner, several.", null)]
    [InlineData("""{"inner":{"name":"x"}}""", "inner.count", "Missing: count.", "缺少：count。")]
    public void Names_the_member_and_what_was_expected(string body, string? field, string en, string? zh)
    {
        var (read, refusal, _) = ApiJson.Read<Shape>(Encoding.UTF8.GetBytes(body));
        Assert.Null(read);
        Assert.Equal(("body-malformed", field, en), (refusal!.Code, refusal.Field, refusal.With["reason"]));
        if (zh is not null)
            Assert.Equal(zh, refusal.With["reasonZh"]);
    }

    /// <summary>What the reader of JSON says of it is for those who call that reader.</summary>
    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{", 1, 2)]
    [InlineData("{\"text\":\"x\"} trailing", 1, 14)]
    [InlineData("{\"text\":0x1}", 1, 10)]
    [InlineData("{\n  \"text\":\"车\",\n  \"number\" 1}", 3, 12)]
    [InlineData("{\"text\":\"二手车\",}", 1, 15)]
    public void Says_where_it_is_no_JSON(string body, int line, int column)
    {
        var (_, refusal, _) = ApiJson.Read<Shape>(Encoding.UTF8.GetBytes(body));
        Assert.Equal(
            ($"Not JSON at line {line}, column {column}.", $"第 {line} 行第 {column} 列不是有效的 JSON。"),
            (refusal!.With["reason"], refusal.With["reasonZh"])
        );
    }

    [Fact]
    public void Says_that_it_is_too_deep()
    {
        var (_, refusal, _) = ApiJson.Read<Shape>(Encoding.UTF8.GetBytes(new string('[', 40) + new string(']', 40)));
        Assert.Equal(
            ("It is nested more than 32 levels deep.", "嵌套超过 32 层。"),
            (refusal!.With["reason"], refusal.With["reasonZh"])
        );
    }

    [Theory]
    [InlineData("{\"text\":null}")]
    [InlineData("{\"text\":\"\\ud800\"}")]
    [InlineData("{\"list\":[null]}")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"text\":\"x\"} trailing")]
    public void Speaks_of_no_type_of_ours(string body)
    {
        var (read, refusal, _) = ApiJson.Read<Shape>(Encoding.UTF8.GetBytes(body));
        Assert.Null(read);
        foreach (var word in (string[])["System.", "Nullable", "Shape", "Inner", "Api.", "LineNumber", "token"])
            Assert.All(refusal!.With.Values, said => Assert.DoesNotContain(word, said, StringComparison.Ordinal));
    }

    [Fact]
    public void Is_silent_where_nothing_is_wrong() =>
        Assert.NotNull(ApiJson.Read<Shape>(Encoding.UTF8.GetBytes($"{{{Rest}}}")).Body);
}
