using Oms.ExchangeSimulator.Binance;

namespace Oms.ExchangeSimulator.Tests;

public sealed class SocketConnectionTests
{
    [Fact]
    public async Task A_reader_that_falls_behind_is_cut_off_and_holds_nobody_up()
    {
        using StuckSocket socket = new();
        using SocketConnection connection = new(socket);
        Task running = connection.RunAsync(_ => true, CancellationToken.None);
        int sent = 0;
        while (sent < 100_000 && connection.TrySend("tick"u8.ToArray()))
        {
            sent++;
        }

        Assert.InRange(sent, 8_192, 8_193);
        Assert.True(socket.IsAborted);
        await running.WaitAsync(SimulatorProcess.Patience);
    }
}
