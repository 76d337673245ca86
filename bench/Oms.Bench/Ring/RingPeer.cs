using System.CommandLine;
using Oms.Bench.Measuring;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;

namespace Oms.Bench.Ring;

/// <summary>The other process: it reads, and sends back what is to be echoed.</summary>
internal static class RingPeer
{
    public const string Name = "ring-peer";

    public static Command Create()
    {
        var folder = new Argument<string>("folder");
        var command = new Command(Name, "The other process of `ring`.") { folder };
        command.Hidden = true;
        command.SetAction(arguments => Run(arguments.GetValue(folder)!));
        return command;
    }

    private static int Run(string folder)
    {
        SharedRegion region = SharedRegion.ForDataFolder(folder);
        using var reader = RingReader.Attach(region.RingPath(RingBench.ToPeer));
        using var writer = RingWriter.Attach(region.RingPath(RingBench.ToClient));
        _ = Core.TakeLast();
        while (true)
        {
            if (!reader.TryRead(out ReadOnlySpan<byte> message))
            {
                Thread.SpinWait(0);
                continue;
            }

            switch (MessageBytes.As<CancelOrder>(message).CorrelationId)
            {
                case RingBench.Quit:
                    return ExitCode.Done;
                case RingBench.NotEchoed:
                    break;
                default:
                    _ = writer.Offer(message);
                    break;
            }
        }
    }
}
