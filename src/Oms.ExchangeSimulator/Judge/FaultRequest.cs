namespace Oms.ExchangeSimulator.Judge;

/// <summary>A fault to come.</summary>
internal sealed class FaultRequest
{
    /// <summary>
    /// timeout_after_accept, http_503_after_accept, http_503_before_accept, hold_user_event, repeat_user_event,
    /// expire_listen_keys or drop_user_streams.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>How often it strikes.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Whom it strikes; anybody when absent.</summary>
    public string? Account { get; init; }
}
