using Oms.Domain.Instruments;

namespace Oms.Grains.Transfers;

/// <summary>Money to be moved between two wallets.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.TransferOrder")]
public sealed record TransferOrder
{
    /// <summary><c>exchange/account</c>.</summary>
    [Id(0)]
    public required string From { get; init; }

    [Id(1)]
    public required Market FromWallet { get; init; }

    /// <summary><c>exchange/account</c>, of the same exchange; may be the same account.</summary>
    [Id(2)]
    public required string To { get; init; }

    [Id(3)]
    public required Market ToWallet { get; init; }

    [Id(4)]
    public required string Asset { get; init; }

    /// <summary>Above zero.</summary>
    [Id(5)]
    public required decimal Amount { get; init; }
}
