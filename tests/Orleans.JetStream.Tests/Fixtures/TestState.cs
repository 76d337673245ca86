namespace Orleans.JetStream.Tests;

[GenerateSerializer]
[Alias("Orleans.JetStream.Tests.TestState")]
public sealed class TestState
{
    [Id(0)]
    public string Text { get; set; } = "new";

    [Id(1)]
    public int Number { get; set; }

    [Id(2)]
    public byte[] Bytes { get; set; } = [];
}
