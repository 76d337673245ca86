namespace Orleans.JetStream.Tests.Silo;

internal sealed class CounterGrain(
    [PersistentState("count", "named")] IPersistentState<TestState> named,
    [PersistentState("count")] IPersistentState<TestState> unnamed) : Grain, ICounterGrain
{
    public async Task<int> Add(int number)
    {
        named.State.Number += number;
        unnamed.State.Number += number;
        await named.WriteStateAsync();
        await unnamed.WriteStateAsync();
        Assert.Equal(named.State.Number, unnamed.State.Number);
        return named.State.Number;
    }

    public async Task Reset()
    {
        await named.ClearStateAsync();
        await unnamed.ClearStateAsync();
    }
}
