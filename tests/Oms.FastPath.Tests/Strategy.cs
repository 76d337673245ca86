using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>A process that trades by a pair of rings of its own, without the gateway.</summary>
internal sealed class Strategy : IDisposable
{
    private readonly RingWriter _commands;
    private readonly RingReader _events;
    private readonly ListingDirectory _directory;
    private readonly BeatThread _beats;
    private long _correlationId;
    private bool _isHeard;

    public Strategy(Deployment deployment, int number)
    {
        _commands = RingWriter.Attach(deployment.Region.RingPath(RingTopology.StrategyCommands(number)));
        _events = RingReader.Attach(deployment.Region.RingPath(RingTopology.StrategyEvents(number)));
        _directory = new ListingDirectory(deployment.Region);
        _correlationId = (number + 1) * 1_000_000L;
        _beats = new(() =>
        {
            _commands.Beat();
            _events.Beat();
        });
    }

    /// <summary>All events since FastPath noticed this process, in order.</summary>
    public List<byte[]> Events { get; } = [];

    public IEnumerable<ExecutionReport> Reports =>
        Events.Where(Is<ExecutionReport>).Select(said => MessageBytes.As<ExecutionReport>(said));

    public AccountId Account(string name) =>
        _directory.TryFindAccount(name, out AccountDefined account)
            ? account.Header.AccountId
            : throw new InvalidOperationException(name);

    public InstrumentDefined Instrument(string exchange, string symbol) =>
        _directory.TryFindInstrument(exchange, Market.Spot, symbol, out InstrumentDefined instrument)
            ? instrument
            : throw new InvalidOperationException(symbol);

    public AssetId Asset(string name) =>
        _directory.TryFindAsset(name, out AssetDefined asset)
            ? asset.AssetId
            : throw new InvalidOperationException(name);

    /// <summary>FastPath looks now and then who reads: from here on, every event comes.</summary>
    public Task UntilHeardAsync() => Eventually.True(() =>
    {
        Pump();
        return _isHeard;
    });

    /// <summary>Places a limit order; returns what its answer will name.</summary>
    public long Place(
        AccountId account, InstrumentId instrument, Side side, long price, long quantity, string clientOrderId)
    {
        Assert.True(ClientOrderId.TryParse(clientOrderId, out ClientOrderId id));
        var order = new PlaceOrder
        {
            Header = MessageHeader.For<PlaceOrder>(account),
            ClientOrderId = id,
            InstrumentId = instrument,
            Terms = new()
            {
                Side = side,
                Type = OrderType.Limit,
                TimeInForce = TimeInForce.GoodTillCancel,
                Price = price,
                Quantity = quantity,
            },
            CorrelationId = ++_correlationId,
            Stamps = default,
        };
        Assert.Equal(OfferResult.Accepted, _commands.Offer(in order));
        return _correlationId;
    }

    /// <summary>The first answer to a command.</summary>
    public async Task<ExecutionReport> AnswerAsync(long correlationId)
    {
        ExecutionReport[] found = [];
        await Eventually.True(() =>
        {
            Pump();
            found = [.. Reports.Where(report => report.CorrelationId == correlationId)];
            return found.Length > 0;
        });
        return Assert.Single(found);
    }

    /// <summary>Reads what there is.</summary>
    public void Pump()
    {
        while (_events.TryRead(out ReadOnlySpan<byte> said))
        {
            if (MessageBytes.Header(said).Kind == MessageKind.Tick)
            {
                _isHeard = true;
            }
            else
            {
                Events.Add(said.ToArray());
            }
        }
    }

    public void Dispose()
    {
        _beats.Dispose();
        _directory.Dispose();
        _commands.Dispose();
        _events.Dispose();
    }

    private static bool Is<TMessage>(byte[] message)
        where TMessage : unmanaged, IMessage => MessageBytes.Header(message).Kind == TMessage.Kind;
}
