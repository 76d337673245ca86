using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Oms.Domain.Ids;
using Oms.Domain.Messages;

namespace Oms.Exchanges;

/// <summary>
/// The listings and assets of one exchange, found by the exchange's own strings without a copy.
/// </summary>
public sealed class ListingCatalog
{
    private readonly FrozenDictionary<string, InstrumentDefined> _bySymbol;
    private readonly FrozenDictionary<string, AssetDefined> _byAsset;
    private readonly FrozenDictionary<InstrumentId, InstrumentDefined> _byId;

    /// <param name="listings">What is traded now.</param>
    /// <param name="assets">Those of all listings.</param>
    /// <param name="former">Listed once with other decimals: found by their number only.</param>
    public ListingCatalog(
        IEnumerable<InstrumentDefined> listings,
        IEnumerable<AssetDefined> assets,
        IEnumerable<InstrumentDefined>? former = null)
    {
        Listings = [.. listings];
        Assets = [.. assets];
        _bySymbol =
            Listings.ToFrozenDictionary(listing => listing.ExchangeSymbol.ToString(), StringComparer.Ordinal);
        _byAsset = Assets.ToFrozenDictionary(asset => asset.Name.ToString(), StringComparer.Ordinal);
        _byId = Listings.Concat(former ?? []).ToFrozenDictionary(listing => listing.InstrumentId);
    }

    public ImmutableArray<InstrumentDefined> Listings { get; }

    public ImmutableArray<AssetDefined> Assets { get; }

    public bool TryFind(InstrumentId id, out InstrumentDefined listing) => _byId.TryGetValue(id, out listing);

    public bool TryFindListing(ReadOnlySpan<byte> symbol, out InstrumentDefined listing) =>
        TryFind(_bySymbol, symbol, out listing);

    public bool TryFindAsset(ReadOnlySpan<byte> name, out AssetDefined asset) =>
        TryFind(_byAsset, name, out asset);

    private static bool TryFind<TRow>(
        FrozenDictionary<string, TRow> rows, ReadOnlySpan<byte> name, out TRow row)
        where TRow : struct
    {
        const int NameLengthMax = 32;
        Span<char> text = stackalloc char[NameLengthMax];
        row = default;
        return name.Length <= NameLengthMax
            && Ascii.ToUtf16(name, text, out int length) == System.Buffers.OperationStatus.Done
            && rows.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out row);
    }
}
