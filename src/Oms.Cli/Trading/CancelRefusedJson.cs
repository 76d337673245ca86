namespace Oms.Cli.Trading;

/// <summary>A refused cancel as scripts read it. Null is "there is none".</summary>
internal sealed record CancelRefusedJson(
    string Account, string? ClientOrderId, string? OrderId, string? Status, string CancelRejectReason);
