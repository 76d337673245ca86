namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// Orders that depend on each other: two of which one cancels the other; or a working one, first, and one or such a
/// pair that wait until it is filled.
/// </summary>
internal sealed class OrderList(
    long orderListId, Account account, Market market, string listClientOrderId, ContingencyType contingency,
    long createdMs)
{
    public long OrderListId => orderListId;

    public Account Account => account;

    public Market Market => market;

    public string ListClientOrderId => listClientOrderId;

    public ContingencyType Contingency => contingency;

    public long CreatedMs => createdMs;

    public List<ClientOrder> Orders { get; } = [];

    public bool IsOpen => Orders.Exists(order => order.IsOpen);

    /// <summary>The order that the others wait for; null where none do.</summary>
    public ClientOrder? Working => contingency == ContingencyType.Oto ? Orders[0] : null;

    /// <summary>Those that wait for the working one.</summary>
    public IEnumerable<ClientOrder> Pending => contingency == ContingencyType.Oto ? Orders.Skip(1) : [];

    /// <summary>The other of a pair of which one cancels the other.</summary>
    public ClientOrder? SiblingOf(ClientOrder order) => order == Working
        ? null
        : (contingency == ContingencyType.Oto ? Pending : Orders).FirstOrDefault(other => other != order);

    public void Add(ClientOrder order)
    {
        Orders.Add(order);
        order.List = this;
    }
}
