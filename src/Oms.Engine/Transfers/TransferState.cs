using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Domain.Transfers;

namespace Oms.Engine.Transfers;

/// <summary>
/// A transfer as the engine knows it; without a gap, since it is saved as it lies. Its legs are numbered from 0: even
/// ones take away, odd ones add, two of them are a hop.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4, Size = Length)]
internal struct TransferState
{
    public const int Length = 200;

    public TransferId TransferId;
    public AccountId FromAccountId;
    public AccountId ToAccountId;
    public AssetId AssetId;
    public Market FromWallet;
    public Market ToWallet;
    public TransferStatus Status;

    /// <summary>Under way, from 1.</summary>
    public byte Hop;
    public long Amount;
    public Text32 ClientTransferId;
    public long IntentUnixNanos;

    /// <summary>When the exchange was last asked for the hop under way.</summary>
    public long AskedUnixNanos;

    /// <summary>When to ask again, or for what became of it; 0 when an answer is on its way.</summary>
    public long RetryAtUnixNanos;

    /// <summary>When the last leg was booked; 0 before.</summary>
    public long BookedUnixNanos;
    public long ExchangeTransferId;

    /// <summary>Of the legs, in their order.</summary>
    public byte LegsBooked;

    /// <summary>A bit per leg: its balance event came.</summary>
    public byte LegsSeen;
    public TransferMarks Marks;

    /// <summary>How often the exchange was asked for the hop under way.</summary>
    public byte Asks;

    /// <summary>How often history was asked for the hop under way.</summary>
    public ushort Queries;

    /// <summary>Why the exchange refused a repeated request: the first may have taken place.</summary>
    public RejectReason RefusedReason;

    /// <summary>Taken along from the sending account; the receiving one has it once the last leg is booked.</summary>
    public MovedBasis.List Basis;

    public readonly bool IsFinal => TransferLifecycle.IsFinal(Status);

    /// <summary>
    /// Nothing is waited for any more. One that balance events completed is not, before history has it as done: they
    /// may have been of another.
    /// </summary>
    public readonly bool IsSettled =>
        IsFinal && (Status != TransferStatus.Completed || Has(TransferMarks.Confirmed));

    /// <summary>Between futures wallets the exchange moves nothing: two hops, over the spot wallet of the first.
    /// </summary>
    public readonly int HopCount => FromWallet == Market.Futures && ToWallet == Market.Futures ? 2 : 1;

    public readonly bool IsLastHop => Hop == HopCount;

    /// <summary>The first leg of the hop under way.</summary>
    public readonly int FirstLeg => (Hop - 1) * 2;

    /// <summary>Neither leg of the hop under way is booked.</summary>
    public readonly bool IsHopUntouched => LegsBooked <= FirstLeg;

    public readonly bool IsOf(AccountId account) => FromAccountId == account || ToAccountId == account;

    public readonly bool IsWithinAccount => FromAccountId == ToAccountId;

    /// <summary>The wallet that the hop under way is from.</summary>
    public readonly Market HopFromWallet => WalletOf(FirstLeg);

    /// <summary>The wallet that the hop under way is to.</summary>
    public readonly Market HopToWallet => WalletOf(FirstLeg + 1);

    /// <summary>The account that the hop under way is to.</summary>
    public readonly AccountId HopToAccountId => AccountOf(FirstLeg + 1);

    public readonly bool Has(TransferMarks marks) => (Marks & marks) != 0;

    public readonly AccountId AccountOf(int leg) => leg == (HopCount * 2) - 1 ? ToAccountId : FromAccountId;

    public readonly Market WalletOf(int leg) =>
        leg == 0 ? FromWallet : leg == (HopCount * 2) - 1 ? ToWallet : Market.Spot;

    public readonly bool IsSeen(int leg) => (LegsSeen & (1 << leg)) != 0;
}
