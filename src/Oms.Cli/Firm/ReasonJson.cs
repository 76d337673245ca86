namespace Oms.Cli.Firm;

/// <summary>Why an account is as it is, as scripts read it.</summary>
internal sealed record ReasonJson(string Condition, string Text, long AgeMs);
