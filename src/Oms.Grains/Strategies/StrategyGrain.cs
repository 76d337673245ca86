namespace Oms.Grains.Strategies;

/// <summary>Runs one strategy on a thread of this silo, for as long as it is wanted.</summary>
internal sealed class StrategyGrain(
    [PersistentState("strategy")] IPersistentState<StrategyState> stored, StrategyFloor floor) : Grain, IStrategyGrain
{
    private StrategyRun? _run;
    private string _problem = "";

    private bool IsWanted => stored.State.IsWanted ?? floor.IsEnabled(this.GetPrimaryKeyString());

    public async Task<StrategyView> Start()
    {
        await WantAsync(true);
        return await Watch();
    }

    public async Task<StrategyView> Stop()
    {
        await WantAsync(false);
        End();
        _problem = "";
        return View();
    }

    public Task<StrategyView> Watch()
    {
        if (IsWanted && _run?.IsRunning != true)
        {
            _problem = _run?.Problem ?? "";
            End();
            TryRun();
        }

        return Task.FromResult(View());
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        End();
        return Task.CompletedTask;
    }

    private void TryRun()
    {
        try
        {
            _run = floor.Prepare(this.GetPrimaryKeyString());
            _run.Start();
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException)
        {
            _problem = failure.Message;
        }
    }

    private void End()
    {
        _run?.Dispose();
        _run = null;
    }

    private async Task WantAsync(bool isWanted)
    {
        if (stored.State.IsWanted == isWanted)
        {
            return;
        }

        try
        {
            stored.State = stored.State with { IsWanted = isWanted };
            await stored.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    private StrategyView View() => new()
    {
        Name = this.GetPrimaryKeyString(),
        IsWanted = IsWanted,
        IsRunning = _run?.IsRunning == true,
        Problem = _run?.IsRunning == true ? "" : _problem,
        LiveOrders = _run?.Desk.Live.Count ?? 0,
        OrdersPlaced = _run?.Desk.OrdersPlaced ?? 0,
        Fills = _run?.Desk.Fills ?? 0,
    };
}
