namespace Oms.Matching;

/// <summary>What two orders have in common when a trade between them is one with oneself.</summary>
public enum SelfTradeScope : byte
{
    Account,
    Group,
}
