using System.Collections.Immutable;
using Oms.Domain.Orders;
using Oms.Domain.Transfers;

namespace Oms.Grains.Transfers;

/// <summary>A transfer as its last event left it.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.TransferView")]
public sealed record TransferView
{
    /// <summary>The client's.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Of the stored state's shape.</summary>
    [Id(1)]
    public required int StateVersion { get; init; }

    [Id(2)]
    public required TransferOrder Order { get; init; }

    /// <summary>None until FastPath has answered.</summary>
    [Id(3)]
    public required TransferStatus Status { get; init; }

    [Id(4)]
    public required RejectReason Reason { get; init; }

    /// <summary>Of the last event applied, among those of the sending account; 0 for none.</summary>
    [Id(5)]
    public required long LastSequence { get; init; }

    /// <summary>What happened, oldest first.</summary>
    [Id(6)]
    public required ImmutableArray<TransferUpdate> Steps { get; init; }
}
