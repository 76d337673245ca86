using System.Runtime.InteropServices;
using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.FastPath.Tests;

/// <summary>
/// An engine as FastPath defines it from <c>configs/</c>, with ready accounts and a few live orders.
/// </summary>
internal sealed class SoundState
{
    private static readonly SystemConfiguration Configuration =
        ConfigurationFolder.Load(Path.Combine(AppContext.BaseDirectory, "configs"));

    private static readonly LimitsConfiguration Limits =
        Configuration.Limits with { OrdersHeldMax = 64, OpenOrdersPerAccountMax = 64, AccountsMax = 8 };

    private readonly Engine.Engine _engine = new(EngineSizes.Of(Limits) with { FillsRememberedMax = 64 });
    private long _now = 1;

    public SoundState()
    {
        foreach (byte[] definition in Definitions.Definitions.Stages
            .SelectMany(stage => stage(Configuration, _engine.View).ToArray()))
        {
            _ = Apply(definition);
        }

        Apply(new FastPathStarted { Header = MessageHeader.For<FastPathStarted>(), Shard = 0, Epoch = 1 });
        Apply(new SessionStarted
        {
            Header = MessageHeader.For<SessionStarted>(),
            Session = 1,
            Connector = 0,
        });
        Open(new AccountId(1), 1);
        for (uint instrument = 1; instrument <= 2; instrument++)
        {
            Trade(new InstrumentId(instrument));
        }
    }

    /// <summary>Returns how many events there were.</summary>
    public int Apply(byte[] input)
    {
        ref MessageHeader header = ref MemoryMarshal.AsRef<MessageHeader>(input.AsSpan());
        header = header with { UnixNanos = _now++ };
        ReadOnlySpan<byte> said = _engine.Apply(input).Messages;
        int events = 0;
        while (!said.IsEmpty)
        {
            events += MessageKinds.IsEvent(MessageBytes.Header(said).Kind) ? 1 : 0;
            said = said[MessageBytes.Header(said).LengthBytes..];
        }

        return events;
    }

    private void Apply<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage => _ = Apply(MessageBytes.Of(in message).ToArray());

    private void Open(AccountId account, long round)
    {
        Apply(new StreamChanged
        {
            Header = MessageHeader.For<StreamChanged>(account),
            Session = 1,
            State = StreamState.Up,
        });
        for (uint asset = 1; asset <= 3; asset++)
        {
            Apply(new BalanceSeen
            {
                Header = MessageHeader.For<BalanceSeen>(account),
                AssetId = new(asset),
                Market = Domain.Instruments.Market.Spot,
                Free = 1_000_000_000_000_000_000,
                Locked = 0,
                EvidenceId = round,
            });
        }

        Apply(new EvidenceEnd
        {
            Header = MessageHeader.For<EvidenceEnd>(account),
            EvidenceId = round,
            Complete = 1,
        });
    }

    private void Trade(InstrumentId instrument)
    {
        Apply(new InstrumentFilters
        {
            Header = MessageHeader.For<InstrumentFilters>(),
            InstrumentId = instrument,
            Tradable = 1,
            TickSize = 0,
            PriceMin = 0,
            PriceMax = 0,
            LotSize = 0,
            QuantityMin = 0,
            QuantityMax = 0,
            NotionalMin = 0,
            MakerFee = 0,
            TakerFee = 0,
            CanAmend = OrderAmendment.None,
        });
        Apply(new TopOfBook
        {
            Header = MessageHeader.For<TopOfBook>(),
            InstrumentId = instrument,
            BidPrice = 100,
            BidQuantity = 1,
            AskPrice = 100,
            AskQuantity = 1,
            ExchangeUnixNanos = 0,
        });
        foreach (Side side in Enum.GetValues<Side>())
        {
            Assert.True(ClientOrderId.TryParse($"{instrument}-{side}", out ClientOrderId id));
            Apply(new PlaceOrder
            {
                Header = MessageHeader.For<PlaceOrder>(new AccountId(1)),
                ClientOrderId = id,
                InstrumentId = instrument,
                Terms = new()
                {
                    Side = side,
                    Type = OrderType.Limit,
                    TimeInForce = TimeInForce.GoodTillCancel,
                    Price = 100,
                    Quantity = 100,
                },
                CorrelationId = 1,
                Stamps = default,
            });
        }

        Assert.True(_engine.View.LiveOrders > 0);
    }
}
