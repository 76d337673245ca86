namespace Oms.Journal.Audit;

/// <summary>A change that somebody made, or tried to make.</summary>
public sealed record AuditRecord
{
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who: the name of the identity.</summary>
    public required string Identity { get; init; }

    /// <summary>From where, for example <c>ipv4:127.0.0.1:50000</c>.</summary>
    public required string Peer { get; init; }

    /// <summary>What, for example <c>/oms.v1.RiskService/Halt</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What became of it: <c>OK</c>, or the status code in upper snake case.</summary>
    public required string Outcome { get; init; }

    /// <summary>Of the call, as in the logs of processes and accounts.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>The request as one JSON value.</summary>
    public required string DetailJson { get; init; }
}
