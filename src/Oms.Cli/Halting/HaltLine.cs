using System.Diagnostics;
using System.Runtime.CompilerServices;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;

namespace Oms.Cli.Halting;

/// <summary>
/// The rings of <c>oms halt</c> to FastPath and back. They are used by nobody else, so that the kill switch works when
/// everything else is dead.
/// </summary>
internal sealed class HaltLine : IDisposable
{
    // A process that stands still for a while is taken for one that reads no more: repeating a halt does no harm.
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromMilliseconds(500);

    private readonly RingWriter _commands;
    private readonly RingReader _events;

    private HaltLine(RingWriter commands, RingReader events) => (_commands, _events) = (commands, events);

    /// <summary>FastPath has been heard lately.</summary>
    public bool IsFastPathAlive => _commands.Ring.IsReaderAlive;

    /// <exception cref="RefusedException">FastPath never ran here, or another halt is under way.</exception>
    public static HaltLine Open(SharedRegion? region)
    {
        string? commands = region?.RingPath(RingTopology.HaltCommands);
        if (region is null || !File.Exists(commands))
        {
            throw new RefusedException("FastPath does not run here: there is nothing to halt");
        }

        try
        {
            var writer = RingWriter.Attach(commands);
            try
            {
                var reader = RingReader.Attach(region.RingPath(RingTopology.HaltEvents));
                reader.DiscardAll();
                return new(writer, reader);
            }
            catch
            {
                writer.Dispose();
                throw;
            }
        }
        catch (RoleTakenException)
        {
            throw new RefusedException("another `oms halt` or `oms resume` is waiting for its answer");
        }
    }

    /// <summary>Says it, and reads what FastPath answers, until the time is up.</summary>
    public async IAsyncEnumerable<HaltChanged> SayAsync(
        ChangeHalt command,
        TimeSpan timeout,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        long said = started;
        bool isAnswered = false;
        Offer(in command);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Stopwatch.GetElapsedTime(started) < timeout && await look.WaitForNextTickAsync(cancellation))
        {
            _events.Beat();
            _commands.Beat();
            while (TryReadAnswer(command.CorrelationId, out HaltChanged answer))
            {
                isAnswered = true;
                yield return answer;
            }

            if (!isAnswered && Stopwatch.GetElapsedTime(said) > RepeatAfter && IsFastPathAlive)
            {
                said = Stopwatch.GetTimestamp();
                Offer(in command);
            }
        }
    }

    public void Dispose()
    {
        _commands.Dispose();
        _events.Dispose();
    }

    private void Offer(in ChangeHalt command)
    {
        if (_commands.Offer(in command) != OfferResult.Accepted)
        {
            throw new RefusedException("FastPath does not take commands: its ring for halts is full");
        }
    }

    private bool TryReadAnswer(long correlationId, out HaltChanged answer)
    {
        answer = default;
        while (_events.TryRead(out ReadOnlySpan<byte> message))
        {
            if (MessageBytes.Header(message).Kind == MessageKind.HaltChanged)
            {
                answer = MessageBytes.As<HaltChanged>(message);
                if (answer.CorrelationId == correlationId)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
