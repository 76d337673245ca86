namespace Orleans.JetStream.Tests.Silo;

[Alias("Orleans.JetStream.Tests.ICounterGrain")]
internal interface ICounterGrain : IGrainWithStringKey
{
    [Alias("Add")]
    Task<int> Add(int number);

    [Alias("Reset")]
    Task Reset();
}
