namespace Oms.Silo.Streams;

/// <summary>What was sent and is not acknowledged yet, in order: no more of it than settings allow.</summary>
/// <param name="limit">Ends every wait: it begins anew with each answer that comes.</param>
internal sealed class PublishWindow(StreamSettings settings, CancellationTokenSource limit) : IAsyncDisposable
{
    private readonly Queue<Publication> _publications = [];
    private int _messages;

    /// <summary>Returns when so many messages may be under way besides those that are.</summary>
    /// <exception cref="PublishRefusedException">The server did not take one of those.</exception>
    public async Task MakeRoomAsync(int messages)
    {
        while (_publications.Count > 0 && _messages + messages > settings.WindowMax)
        {
            await ConfirmFirstAsync();
        }
    }

    public void Add(Publication publication)
    {
        _publications.Enqueue(publication);
        _messages += publication.Count;
    }

    /// <summary>Returns when everything is acknowledged.</summary>
    /// <inheritdoc cref="MakeRoomAsync"/>
    public async Task ConfirmAllAsync()
    {
        while (_publications.Count > 0)
        {
            await ConfirmFirstAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Publication publication in _publications)
        {
            await publication.DisposeAsync();
        }
    }

    private async Task ConfirmFirstAsync()
    {
        await using Publication publication = _publications.Dequeue();
        await publication.ConfirmAsync(limit.Token);
        _messages -= publication.Count;
        limit.CancelAfter(settings.AnswerTimeout);
    }
}
