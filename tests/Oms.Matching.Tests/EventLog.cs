namespace Oms.Matching.Tests;

/// <summary>Keeps all that a sink hears, and who the makers were.</summary>
internal readonly struct EventLog : IFillSink
{
    public EventLog() => (Events, Makers) = ([], []);

    public List<BookEvent> Events { get; }

    public List<OrderHandle> Makers { get; }

    public void OnFill(in Fill fill)
    {
        Events.Add(new(
            BookEvent.Word.Filled, fill.MakerOrderId, fill.TakerOrderId, fill.Price, fill.Quantity,
            fill.MakerLeavesQuantity));
        Makers.Add(fill.Maker);
    }

    public void OnSelfTradePrevented(in PreventedTrade prevented)
    {
        Events.Add(new(
            BookEvent.Word.Prevented, prevented.MakerOrderId, prevented.TakerOrderId, prevented.Price,
            prevented.Quantity, prevented.MakerLeavesQuantity));
        Makers.Add(prevented.Maker);
    }

    public void OnReplenished(in Replenishment replenishment)
    {
        Events.Add(new(
            BookEvent.Word.Replenished, replenishment.MakerOrderId, 0, replenishment.Price,
            replenishment.ShownQuantity, replenishment.HiddenQuantity));
        Makers.Add(replenishment.Maker);
    }
}
