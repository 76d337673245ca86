namespace Orleans.JetStream.SiloHost;

[GenerateSerializer]
[Alias("Orleans.JetStream.SiloHost.Tally")]
internal sealed class Tally
{
    [Id(0)]
    public long Total { get; set; }

    /// <summary>The number of each worker's last request.</summary>
    [Id(1)]
    public Dictionary<int, long> LastNumbers { get; set; } = [];
}
