namespace Oms.ExchangeSimulator.Judge;

/// <summary>A fault to come.</summary>
internal sealed class FaultRequest
{
    /// <summary>
    /// timeout_after_accept, http_503_after_accept, http_503_before_accept, duplicate, hold_user_event,
    /// repeat_user_event, expire_listen_keys or drop_user_streams.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>How often it strikes.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Whom it strikes; anybody when absent.</summary>
    public string? Account { get; init; }

    /// <summary>The path of the calls that it strikes; any that place, cancel or transfer when absent.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// How many in a hundred it strikes, by dice that are the same in every run; all of them when absent.
    /// </summary>
    public int? Percent { get; init; }
}
