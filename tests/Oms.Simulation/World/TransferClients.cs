using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Domain.Time;

namespace Oms.Simulation.World;

/// <summary>
/// Whoever moves money: between the wallets of an account, and between a main account and its sub-account. Of a few
/// amounts, so that a balance event may be of several transfers; and some ask again under the same id.
/// </summary>
internal sealed class TransferClients(
    Desk desk, Dice dice, VirtualTime time, Trace trace, Tally tally, History history)
{
    private const int RememberedMin = 8;
    private const int RememberedMax = 64;

    /// <summary>Where few are remembered, some are asked for again that are not.</summary>
    private readonly int _remembered = desk.TransfersHeldMax < 64 ? RememberedMax : RememberedMin;

    private readonly Queue<StartTransfer> _asked = new();
    private int _named;
    private int _numbered;

    public void Hear(ReadOnlySpan<byte> said)
    {
        if (MessageBytes.Header(said).Kind == MessageKind.TransferReport)
        {
            ref readonly TransferReport report = ref MessageBytes.As<TransferReport>(said);
            string why = report.Reason == RejectReason.None ? "" : $" {report.Reason}";
            tally.Add($"transfer {report.Step}, {report.Status}{why}");
            if (trace.IsRead)
            {
                trace.Tell(
                    $"event {report.Header.LogSequence}: transfer {report.TransferId} {report.ClientTransferId} of "
                    + $"{Venue.NameOf(report.Header.AccountId)} {report.Step}, {report.Status}, hop {report.Hop}{why}: "
                    + $"{report.Amount} of asset {report.AssetId.Value} from {report.FromWallet} to "
                    + $"{Venue.NameOf(report.ToAccountId)} {report.ToWallet}");
            }
        }
    }

    public byte[] Next() => Bytes.Of(dice.Below(20) switch
    {
        < 3 when _asked.Count > 0 => dice.Pick(_asked.ToArray()),
        3 when _asked.Count > 0 => Other(dice.Pick(_asked.ToArray())),
        _ => New(),
    });

    /// <summary>Another under the same id.</summary>
    private StartTransfer Other(StartTransfer asked) =>
        Noted(asked with { Amount = asked.Amount + 1, CorrelationId = ++_numbered });

    private StartTransfer Noted(StartTransfer start)
    {
        history.TransfersAsked.Add(start.CorrelationId, start);
        return start;
    }

    private StartTransfer New()
    {
        AccountId from = dice.Pick(desk.Routed);
        AccountId to = dice.Pick(desk.Routed.Where(each => Venue.OwnerOf(each) == Venue.OwnerOf(from)).ToArray());
        Market fromWallet = dice.Chance(700) ? Market.Spot : Market.Futures;
        Market otherWallet = fromWallet == Market.Spot ? Market.Futures : Market.Spot;
        Market toWallet = from == to ? otherWallet : dice.Chance(700) ? Market.Spot : Market.Futures;
        bool isSpot = fromWallet == Market.Spot && toWallet == Market.Spot;
        AssetId asset = isSpot && dice.Chance(600) ? dice.Pick([Venue.Btc, Venue.Eth]) : Venue.Usdt;
        long unit = asset == Venue.Usdt ? 1_000 * Venue.One : Venue.One / 5;
        _named++;
        StartTransfer start = Noted(new()
        {
            Header = MessageHeader.For<StartTransfer>(from),
            ToAccountId = to,
            AssetId = asset,
            FromWallet = fromWallet,
            ToWallet = toWallet,
            Amount = dice.Between(1, dice.Chance(50) ? 2_000 : 4) * unit,
            CorrelationId = ++_numbered,
            ClientTransferId = Text32.Of($"t{_named}"),
            IntentUnixNanos = UnixNanos.Of(time.GetUtcNow()).Value,
        });
        _asked.Enqueue(start);
        if (_asked.Count > _remembered)
        {
            _ = _asked.Dequeue();
        }

        return start;
    }
}
