using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;

namespace Oms.Simulation.World;

/// <summary>The accounts, assets and instruments of every run, under the numbers that the engine gives them.</summary>
internal static class Venue
{
    public const string Exchange = "simulated";
    public const long One = 100_000_000;

    /// <summary>An owner with one account.</summary>
    public static readonly AccountId Alone = new(1);

    /// <summary>Two accounts of one owner.</summary>
    public static readonly AccountId Left = new(2);
    public static readonly AccountId Right = new(3);

    /// <summary>Somebody trades on it by hand too.</summary>
    public static readonly AccountId Wild = new(4);

    public static readonly AccountId[] Accounts = [Alone, Left, Right, Wild];
    public static readonly string[] AccountNames = ["alone", "left", "right", "wild"];
    public static readonly string[] Owners = ["alone", "pair", "pair", "wild"];

    public static readonly AssetId Btc = new(1);
    public static readonly AssetId Usdt = new(2);
    public static readonly AssetId Eth = new(3);
    public static readonly AssetId[] Assets = [Btc, Usdt, Eth];

    public static readonly InstrumentId BtcUsdt = new(1);
    public static readonly InstrumentId EthUsdt = new(2);
    public static readonly InstrumentId[] Instruments = [BtcUsdt, EthUsdt];

    /// <summary>The largest position at worst, in the base asset, of every account in every instrument.</summary>
    public const decimal PositionMax = 3m;

    public static long PositionMaxAmount { get; } = Mantissa.Of(PositionMax, 8);

    public static AssetId BaseOf(InstrumentId instrument) => instrument == BtcUsdt ? Btc : Eth;

    public static int PriceDecimals => 2;

    public static int QuantityDecimals(InstrumentId instrument) => instrument == BtcUsdt ? 5 : 4;

    public static long FirstPrice(InstrumentId instrument) => instrument == BtcUsdt ? 5_000_000 : 300_000;

    /// <summary>Base amount at 8 decimals.</summary>
    public static long BaseAmount(InstrumentId instrument, long quantity) =>
        quantity * (instrument == BtcUsdt ? 1_000 : 10_000);

    /// <summary>Quote amount at 8 decimals.</summary>
    public static long Notional(InstrumentId instrument, long price, long quantity) =>
        price * quantity * (instrument == BtcUsdt ? 10 : 100);

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
        CanAmend = 1,
    };
}
