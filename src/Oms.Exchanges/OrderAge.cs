using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Domain.Time;

namespace Oms.Exchanges;

/// <summary>An order that waits for its exchange's limits is not sent when it has become too old.</summary>
/// <param name="max">From the engine's decision to the wire.</param>
public sealed class OrderAge(TimeSpan max, TimeProvider time)
{
    public static OrderAge Of(ExchangeConfiguration configuration, TimeProvider time) =>
        new(TimeSpan.FromMilliseconds(configuration.OrderAgeMaxMs), time);

    /// <summary>How much longer a request may wait; negative for one that is too old.</summary>
    public TimeSpan Left(in MessageHeader request) =>
        max - (time.GetUtcNow() - new UnixNanos(request.UnixNanos).ToDateTimeOffset());
}
