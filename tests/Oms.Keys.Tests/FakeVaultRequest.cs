namespace Oms.Keys.Tests;

/// <summary>What somebody asked the server.</summary>
internal sealed record FakeVaultRequest(
    string Method, string Path, string Token, string Namespace, string RequestHeader);
