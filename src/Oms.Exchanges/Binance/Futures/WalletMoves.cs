using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// What came into futures wallets, or left them, by no trade: <c>bc</c> of <c>ACCOUNT_UPDATE</c>, with the reason
/// <c>ASSET_TRANSFER</c>, <c>DEPOSIT</c> or <c>WITHDRAW</c> where it is a leg of a transfer (2026-07).
/// </summary>
internal static class WalletMoves
{
    /// <summary>Whether an account changed by something that is neither a trade nor funding, which are told otherwise.
    /// </summary>
    public static bool IsMove(in FuturesFrame frame) =>
        frame.EventType.SequenceEqual("ACCOUNT_UPDATE"u8)
        && !frame.Reason.SequenceEqual("ORDER"u8)
        && !frame.Reason.SequenceEqual("FUNDING_FEE"u8)
        && frame.Wallets.Length > 0;

    /// <summary>The moves of assets that are configured.</summary>
    /// <exception cref="JsonException">Not as documented.</exception>
    /// <exception cref="FormatException">A change is no number, or has more decimals than its asset.</exception>
    public static ImmutableArray<BalanceMoved> Read(in FuturesFrame frame, ListingCatalog listings, AccountId account)
    {
        FuturesAnswer.WalletChange[] changes =
            JsonSerializer.Deserialize(frame.Wallets, FuturesJson.Default.WalletChangeArray) ?? [];
        ImmutableArray<BalanceMoved>.Builder moves = ImmutableArray.CreateBuilder<BalanceMoved>(changes.Length);
        foreach (FuturesAnswer.WalletChange change in changes)
        {
            if (!listings.TryFindAsset(Encoding.UTF8.GetBytes(change.Asset), out AssetDefined asset))
            {
                continue;
            }

            long amount = EvidenceReader.ExactSigned(Encoding.UTF8.GetBytes(change.Change), asset.Decimals, "bc");
            if (amount != 0)
            {
                moves.Add(new()
                {
                    Header = MessageHeader.For<BalanceMoved>(account),
                    AssetId = asset.AssetId,
                    Market = Market.Futures,
                    Amount = amount,
                    ExchangeUnixNanos = EvidenceReader.UnixNanosOf(frame.TransactionUnixMs),
                });
            }
        }

        return moves.DrainToImmutable();
    }
}
