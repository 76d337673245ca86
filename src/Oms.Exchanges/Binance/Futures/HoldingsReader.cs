using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>Turns what Binance says of an account's positions, payments and wallets into messages.</summary>
internal sealed class HoldingsReader(ListingCatalog listings, AccountCredentials account)
{
    /// <summary>Open positions, and for a listing without one that there is none, at its leverage.</summary>
    public ImmutableArray<PositionSeen> Positions(
        FuturesAnswer.Position[] positions, FuturesAnswer.SymbolSettings[] settings)
    {
        var seen = ImmutableArray.CreateBuilder<PositionSeen>();
        foreach (InstrumentDefined listing in listings.Listings)
        {
            string symbol = listing.ExchangeSymbol.ToString();
            int leverage = settings.FirstOrDefault(each => each.Symbol == symbol)?.Leverage ?? 0;
            FuturesAnswer.Position[] own = [.. positions.Where(each => each.Symbol == symbol)];
            foreach (FuturesAnswer.Position position in own)
            {
                seen.Add(PositionOf(position, listing, leverage));
            }

            if (own.Length == 0)
            {
                seen.Add(PositionOf(listing, leverage, PositionSide.Both, 0, 0));
            }
        }

        return seen.ToImmutable();
    }

    /// <summary>
    /// A payment is known by its time, which rises: what the two positions of hedge mode pay at once is one.
    /// </summary>
    public ImmutableArray<FundingSeen> Funding(FuturesAnswer.Income[] incomes)
    {
        var payments = new SortedDictionary<(long TimeMs, uint Instrument, uint Asset), long>();
        foreach (FuturesAnswer.Income income in incomes)
        {
            if (listings.TryFindListing(Encoding.UTF8.GetBytes(income.Symbol), out InstrumentDefined listing)
                && listings.TryFindAsset(Encoding.UTF8.GetBytes(income.Asset), out AssetDefined asset))
            {
                (long, uint, uint) key = (income.Time, listing.InstrumentId.Value, asset.AssetId.Value);
                payments[key] = payments.GetValueOrDefault(key)
                    + EvidenceReader.Exact(income.Amount, asset.Decimals, "income");
            }
        }

        return
        [
            .. payments.Select(payment => new FundingSeen
            {
                Header = MessageHeader.For<FundingSeen>(account.Id),
                InstrumentId = new(payment.Key.Instrument),
                AssetId = new(payment.Key.Asset),
                Amount = payment.Value,
                FundingId = payment.Key.TimeMs,
            }),
        ];
    }

    /// <summary>What is settled in, also where there is nothing of it, and whatever else there is.</summary>
    public ImmutableArray<BalanceSeen> Balances(FuturesAnswer.Balance[] balances)
    {
        account.Identity = balances.FirstOrDefault()?.AccountAlias ?? account.Identity;
        var held = balances.ToDictionary(balance => balance.Asset, StringComparer.Ordinal);
        var seen = ImmutableArray.CreateBuilder<BalanceSeen>();
        foreach (AssetDefined asset in listings.Assets)
        {
            FuturesAnswer.Balance? balance = held.GetValueOrDefault(asset.Name.ToString());
            bool isMargin = listings.Listings.Any(listing => listing.QuoteAssetId == asset.AssetId);
            if (balance is not null || isMargin)
            {
                seen.Add(new()
                {
                    Header = MessageHeader.For<BalanceSeen>(account.Id),
                    AssetId = asset.AssetId,
                    Market = Market.Futures,
                    Free = balance is null ? 0 : EvidenceReader.Exact(balance.Wallet, asset.Decimals, "balance"),
                    Locked = 0,
                    EvidenceId = 0,
                });
            }
        }

        return seen.ToImmutable();
    }

    private PositionSeen PositionOf(
        FuturesAnswer.Position position, in InstrumentDefined listing, int leverage)
    {
        AssetId quote = listing.QuoteAssetId;
        int quoteDecimals = listings.Assets.First(asset => asset.AssetId == quote).Decimals;
        long quantity = EvidenceReader.Exact(position.PositionAmt, listing.QuantityDecimals, "positionAmt");
        // The entry price is the exchange's average, rounded as it likes: what was paid is known as well as that.
        decimal cost = decimal.Parse(position.PositionAmt, CultureInfo.InvariantCulture)
            * decimal.Parse(position.EntryPrice, CultureInfo.InvariantCulture);
        return PositionOf(
            listing,
            leverage,
            OrderTermsReader.PositionSideOf(Encoding.UTF8.GetBytes(position.PositionSide)),
            AmountOf(quantity, listing),
            (long)(cost * PowersOfTen.Of(quoteDecimals)));
    }

    /// <summary>Positions are counted in the base asset.</summary>
    private long AmountOf(long quantity, in InstrumentDefined listing)
    {
        AssetId baseAsset = listing.BaseAssetId;
        int decimals = listings.Assets.First(asset => asset.AssetId == baseAsset).Decimals;
        return quantity * PowersOfTen.Of(decimals - listing.QuantityDecimals);
    }

    private PositionSeen PositionOf(
        in InstrumentDefined listing, int leverage, PositionSide side, long quantity, long cost) => new()
        {
            Header = MessageHeader.For<PositionSeen>(account.Id),
            InstrumentId = listing.InstrumentId,
            PositionSide = side,
            Leverage = (ushort)Math.Clamp(leverage, 0, ushort.MaxValue),
            Quantity = quantity,
            EntryNotional = cost,
            EvidenceId = 0,
        };
}
