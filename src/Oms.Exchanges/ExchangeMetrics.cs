using System.Diagnostics.Metrics;

namespace Oms.Exchanges;

/// <summary>What is counted of every exchange, tagged with its name.</summary>
internal static class ExchangeMetrics
{
    public const string Meter = "Oms.Exchanges";

    private static readonly Meter Source = new(Meter);

    public static Counter<long> ForeignOrders { get; } =
        Source.CreateCounter<long>("oms.exchanges.orders.foreign", "{report}");

    public static Counter<long> Unreadable { get; } =
        Source.CreateCounter<long>("oms.exchanges.unreadable", "{message}");

    public static Counter<long> Reconnects { get; } =
        Source.CreateCounter<long>("oms.exchanges.reconnects", "{connection}");

    public static Counter<long> BooksInvalid { get; } =
        Source.CreateCounter<long>("oms.exchanges.books.invalid", "{book}");

    public static Counter<long> RateLimited { get; } =
        Source.CreateCounter<long>("oms.exchanges.rate_limited", "{request}");

    public static KeyValuePair<string, object?> Tag(string exchange) => new("exchange", exchange);
}
