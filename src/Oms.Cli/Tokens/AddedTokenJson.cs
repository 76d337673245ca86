namespace Oms.Cli.Tokens;

/// <summary>A token that was made: the only time that it is shown.</summary>
internal sealed record AddedTokenJson(string Name, string TokenId, string Expires, string Token);
