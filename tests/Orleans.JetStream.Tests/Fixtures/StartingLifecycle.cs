namespace Orleans.JetStream.Tests;

/// <summary>A silo's life of one participant: it is started at once.</summary>
internal sealed class StartingLifecycle : ISiloLifecycle
{
    private readonly List<ILifecycleObserver> _observers = [];

    public int HighestCompletedStage => ServiceLifecycleStage.First;

    public int LowestStoppedStage => ServiceLifecycleStage.Last;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        _observers.Add(observer);
        return new MemoryStream(0);
    }

    public async Task StartAsync(CancellationToken cancellation = default)
    {
        foreach (var observer in _observers)
        {
            await observer.OnStart(cancellation);
        }
    }
}
