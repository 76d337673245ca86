using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>A fault to come. What a kind does not take it must not have.</summary>
internal sealed class FaultRequest
{
    /// <summary>One of <see cref="FaultWords.Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>How often it strikes, or how many connections; 1 when absent.</summary>
    public int? Count { get; init; }

    /// <summary>Whom it strikes; anybody when absent.</summary>
    public string? Account { get; init; }

    /// <summary>The path of the calls that it strikes; any that place, cancel, amend or transfer when absent.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// How many in a hundred it strikes, by dice that are the same in every run of a seed; all of them when absent.
    /// </summary>
    public int? Percent { get; init; }

    /// <summary>Which server's error is answered, of <see cref="FaultWords.Bodies"/>; unknown when absent.</summary>
    public string? Body { get; init; }

    /// <summary>By how much an event is late, in milliseconds.</summary>
    public int? DelayMs { get; init; }

    /// <summary>For how long it holds, in milliseconds; a skew without one holds until it is taken back.</summary>
    public int? DurationMs { get; init; }

    /// <summary>By how much the exchange's clock is ahead, in milliseconds; negative for behind.</summary>
    public int? SkewMs { get; init; }

    /// <summary>spot or futures; a ban without one holds for both.</summary>
    public string? Market { get; init; }

    /// <summary>As the exchange spells it.</summary>
    public string? Symbol { get; init; }

    /// <summary>Those that change.</summary>
    public FilterChange? Filters { get; init; }

    /// <summary>Which of the markets it is about; null for all.</summary>
    public JournalMarket? MarketMeant => Market switch
    {
        "spot" => JournalMarket.Spot,
        "futures" => JournalMarket.Futures,
        _ => null,
    };
}
