namespace Oms.Cli.Tokens;

/// <summary>What reading the audit log proved.</summary>
internal sealed record AuditJson(long Records, string LastHash, string? Problem);
