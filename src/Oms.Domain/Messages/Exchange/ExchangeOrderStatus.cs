namespace Oms.Domain.Messages;

/// <summary>The states in which exchanges report orders.</summary>
public enum ExchangeOrderStatus : byte
{
    New = 1,
    PartiallyFilled = 2,
    Filled = 3,
    Canceled = 4,
    Rejected = 5,
    Expired = 6,
}
