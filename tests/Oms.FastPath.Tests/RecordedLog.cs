using Oms.Domain.Messages;
using Oms.Journal;
using Oms.SharedMemory.Regions;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>
/// The records of a FastPath that started, traded, died and traded again; written to other folders as far
/// as a test wants.
/// </summary>
internal sealed class RecordedLog
{
    private readonly List<(int SourceRing, long RingPosition, byte[] Message)> _records = [];

    private RecordedLog()
    {
    }

    public int Count => _records.Count;

    /// <summary>Whether a record is an input.</summary>
    public bool IsInput(int index) => MessageKinds.IsInput(MessageBytes.Header(_records[index].Message).Kind);

    public static async Task<RecordedLog> RecordAsync(int ordersPerLife)
    {
        await using var deployment = new Deployment();
        ChildProcess process = await deployment.StartAsync();
        using var peers = new Peers(deployment);
        peers.StartSession();
        await peers.UntilReadyAsync();
        await TradeAsync(peers, ordersPerLife);
        await process.KillAsync();
        process = await deployment.StartAsync();
        await peers.UntilReadyAsync();
        await TradeAsync(peers, ordersPerLife * 2);
        await process.KillAsync();

        var recorded = new RecordedLog();
        using SharedBlock block = SharedBlock.Open(
            deployment.Region, SharedBlocks.LogHead, LogHead.LengthFor(Deployment.LogHeadBytes));
        var head = new LogHead(block.Start, block.LengthBytes, block.Path);
        _ = LogRecovery.Recover(deployment.Data.Log, head, default, record => recorded._records.Add(
            (record.SourceRing, record.RingPosition, record.Message.ToArray())));
        return recorded;
    }

    /// <summary>Appends the records from one index to before another.</summary>
    public void WriteTo(string folder, int from, int to, long segmentBytes = 1 << 20)
    {
        using var log = new FolderLog(folder, segmentBytes);
        for (int index = from; index < to; index++)
        {
            (int sourceRing, long ringPosition, byte[] message) = _records[index];
            log.Append(message, sourceRing, ringPosition);
        }

        log.Commit();
        log.Sync();
    }

    private static Task TradeAsync(Peers peers, int ordersInAll) => Eventually.True(
        () =>
        {
            while (peers.Placed < ordersInAll && peers.TryPlace())
            {
                peers.Pump();
            }

            peers.Pump();
            return peers.Submitted.Count >= ordersInAll;
        },
        TimeSpan.FromSeconds(60));
}
