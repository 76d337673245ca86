namespace Oms.Keys.Tests;

/// <summary>An answer in place of the right one.</summary>
internal sealed record FakeVaultFault(int Status, string Body = "", int? RetryAfterSeconds = null);
