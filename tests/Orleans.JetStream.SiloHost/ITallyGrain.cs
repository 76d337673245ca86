namespace Orleans.JetStream.SiloHost;

/// <summary>A count in which each request counts once, however often it is repeated.</summary>
[Alias("Orleans.JetStream.SiloHost.ITallyGrain")]
public interface ITallyGrain : IGrainWithIntegerKey
{
    /// <summary>Counts a worker's request, of which each has a higher number than the one before.</summary>
    [Alias("Count")]
    Task Count(int worker, long number);

    [Alias("Total")]
    Task<long> Total();

    /// <summary>The name of the silo that the grain is on.</summary>
    [Alias("Silo")]
    Task<string> Silo();

    /// <summary>Has the grain reminded once a second from now on.</summary>
    [Alias("Remind")]
    Task Remind();

    /// <summary>How often it has been reminded since it was last activated.</summary>
    [Alias("Reminded")]
    Task<long> Reminded();
}
