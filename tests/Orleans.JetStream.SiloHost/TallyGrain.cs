namespace Orleans.JetStream.SiloHost;

internal sealed class TallyGrain(
    [PersistentState("tally")] IPersistentState<Tally> tally,
    ILocalSiloDetails silo) : Grain, ITallyGrain, IRemindable
{
    private long _reminded;

    public async Task Count(int worker, long number)
    {
        if (tally.State.LastNumbers.GetValueOrDefault(worker) < number)
        {
            tally.State.LastNumbers[worker] = number;
            tally.State.Total++;
            await tally.WriteStateAsync();
        }
    }

    public Task<long> Total() => Task.FromResult(tally.State.Total);

    public Task<string> Silo() => Task.FromResult(silo.Name);

    public Task Remind()
    {
        var second = TimeSpan.FromSeconds(1);
        return this.RegisterOrUpdateReminder("tick", dueTime: second, period: second);
    }

    public Task<long> Reminded() => Task.FromResult(_reminded);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _reminded++;
        return Task.CompletedTask;
    }
}
