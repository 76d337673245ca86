using System.IO.Hashing;
using System.Text;

namespace Oms.Simulation.World;

/// <summary>
/// What happened in a run, as a hash over all of it: two runs of one seed that differ anywhere have different hashes.
/// In words too, for who wants to read it.
/// </summary>
internal sealed class Trace(TextWriter? output, VirtualTime time)
{
    private readonly XxHash3 _hash = new();

    /// <summary>Where the run is, for what is said of it.</summary>
    public int Step { get; set; }

    public ulong Hash => _hash.GetCurrentHashAsUInt64();

    /// <summary>Whether anybody reads the words.</summary>
    public bool IsRead => output is not null;

    public void Note(ReadOnlySpan<byte> bytes) => _hash.Append(bytes);

    public void Say(string text)
    {
        _hash.Append(Encoding.UTF8.GetBytes(text));
        _hash.Append(BitConverter.GetBytes(time.Ticks));
        Tell(text);
    }

    /// <summary>Says what is in the hash already, or follows from it.</summary>
    public void Tell(string text) =>
        output?.WriteLine($"{Step,6} {(time.Ticks / 1_000_000) - 1_000_000,7} ms  {text}");
}
