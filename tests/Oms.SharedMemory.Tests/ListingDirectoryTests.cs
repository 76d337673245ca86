using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.SharedMemory.Tables;

namespace Oms.SharedMemory.Tests;

public sealed class ListingDirectoryTests : IDisposable
{
    private readonly TestRegion _test = new();
    private readonly StateTable<AccountDefined> _accounts;
    private readonly StateTable<AssetDefined> _assets;
    private readonly StateTable<InstrumentDefined> _instruments;

    public ListingDirectoryTests()
    {
        _accounts = StateTable<AccountDefined>.OpenWriter(_test.Region, StateTables.Accounts, 4);
        _assets = StateTable<AssetDefined>.OpenWriter(_test.Region, StateTables.Assets, 4);
        _instruments = StateTable<InstrumentDefined>.OpenWriter(_test.Region, StateTables.Instruments, 4);
    }

    public void Dispose()
    {
        _accounts.Dispose();
        _assets.Dispose();
        _instruments.Dispose();
        _test.Dispose();
    }

    [Fact]
    public void Names_and_numbers_find_the_same_listing()
    {
        Define(1, "binance", Market.Spot, "BTC/USDT");
        Define(2, "binance", Market.Futures, "BTC/USDT");
        Define(3, "okx", Market.Spot, "BTC/USDT");
        using var directory = new ListingDirectory(_test.Region);
        Assert.True(
            directory.TryFindInstrument("binance", Market.Futures, "BTC/USDT", out InstrumentDefined found));
        Assert.Equal(2u, found.InstrumentId.Value);
        Assert.True(directory.TryGet(new InstrumentId(3), out InstrumentDefined got));
        Assert.Equal("okx", got.Exchange.ToString());
        Assert.Equal(3, directory.Instruments.Count());
        Assert.False(directory.TryFindInstrument("okx", Market.Futures, "BTC/USDT", out _));
        Assert.False(directory.TryFindInstrument("binance", Market.Spot, "btc/usdt", out _));
    }

    [Fact]
    public void What_is_defined_later_is_found_without_asking_anyone()
    {
        using var directory = new ListingDirectory(_test.Region);
        Assert.False(directory.TryFindAccount("binance/main", out _));
        Assert.False(directory.TryFindAsset("BTC", out _));
        var account = new AccountDefined
        {
            Header = MessageHeader.For<AccountDefined>(new AccountId(1)),
            Name = Text64.Of("binance/main"),
            Exchange = Text16.Of("binance"),
            Connector = 0,
            Markets = MarketFlags.Spot,
            OwnerGroup = 0,
        };
        var asset = new AssetDefined
        {
            Header = MessageHeader.For<AssetDefined>(),
            AssetId = new(1),
            Decimals = 8,
            Name = Text16.Of("BTC"),
        };
        _accounts.Write(0, in account);
        _assets.Write(0, in asset);
        Assert.True(directory.TryFindAccount("binance/main", out AccountDefined foundAccount));
        Assert.Equal(account, foundAccount);
        Assert.True(directory.TryFindAsset("BTC", out AssetDefined foundAsset));
        Assert.Equal(asset, foundAsset);
        Assert.True(directory.TryGet(new AccountId(1), out _));
        Assert.True(directory.TryGet(new AssetId(1), out _));
        Assert.Equal((1, 1), (directory.Accounts.Count(), directory.Assets.Count()));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(5u)]
    [InlineData(uint.MaxValue)]
    public void A_number_that_nobody_has_finds_nothing(uint number)
    {
        using var directory = new ListingDirectory(_test.Region);
        Assert.False(directory.TryGet(new AccountId(number), out _));
        Assert.False(directory.TryGet(new AssetId(number), out _));
        Assert.False(directory.TryGet(new InstrumentId(number), out _));
    }

    [Fact]
    public void There_is_no_directory_before_there_are_tables()
    {
        using var empty = new TestRegion();
        _ = Assert.Throws<FileNotFoundException>(() => new ListingDirectory(empty.Region));
    }

    private void Define(uint number, string exchange, Market market, string symbol)
    {
        var instrument = new InstrumentDefined
        {
            Header = MessageHeader.For<InstrumentDefined>(),
            InstrumentId = new(number),
            BaseAssetId = new(1),
            QuoteAssetId = new(2),
            Market = market,
            PriceDecimals = 2,
            QuantityDecimals = 5,
            IsMatchedHere = 0,
            Exchange = Text16.Of(exchange),
            Symbol = Text32.Of(symbol),
            ExchangeSymbol = Text32.Of(symbol.Replace("/", "")),
        };
        _instruments.Write((int)number - 1, in instrument);
    }
}
