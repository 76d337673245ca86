namespace Oms.Exchanges.Tests;

/// <summary>What a scripted exchange answers.</summary>
/// <param name="Status">0 cuts the connection instead.</param>
/// <param name="After">Waited for before answering.</param>
internal sealed record ScriptedAnswer(int Status, string Body, string Headers = "", Task? After = null)
{
    public static ScriptedAnswer Cut { get; } = new(0, "");

    public static ScriptedAnswer Never { get; } = new(200, "{}", "", new TaskCompletionSource().Task);
}
