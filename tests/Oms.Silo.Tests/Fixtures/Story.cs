using Oms.SharedMemory.Tables;
using Oms.Silo.Feed;
using Oms.Silo.Text;

namespace Oms.Silo.Tests;

/// <summary>Events of the sub-account, and the names to read them with.</summary>
internal sealed class Story : IDisposable
{
    private readonly PlayedFastPath _fastPath;
    private readonly ListingDirectory _listings;
    private readonly List<byte[]> _messages = [];

    public Story()
    {
        _fastPath = PlayedFastPath.Start(Deployment);
        _listings = new(Deployment.Region);
        Names = new(_listings);
    }

    public Deployment Deployment { get; } = new();

    public EventNames Names { get; }

    /// <summary>The events from one sequence to another; made up as they are asked for.</summary>
    public AccountEvents[] Events(int first, int last)
    {
        while (_messages.Count < last)
        {
            _messages.Add(_fastPath.Next(PlayedFastPath.SubId));
        }

        var events = new AccountEvents(Deployment.Sub);
        foreach (byte[] message in _messages[(first - 1)..last])
        {
            events.Add(message);
        }

        return [events];
    }

    /// <summary>Of the first <paramref name="count"/> sequences those that are published.</summary>
    public static IEnumerable<string> PublishedIds(int count) =>
        from sequence in Enumerable.Range(1, count)
        where sequence % PlayedFastPath.KindsOfEvents is 1 or 2 or 4
        select $"binance/sub_spot_arb:{sequence}";

    /// <summary>Of the first <paramref name="count"/> sequences those that are fills.</summary>
    public static IEnumerable<long> Fills(long count) =>
        from sequence in Enumerable.Range(1, (int)count)
        where sequence % PlayedFastPath.KindsOfEvents == 2
        select (long)sequence;

    public void Dispose()
    {
        _listings.Dispose();
        _fastPath.Dispose();
        Deployment.Dispose();
    }
}
