namespace Oms.Matching;

/// <summary>
/// Whose an order is: an account, and the group of accounts that must not trade with each other. 0 is nobody,
/// and nobody trades with anybody.
/// </summary>
public readonly record struct OrderOwner
{
    // One number, so that it is written and read at once.
    private readonly ulong _groupAndAccount;

    public OrderOwner(uint account, uint group = 0) => _groupAndAccount = ((ulong)group << 32) | account;

    public uint Account => unchecked((uint)_groupAndAccount);

    public uint Group => (uint)(_groupAndAccount >> 32);

    /// <summary>Whether a trade between the two would be one with oneself.</summary>
    public bool IsSame(OrderOwner other, SelfTradeScope scope) => scope switch
    {
        SelfTradeScope.Account => Account == other.Account && Account != 0,
        SelfTradeScope.Group => Group == other.Group && Group != 0,
    };
}
