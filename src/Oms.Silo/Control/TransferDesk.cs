using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Text;
using Oms.Grains.Transfers;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;

namespace Oms.Silo.Control;

/// <summary>
/// Asks FastPath for transfers over the silo's ring: numbers for names, mantissas for decimals. Only the silo that has
/// FastPath's events has that ring: at any other, and until then, nothing is taken.
/// </summary>
internal sealed class TransferDesk : ITransferDesk
{
    private volatile Way? _way;

    /// <summary>From here on requests are taken.</summary>
    public void Open(CommandLink link, ListingDirectory listings) => _way = new(link, listings);

    public async Task<bool> TryAsk(string id, TransferOrder order, long intentUnixNanos)
    {
        if (_way is not { } way || way.Link.TryOpen() is not { } commands)
        {
            return false;
        }

        // What has no number here is FastPath's to refuse, under a number that nothing has.
        AccountId from = way.Listings.TryFindAccount(order.From, out AccountDefined sender)
            ? sender.Header.AccountId
            : AccountId.None;
        AccountId to = way.Listings.TryFindAccount(order.To, out AccountDefined receiver)
            ? receiver.Header.AccountId
            : AccountId.None;
        bool isKnown = way.Listings.TryFindAsset(order.Asset, out AssetDefined asset) && !from.IsNone;
        return isKnown && await commands.OfferAsync(new StartTransfer
        {
            Header = MessageHeader.For<StartTransfer>(from),
            ToAccountId = to,
            AssetId = asset.AssetId,
            FromWallet = order.FromWallet,
            ToWallet = order.ToWallet,
            Amount = Mantissa.Of(order.Amount, asset.Decimals),
            CorrelationId = 0,
            ClientTransferId = Text32.Of(id),
            IntentUnixNanos = intentUnixNanos,
        }) == OfferResult.Accepted;
    }

    private sealed record Way(CommandLink Link, ListingDirectory Listings);
}
