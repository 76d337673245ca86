using System.Collections.Frozen;
using System.Collections.Immutable;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.SharedMemory.Tables;

namespace Oms.Gateway.Listings;

/// <summary>
/// Names to numbers and back, for every thread. Numbers are only ever added, so that what was known stays
/// known while FastPath rewrites its tables.
/// </summary>
internal sealed class ListingNames(ListingDirectory directory)
{
    private readonly Lock _refreshing = new();
    private volatile Snapshot _snapshot = Snapshot.Empty.With(directory);

    public ImmutableArray<KnownAccount> Accounts => _snapshot.Accounts;

    public ImmutableArray<KnownInstrument> Instruments => _snapshot.Instruments;

    /// <summary>Reads the tables again.</summary>
    public void Refresh()
    {
        lock (_refreshing)
        {
            _snapshot = _snapshot.With(directory);
        }
    }

    public KnownAccount? FindAccount(string name) =>
        Find(snapshot => snapshot.AccountsByName.GetValueOrDefault(name));

    public KnownAccount? FindAccount(AccountId id) =>
        id.IsNone ? null : Find(snapshot => snapshot.AccountsById.GetValueOrDefault(id));

    public KnownAsset? FindAsset(AssetId id) =>
        id.IsNone ? null : Find(snapshot => snapshot.AssetsById.GetValueOrDefault(id));

    public KnownAsset? FindAsset(string name) =>
        Find(snapshot => snapshot.AssetsById.Values.FirstOrDefault(asset => asset.Name == name));

    public KnownInstrument? FindInstrument(string exchange, Market market, string symbol) =>
        Find(snapshot => snapshot.InstrumentsByName.GetValueOrDefault((exchange, market, symbol)));

    public KnownInstrument? FindInstrument(InstrumentId id) =>
        id.IsNone ? null : Find(snapshot => snapshot.InstrumentsById.GetValueOrDefault(id));

    private TKnown? Find<TKnown>(Func<Snapshot, TKnown?> find)
        where TKnown : class
    {
        TKnown? known = find(_snapshot);
        if (known is null && _snapshot.IsOlderThan(directory))
        {
            Refresh();
            known = find(_snapshot);
        }

        return known;
    }

    private sealed record Snapshot(
        ImmutableArray<KnownAccount> Accounts,
        ImmutableArray<KnownInstrument> Instruments,
        FrozenDictionary<AssetId, KnownAsset> AssetsById)
    {
        public static readonly Snapshot Empty = new([], [], FrozenDictionary<AssetId, KnownAsset>.Empty);

        public FrozenDictionary<AccountId, KnownAccount> AccountsById { get; } =
            Accounts.ToFrozenDictionary(account => account.Id);

        public FrozenDictionary<string, KnownAccount> AccountsByName { get; } =
            Accounts.ToFrozenDictionary(account => account.Name);

        public FrozenDictionary<InstrumentId, KnownInstrument> InstrumentsById { get; } =
            Instruments.ToFrozenDictionary(instrument => instrument.Id);

        public FrozenDictionary<(string Exchange, Market Market, string Symbol), KnownInstrument>
            InstrumentsByName { get; } = Instruments
                .GroupBy(instrument => (instrument.Exchange, instrument.Market, instrument.Symbol))
                .ToFrozenDictionary(group => group.Key, group => group.Last());

        public bool IsOlderThan(ListingDirectory directory) =>
            directory.Accounts.Count() > Accounts.Length
            || directory.Instruments.Count() > Instruments.Length
            || directory.Assets.Count() > AssetsById.Count;

        public Snapshot With(ListingDirectory directory)
        {
            var assets = new Dictionary<AssetId, KnownAsset>(AssetsById);
            foreach (AssetDefined row in directory.Assets)
            {
                assets[row.AssetId] = new(row.AssetId, row.Name.ToString(), row.Decimals);
            }

            var accounts = new SortedDictionary<uint, KnownAccount>(
                Accounts.ToDictionary(account => account.Id.Value));
            foreach (AccountDefined row in directory.Accounts)
            {
                AccountId id = row.Header.AccountId;
                accounts[id.Value] = new(id, row.Name.ToString(), row.Exchange.ToString(), row.Markets, row);
            }

            var instruments = new SortedDictionary<uint, KnownInstrument>(
                Instruments.ToDictionary(instrument => instrument.Id.Value));
            foreach (InstrumentDefined row in directory.Instruments)
            {
                instruments[row.InstrumentId.Value] = new(
                    row.InstrumentId,
                    row.Exchange.ToString(),
                    row.Market,
                    row.Symbol.ToString(),
                    row.ExchangeSymbol.ToString(),
                    assets[row.BaseAssetId],
                    assets[row.QuoteAssetId],
                    row.PriceDecimals,
                    row.QuantityDecimals);
            }

            return new([.. accounts.Values], [.. instruments.Values], assets.ToFrozenDictionary());
        }
    }
}
