using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>A futures order in the plain books.</summary>
internal sealed class FuturesOrder(OrderTerms terms)
{
    public OrderTerms Terms { get; } = terms;

    public ExecutionReport Report { get; set; }

    public long Filled { get; set; }

    /// <summary>It may only reduce.</summary>
    public bool IsClosing { get; set; }

    /// <summary>It needs no margin.</summary>
    public bool IsFree { get; set; }

    public bool IsCanceling { get; set; }

    public bool IsEnded { get; set; }

    public long Leaves => Terms.Quantity - Filled;

    public bool IsLive => !IsEnded && Leaves > 0;
}
