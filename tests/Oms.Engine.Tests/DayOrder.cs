using System.Numerics;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>An order in the plain books: amounts by the definition, in integers without end.</summary>
internal sealed class DayOrder(ExecutionReport report, bool isBtc)
{
    public ExecutionReport Report { get; } = report;

    public bool IsLive { get; set; } = true;

    public long Filled { get; set; }

    public bool IsBuy => Report.Terms.Side == Side.Buy;

    public AssetId Base => isBtc ? Desk.Btc : Desk.Bnb;

    public AssetId Quote => isBtc ? Desk.Usdt : Desk.Btc;

    public AssetId Third => isBtc ? Desk.Bnb : Desk.Usdt;

    public AssetId Reserves => IsBuy ? Quote : Base;

    public BigInteger Needed => IsBuy
        ? RoundedUp((BigInteger)Report.Terms.Price * (Report.Terms.Quantity - Filled))
        : BaseAmountOf(Report.Terms.Quantity - Filled);

    public BigInteger BaseAmountOf(long quantity) => isBtc ? (BigInteger)quantity * 1_000 : quantity;

    /// <summary>Paid rounded up, received rounded down.</summary>
    public BigInteger NotionalOf(long price, long quantity)
    {
        BigInteger product = (BigInteger)price * quantity;
        return IsBuy ? RoundedUp(product) : RoundedDown(product);
    }

    public BigInteger ValueOfBase(long price, long amount) =>
        DayPosition.DividedDown((BigInteger)price * amount, isBtc ? 100 : 100_000_000);

    // BTC/USDT: 2 + 5 decimals become 8. BNB/BTC: 8 + 8 become 8.
    private BigInteger RoundedUp(BigInteger product) =>
        isBtc ? product * 10 : -DayPosition.DividedDown(-product, 100_000_000);

    private BigInteger RoundedDown(BigInteger product) =>
        isBtc ? product * 10 : DayPosition.DividedDown(product, 100_000_000);
}
