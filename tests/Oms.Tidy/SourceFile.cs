using Microsoft.CodeAnalysis;

namespace Oms.Tidy;

/// <summary>A C# file and what the compiler sees in it.</summary>
internal sealed record SourceFile(string Path, SyntaxTree Syntax)
{
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The folder under <c>src</c> or <c>tests</c>.</summary>
    public string Project => Path.Split('/')[1];

    public string[] Lines => Syntax.GetText().Lines.Select(line => line.ToString()).ToArray();

    public IEnumerable<TNode> Nodes<TNode>()
        where TNode : SyntaxNode => Syntax.GetRoot().DescendantNodes().OfType<TNode>();

    /// <summary>Where something is, as editors open it.</summary>
    public string At(SyntaxNode node) => $"{Path}:{LineOf(node.SpanStart)}";

    public string At(SyntaxTrivia trivia) => $"{Path}:{LineOf(trivia.SpanStart)}";

    public bool IsIn(params ReadOnlySpan<string> projects) => projects.Contains(Project);

    private int LineOf(int position) => Syntax.GetText().Lines.GetLineFromPosition(position).LineNumber + 1;
}
