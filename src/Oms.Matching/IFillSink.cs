namespace Oms.Matching;

/// <summary>
/// Hears what an arriving order does to resting ones, in the order in which it happens. It must neither touch
/// the book that it is called from nor throw: the command is half done.
/// </summary>
public interface IFillSink
{
    void OnFill(in Fill fill);

    /// <summary>A maker was canceled or decremented instead of trading with its owner.</summary>
    void OnSelfTradePrevented(in PreventedTrade prevented);

    /// <summary>Follows the fill that used up what the iceberg showed.</summary>
    void OnReplenished(in Replenishment replenishment);
}
