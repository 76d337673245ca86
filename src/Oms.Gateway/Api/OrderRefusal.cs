using Oms.Domain.Orders;

namespace Oms.Gateway.Api;

/// <summary>Why an order was refused before FastPath heard of it.</summary>
/// <param name="Market">The market that it would have traded on, as far as that is known.</param>
internal readonly record struct OrderRefusal(RejectReason Reason, V1.Market Market);
