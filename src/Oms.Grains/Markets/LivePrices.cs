using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Tables;

namespace Oms.Grains.Markets;

/// <summary>
/// The tops of book in FastPath's tables, once there are any. Any thread may ask. Where FastPath is on another host, no
/// price is known.
/// </summary>
public sealed class LivePrices(SharedRegion region) : IMarketPrices, IDisposable
{
    private readonly Lock _lock = new();
    private ListingDirectory? _directory;
    private StateTable<TopOfBook>? _tops;

    public IReadOnlyList<ListedMarket> Listings => TryOpen() is not { } tables ? [] :
    [
        .. tables.Directory.Instruments
            .Select(row => new ListedMarket(row.Exchange.ToString(), row.Market, row.Symbol.ToString()))
            .Distinct(),
    ];

    public MarketQuote? Find(string exchange, Market market, string symbol) =>
        TryOpen() is { } tables
        && tables.Directory.TryFindInstrument(exchange, market, symbol, out InstrumentDefined instrument)
        && tables.Tops.TryRead((int)instrument.InstrumentId.Value - 1, out TopOfBook top)
        && top.BidPrice > 0 && top.AskPrice > 0
            ? new(
                Mantissa.ToDecimal(top.BidPrice, instrument.PriceDecimals),
                Mantissa.ToDecimal(top.AskPrice, instrument.PriceDecimals),
                top.ExchangeUnixNanos > 0 ? top.ExchangeUnixNanos : top.Header.UnixNanos)
            : null;

    public void Dispose()
    {
        _directory?.Dispose();
        _tops?.Dispose();
    }

    private (ListingDirectory Directory, StateTable<TopOfBook> Tops)? TryOpen()
    {
        lock (_lock)
        {
            if (_directory is null || _tops is null)
            {
                // Tables are made one after the other; FastPath may be at it now.
                if (!new[] { StateTables.Accounts, StateTables.Assets, StateTables.Instruments, StateTables.TopsOfBook }
                    .All(table => File.Exists(region.TablePath(table))))
                {
                    return null;
                }

                _directory = new(region);
                _tops = StateTable<TopOfBook>.OpenReader(region, StateTables.TopsOfBook);
            }

            return (_directory, _tops);
        }
    }
}
