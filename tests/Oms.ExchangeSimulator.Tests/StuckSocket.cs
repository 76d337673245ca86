using System.Net.WebSockets;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>A socket whose other side never reads, until it is aborted.</summary>
internal sealed class StuckSocket : WebSocket
{
    private readonly CancellationTokenSource _aborted = new();

    public bool IsAborted => _aborted.IsCancellationRequested;

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => IsAborted ? WebSocketState.Aborted : WebSocketState.Open;

    public override string? SubProtocol => null;

    public override void Abort() => _aborted.Cancel();

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public override void Dispose() => _aborted.Dispose();

    public override async Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        await StayAsync(cancellationToken);
        return new WebSocketReceiveResult(0, WebSocketMessageType.Close, endOfMessage: true);
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage,
        CancellationToken cancellationToken) => StayAsync(cancellationToken);

    private async Task StayAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _aborted.Token);
        await new TaskCompletionSource().Task.WaitAsync(either.Token);
    }
}
