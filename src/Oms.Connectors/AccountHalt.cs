using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Text;

namespace Oms.Connectors;

/// <summary>The halt of an account that a connector asks for.</summary>
internal static class AccountHalt
{
    /// <param name="by">Why.</param>
    public static ChangeHalt Of(AccountId account, Text32 by) => new()
    {
        Header = MessageHeader.For<ChangeHalt>(account),
        Scope = HaltScope.Account,
        IsHalted = 1,
        OrderId = OrderId.None,
        Exchange = default,
        CorrelationId = 0,
        By = by,
    };
}
