namespace Oms.Domain.Messages;

/// <summary>How the exchange said it.</summary>
public enum EvidenceSource : byte
{
    /// <summary>The answer to the order's own request.</summary>
    Reply = 1,

    /// <summary>The private stream.</summary>
    Stream = 2,

    /// <summary>A query.</summary>
    Query = 3,
}
