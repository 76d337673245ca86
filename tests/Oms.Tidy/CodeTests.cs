using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oms.Tidy;

/// <summary>What C# files look like.</summary>
public sealed partial class CodeTests
{
    private const int LineMax = 120;
    private const int FileLinesMax = 500;
    private const int FunctionLinesMax = 60;
    private const int ProgramLinesMax = 60;

    /// <summary>Endings that say that the noun was not found yet.</summary>
    private static readonly string[] NotNouns =
    [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Processor", "Handler", "Service", "Wrapper", "Base",
        "Impl", "Data", "Info",
    ];

    /// <summary>Nouns that end like one of those, and why they stay.</summary>
    private static readonly Dictionary<string, string> Nouns = new()
    {
        ["StrategyBase"] = "what authors of strategies derive from, and look for by that name",
        ["IMarketData"] = "market data is the field's own word",
        ["ExchangeInfo"] = "the exchange's own name of what it answers",
    };

    /// <summary>What is not only for tests.</summary>
    private static IEnumerable<SourceFile> Shipped => Tree.Source.Concat(Tree.Benchmarks);

    private static IEnumerable<SourceFile> All => Shipped.Concat(Tree.Tests);

    [Fact]
    public void Lines_fit_the_screen() => Rule.Holds(
        $"break lines after {LineMax} characters; only aligned tables may be wider",
        from file in All
        let tables = TableLines(file)
        from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
        where line.Text.Length > LineMax && !tables.Contains(line.Number)
        select $"{file.Path}:{line.Number}: {line.Text.Length}");

    [Fact]
    public void Files_are_short() => Rule.Holds(
        $"split files of more than {FileLinesMax} lines where their nouns part",
        from file in All
        where file.Lines.Length > FileLinesMax + 1
        select $"{file.Path}: {file.Lines.Length}");

    [Fact]
    public void Functions_are_short() => Rule.Holds(
        $"name the parts of functions of more than {FunctionLinesMax} lines",
        from file in Shipped
        from node in file.Nodes<SyntaxNode>()
        where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let lines = node.ToString().Count(character => character == '\n') + 1
        where lines > FunctionLinesMax
        select $"{file.At(node)}: {lines}");

    [Fact]
    public void A_file_has_one_type_and_its_name() => Rule.Holds(
        "one type per file, and the file named after it",
        from file in Shipped
        let types = TopLevelTypes(file).ToArray()
        where types.Length > 1 || types.Any(type => NameOf(type) != file.Name[..^3].Split('{', '.')[0])
        select $"{file.Path}: {string.Join(", ", types.Select(NameOf))}");

    [Fact]
    public void Programs_can_be_read_at_a_glance() => Rule.Holds(
        "keep Program.cs to lines that wire the parts in the order in which data flows",
        from file in Shipped
        where file.Name == "Program.cs" && file.Lines.Length > ProgramLinesMax + 1
        select $"{file.Path}: {file.Lines.Length}");

    [Fact]
    public void Types_are_named_for_what_they_are() => Rule.Holds(
        "name the type for what it is in the domain; Service only for gRPC services",
        from file in All
        from type in file.Nodes<BaseTypeDeclarationSyntax>()
        let name = type.Identifier.Text
        where NotNouns.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))
            && !Nouns.ContainsKey(name) && !IsGrpcService(type)
        select $"{file.At(type)}: {name}");

    [Fact]
    public void Nothing_is_left_for_later_without_an_issue() => Rule.Holds(
        "do it, or name the issue in which it will be done: (#123)",
        from file in All
        from trivia in file.Syntax.GetRoot().DescendantTrivia(descendIntoTrivia: true)
        where trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia
        let text = trivia.ToString()
        where Later().IsMatch(text) && !Issue().IsMatch(text)
        select $"{file.At(trivia)}: {text}");

    [Fact]
    public void Warnings_are_disabled_with_a_reason() => Rule.Holds(
        "mend what the warning says, or write the reason behind it on the same line",
        from file in All
        from trivia in file.Syntax.GetRoot().DescendantTrivia()
        where trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia)
        let text = file.Lines[file.Syntax.GetLineSpan(trivia.Span).StartLinePosition.Line]
        where text.Contains("disable") && !text.Contains("disable format") && !text.Contains("//")
        select $"{file.At(trivia)}: {text}");

    [Fact]
    public void Code_has_no_regions_conditions_or_jumps() => Rule.Holds(
        "no #region, #if, goto or dynamic: split the file, decide at run time, return",
        from file in All
        from found in file.Syntax.GetRoot().DescendantNodesAndTokens(descendIntoTrivia: true)
        where found.Kind() is SyntaxKind.RegionDirectiveTrivia or SyntaxKind.IfDirectiveTrivia
            or SyntaxKind.GotoStatement
        select $"{file.Path}: {found.Kind()}");

    [Fact]
    public void Money_is_never_floating() => Rule.Holds(
        "use a long mantissa at the instrument's decimals, and decimal at the edges",
        from file in Tree.Source
        where file.IsIn(
            "Oms.Domain", "Oms.Matching", "Oms.Engine", "Oms.SharedMemory", "Oms.Journal", "Oms.FastPath",
            "Oms.Exchanges")
        from type in file.Nodes<PredefinedTypeSyntax>()
        where type.Keyword.Kind() is SyntaxKind.DoubleKeyword or SyntaxKind.FloatKeyword
        select $"{file.At(type)}: {type}");

    [Fact]
    public void The_fast_path_computes_with_integers() => Rule.Holds(
        "long mantissas and Int128; decimal exists at the edges only",
        from file in Tree.Source
        where file.IsIn("Oms.Matching", "Oms.Engine", "Oms.SharedMemory", "Oms.Journal", "Oms.FastPath")
            || file.Path.StartsWith("src/Oms.Domain/Messages/", StringComparison.Ordinal)
        from type in file.Nodes<PredefinedTypeSyntax>()
        where type.Keyword.IsKind(SyntaxKind.DecimalKeyword)
        select file.At(type));

    [Fact]
    public void The_core_knows_no_exchange_by_name() => Rule.Holds(
        "what is particular to an exchange belongs to its folder in Oms.Exchanges",
        from file in Tree.Source
        where file.IsIn(
            "Oms.Domain", "Oms.Matching", "Oms.Engine", "Oms.SharedMemory", "Oms.Journal", "Oms.FastPath")
        from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
        where ExchangeName().IsMatch(line.Text)
        select $"{file.Path}:{line.Number}: {line.Text.Trim()}");

    /// <summary>
    /// Lines that may be wide: strings of several lines, rows of theories, rungs of the ladder of refusals.
    /// </summary>
    private static HashSet<int> TableLines(SourceFile file)
    {
        var lines = new HashSet<int>();
        foreach (SyntaxNode node in file.Nodes<SyntaxNode>())
        {
            bool isText = node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax;
            bool isRow = node is AttributeListSyntax list
                && list.ToString().StartsWith("[InlineData(", StringComparison.Ordinal);
            bool isRung = node is IfStatementSyntax { Statement: ReturnStatementSyntax returned }
                && returned.ToString().StartsWith("return RejectReason.", StringComparison.Ordinal);
            FileLinePositionSpan span = file.Syntax.GetLineSpan(node.Span);
            if (isRow || isRung || (isText && span.StartLinePosition.Line != span.EndLinePosition.Line))
            {
                int first = span.StartLinePosition.Line + 1;
                int last = span.EndLinePosition.Line + 1;
                lines.UnionWith(Enumerable.Range(first, last - first + 1));
            }
        }

        return lines;
    }

    private static IEnumerable<MemberDeclarationSyntax> TopLevelTypes(SourceFile file) =>
        file.Nodes<MemberDeclarationSyntax>().Where(node =>
            node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax
            && node.Parent is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax
            && !node.Modifiers.Any(SyntaxKind.FileKeyword));

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declaration => declaration.Identifier.Text,
        DelegateDeclarationSyntax declaration => declaration.Identifier.Text,
        _ => type.ToString(),
    };

    private static bool IsGrpcService(BaseTypeDeclarationSyntax type) =>
        type.BaseList?.ToString().Contains("ServiceBase", StringComparison.Ordinal) == true;

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Later();

    [GeneratedRegex(@"\(#\d+\)")]
    private static partial Regex Issue();

    [GeneratedRegex(@"binance|\bokx\b|bybit|deribit|kraken", RegexOptions.IgnoreCase)]
    private static partial Regex ExchangeName();
}
