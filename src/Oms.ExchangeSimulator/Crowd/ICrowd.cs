namespace Oms.ExchangeSimulator.Crowd;

/// <summary>A source of the crowd's moves in one market: a recording, or a random walk.</summary>
internal interface ICrowd
{
    /// <summary>Moves without end, in order of time; the first is a <see cref="CrowdReset"/>.</summary>
    IEnumerable<CrowdStep> Steps();
}
