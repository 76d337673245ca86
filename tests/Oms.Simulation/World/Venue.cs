using System.Collections.Frozen;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;

namespace Oms.Simulation.World;

/// <summary>The accounts, assets and instruments of every run, under the numbers that the engine gives them.</summary>
internal static class Venue
{
    public const string Exchange = "simulated";
    public const string InsideExchange = "inside";
    public const long One = 100_000_000;

    /// <summary>An owner with one account.</summary>
    public static readonly AccountId Alone = new(1);

    /// <summary>Two accounts of one owner.</summary>
    public static readonly AccountId Left = new(2);
    public static readonly AccountId Right = new(3);

    /// <summary>Somebody trades on it by hand too.</summary>
    public static readonly AccountId Wild = new(4);

    /// <summary>Of what is matched inside FastPath: two accounts of one owner, and one of another.</summary>
    public static readonly AccountId House = new(5);
    public static readonly AccountId Twin = new(6);
    public static readonly AccountId Other = new(7);

    public static readonly string[] AccountNames = ["alone", "left", "right", "wild", "house", "twin", "other"];
    public static readonly string[] Owners = ["alone", "pair", "pair", "wild", "house", "house", "other"];

    public static readonly AssetId Btc = new(1);
    public static readonly AssetId Usdt = new(2);
    public static readonly AssetId Eth = new(3);
    public static readonly AssetId[] Assets = [Btc, Usdt, Eth];

    public static readonly InstrumentId BtcUsdt = new(1);
    public static readonly InstrumentId EthUsdt = new(2);
    public static readonly InstrumentId Perpetual = new(3);

    /// <summary>Matched inside FastPath.</summary>
    public static readonly InstrumentId InsideBtc = new(4);

    public const int CollarBasisPoints = 2_000;
    public const decimal OrderNotionalMax = 28_000m;

    /// <summary>New orders of an account within any <see cref="OrderWindowMs"/>.</summary>
    public const int OrdersPerWindowMax = 3;

    public const int OrderWindowMs = 1_000;

    /// <summary>What positions may be worth at worst, in USDT: of one account, of a group, of all.</summary>
    public const decimal AloneValueMax = 80_000m;
    public const decimal PairValueMax = 120_000m;
    public const decimal FirmValueMax = 220_000m;

    /// <summary>What accounts may lose in a day, in USDT, in runs that limit it.</summary>
    public static readonly FrozenDictionary<AccountId, decimal> LossMaxes = new Dictionary<AccountId, decimal>
    {
        [Alone] = 120m,
        [Right] = 60m,
    }.ToFrozenDictionary();

    /// <summary>And what their futures may be worth for each USDT in the wallet.</summary>
    public static readonly FrozenDictionary<AccountId, decimal> LeverageMaxes = new Dictionary<AccountId, decimal>
    {
        [Left] = 3m,
        [Right] = 2.5m,
        [Wild] = 4m,
    }.ToFrozenDictionary();

    /// <summary>What each account inside starts with.</summary>
    public const decimal InsideBtcs = 2m;
    public const decimal InsideUsdts = 100_000m;

    /// <summary>A price's mantissa counts hundredths.</summary>
    public const long PriceUnit = 100;

    /// <summary>How many times its margin a futures position is worth, at the exchange as in configuration.</summary>
    public const int Leverage = 10;

    /// <summary>The largest position at worst, in the base asset, of every account.</summary>
    /// <param name="isWhole">Whether everything is traded: then limits are met.</param>
    public static decimal PositionMaxOf(string symbol, bool isWhole) => isWhole && symbol != "ETH/USDT" ? 1m : 3m;

    /// <inheritdoc cref="PositionMaxOf(string, bool)"/>
    /// <returns>At 8 decimals.</returns>
    public static long PositionMaxOf(InstrumentId instrument, bool isWhole) =>
        Mantissa.Of(PositionMaxOf(instrument == EthUsdt ? "ETH/USDT" : "BTC/USDT", isWhole), 8);

    public static int OpenOrdersMaxOf(bool isWhole) => isWhole ? 8 : 30;

    public static bool IsInside(InstrumentId instrument) => instrument == InsideBtc;

    public static bool IsInside(AccountId account) => account.Value > Wild.Value;

    public static bool IsFutures(InstrumentId instrument) => instrument == Perpetual;

    /// <summary>Whether an account holds long and short positions side by side.</summary>
    public static bool IsHedged(AccountId account) => account == Left;

    public static AssetId BaseOf(InstrumentId instrument) => instrument == EthUsdt ? Eth : Btc;

    /// <summary>The instrument in which positions in an asset are held; none for USDT.</summary>
    public static InstrumentId SpotOf(AssetId asset) =>
        asset == Btc ? BtcUsdt : asset == Eth ? EthUsdt : InstrumentId.None;

    public static int PriceDecimals => 2;

    public static int QuantityDecimals(InstrumentId instrument) => instrument == EthUsdt ? 4 : 5;

    public static long FirstPrice(InstrumentId instrument) => instrument == EthUsdt ? 300_000 : 5_000_000;

    /// <summary>Base amount at 8 decimals.</summary>
    public static long BaseAmount(InstrumentId instrument, long quantity) =>
        quantity * (instrument == EthUsdt ? 10_000 : 1_000);

    /// <summary>Quote amount at 8 decimals.</summary>
    public static long Notional(InstrumentId instrument, long price, long quantity) =>
        price * quantity * (instrument == EthUsdt ? 100 : 10);

    /// <summary>Whose accounts can be left out without any other account noticing: who is matched inside, is so with
    /// others.</summary>
    public static string PartOf(AccountId account) => IsInside(account) ? "inside" : OwnerOf(account);

    public static string OwnerOf(AccountId account) => Owners[account.Value - 1];

    public static string NameOf(AccountId account) =>
        account.IsNone ? "nobody" : AccountNames[account.Value - 1];

    /// <summary>The exchange's filters.</summary>
    public static InstrumentFilters Filters(InstrumentId instrument) => new()
    {
        Header = MessageHeader.For<InstrumentFilters>(),
        InstrumentId = instrument,
        Tradable = 1,
        TickSize = 1,
        PriceMin = 1,
        PriceMax = 0,
        LotSize = 1,
        QuantityMin = 1,
        QuantityMax = 0,
        NotionalMin = 0,
        MakerFee = 0,
        TakerFee = 0,
        CanAmend = OrderAmendment.PriceAndQuantity,
    };
}
