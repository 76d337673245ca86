using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oms.Tidy;

/// <summary>What tests may not do.</summary>
public sealed class TestCodeTests
{
    [Fact]
    public void No_test_is_skipped() => Rule.Holds(
        "make the test run, or remove it",
        from file in Tree.Tests
        from argument in file.Nodes<AttributeArgumentSyntax>()
        where argument.NameEquals?.Name.Identifier.Text.StartsWith("Skip", StringComparison.Ordinal) == true
        select file.At(argument));

    [Fact]
    public void No_test_sleeps() => Rule.Holds(
        "await a signal, or look again and again with a deadline (Task.Delay only inside a loop that looks)",
        from file in Tree.Tests
        from call in file.Nodes<MemberAccessExpressionSyntax>()
        where call.ToString() == "Thread.Sleep" || (call.ToString() == "Task.Delay" && !IsInLoop(call))
        select $"{file.At(call)}: {call}");

    [Fact]
    public void Every_refusal_has_a_test()
    {
        EnumDeclarationSyntax reasons = Tree.Source
            .Single(file => file.Path == "src/Oms.Domain/Orders/RejectReason.cs")
            .Nodes<EnumDeclarationSyntax>()
            .Single();
        string[] words =
        [
            .. Tree.Tests
                .Where(file => !file.IsIn("Oms.Tidy"))
                .SelectMany(file => file.Syntax.GetRoot().DescendantTokens())
                .SelectMany(token => token.Text.Split(' ', '|', '.', '"', '\n', '\r'))
                .Distinct(),
        ];
        Rule.Holds(
            "write the test that produces this refusal",
            reasons.Members.Select(member => member.Identifier.Text).Except(["None", .. words]));
    }

    private static bool IsInLoop(MemberAccessExpressionSyntax call) =>
        call.Ancestors().Any(node =>
            node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
                or ForEachStatementSyntax);
}
