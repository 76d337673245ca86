using Microsoft.AspNetCore.Components;

namespace Oms.Gateway.Dashboard;

/// <summary>A page that shows what is now: it reads anew every second, for as long as somebody looks.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _leaving = new();

    [Inject]
    private protected Caller Caller { get; init; } = null!;

    [Inject]
    private TimeProvider Time { get; init; } = null!;

    [Inject]
    private NavigationManager Navigation { get; init; } = null!;

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        await Caller.Find();
        Read();
        _ = Live(_leaving.Token);
    }

    /// <summary>Reads what the page shows.</summary>
    protected abstract void Read();

    private async Task Live(CancellationToken leaving)
    {
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(leaving))
            {
                await InvokeAsync(() =>
                {
                    if (Caller.Identity is null)
                    {
                        Navigation.NavigateTo("/signin", forceLoad: true);
                        return;
                    }

                    Read();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody looks any more.
        }
    }
}
