namespace Oms.Cli.Trading;

/// <summary>An execution as scripts read it. Null is "there is none".</summary>
internal sealed record ExecutionJson(
    string Account,
    long Sequence,
    string? Time,
    string ExecutionType,
    OrderJson? Order,
    FillJson? Fill,
    string? CancelRejectReason)
{
    public static ExecutionJson Of(V1.Execution execution) => new(
        execution.Account,
        execution.Sequence,
        Wording.Of(execution.Time),
        Wording.Of(execution.Type),
        execution.Order is null ? null : OrderJson.Of(execution.Order),
        execution.Fill is null ? null : FillJson.Of(execution.Fill),
        Wording.NullIfEmpty(execution.CancelRejectReason));
}
