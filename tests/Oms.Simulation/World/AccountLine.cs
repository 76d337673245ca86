using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Time;
using Oms.Simulation.Exchange;

namespace Oms.Simulation.World;

/// <summary>An account in a session of the connector: its private stream, and the questions asked about it.</summary>
internal sealed class AccountLine(
    AccountId account,
    Desk desk,
    Connector connector,
    Line line,
    VirtualTime time,
    Network network,
    SimulatedExchange exchange,
    Dice dice,
    Tally tally)
{
    private const long PauseNanos = 200 * UnixNanos.PerMillisecond;

    /// <summary>A stream that lost something or fell silent is noticed within this time.</summary>
    private const long NoticeNanosMax = 800 * UnixNanos.PerMillisecond;

    private readonly Dictionary<OrderId, long> _sentAt = [];
    private readonly HashSet<OrderId> _underWay = [];
    private readonly List<(OrderId Order, Action Do)> _waiting = [];
    private readonly Queue<(long EvidenceId, ResolveOrder? Order)> _rounds = new();
    private bool _isStreamUp;
    private bool _isSilent;
    private bool _isFailureNoticed = true;
    private bool _isAsking;
    private bool _isDead;
    private long _round;
    private bool _isComplete;
    private int _queries;

    /// <summary>Rounds that were answered.</summary>
    public int RoundsEnded { get; private set; }

    public bool IsIdle => _isStreamUp && _isFailureNoticed && _rounds.Count == 0 && !_isAsking && _underWay.Count == 0;

    public void Die() => _isDead = true;

    public override string ToString() => $"{Venue.NameOf(account)}: stream up {_isStreamUp}, failure noticed "
        + $"{_isFailureNoticed}, {_rounds.Count} steps of rounds, asking {_isAsking}, {_underWay.Count} under way";

    public bool TryBegin(OrderId order)
    {
        if (!_sentAt.TryAdd(order, time.Ticks))
        {
            return false;
        }

        _ = _underWay.Add(order);
        return true;
    }

    /// <summary>The answer to an order came, or none will be waited for; false when that was so before.</summary>
    public bool TryEnd(OrderId order)
    {
        if (!_underWay.Remove(order))
        {
            return false;
        }

        foreach ((OrderId waiting, Action doIt) in _waiting.ToArray())
        {
            if (waiting == order)
            {
                _ = _waiting.Remove((waiting, doIt));
                doIt();
            }
        }

        return true;
    }

    public void WhenEnded(OrderId order, Action doIt)
    {
        if (_underWay.Contains(order))
        {
            _waiting.Add((order, doIt));
        }
        else
        {
            doIt();
        }
    }

    /// <summary>An order at the exchange: by our id, or, where it was placed by hand, by its number.</summary>
    public ExchangeOrder? Find(OrderId order, long number) => exchange.Orders.FirstOrDefault(each =>
        each.Account == account && (each.IsExternal ? each.Number == number : each.OrderId == order));

    /// <summary>An order with its trades, as the exchange has them now: the trades first.</summary>
    public static byte[][] Told(ExchangeOrder order, EvidenceSource source) =>
    [
        .. order.Fills.Select(fill => Bytes.Of(order.Seen(fill, source))),
        Bytes.Of(order.Seen(source)),
    ];

    public void OpenStream() => network.After(dice.Between(PauseNanos / 10, PauseNanos * 2), Alive(() =>
    {
        (_isStreamUp, _isSilent, _isFailureNoticed) = (true, false, true);
        connector.ReportStream(account, StreamState.Up);
    }));

    /// <summary>The stream breaks, or falls silent and is found to be so some time later.</summary>
    public void FailStream(bool isSilentFirst)
    {
        if (!_isStreamUp || !_isFailureNoticed)
        {
            return;
        }

        tally.Add(isSilentFirst ? "stream silent" : "stream broken");
        _isSilent = true;
        _isFailureNoticed = false;
        network.After(isSilentFirst ? dice.Between(PauseNanos, NoticeNanosMax) : 0, Alive(() =>
        {
            _isStreamUp = false;
            connector.ReportStream(account, StreamState.Down);
            OpenStream();
        }));
    }

    /// <summary>The exchange says something by the private stream.</summary>
    public void Hear(ExchangeOrder order, ExchangeFill? fill) => Hear(fill is null
        ? [Bytes.Of(order.Seen(EvidenceSource.Stream))]
        : [Bytes.Of(order.Seen(fill, EvidenceSource.Stream)), Bytes.Of(order.Seen(EvidenceSource.Stream))]);

    /// <inheritdoc cref="Hear(ExchangeOrder, ExchangeFill?)"/>
    public void Hear(FundingPayment payment) => Hear([Bytes.Of(payment.Seen())]);

    /// <inheritdoc cref="Hear(ExchangeOrder, ExchangeFill?)"/>
    public void Hear(BalanceMoved moved) => Hear([Bytes.Of(moved)]);

    private void Hear(byte[][] messages)
    {
        if (!_isStreamUp || _isSilent)
        {
            tally.Add("stream message not heard");
            return;
        }

        bool isHeard = line.Send("stream message", Alive(() => connector.ReportAll(messages)), mayComeTwice: true);
        if (!isHeard)
        {
            FailStream(isSilentFirst: true);
        }
    }

    public void Take(ResolveOrder request)
    {
        if (request.EvidenceId != 0)
        {
            _rounds.Enqueue((request.EvidenceId, request));
            AskNext();
        }
        else
        {
            Resolve(request, isResolved => Repeat(isResolved, request));
        }
    }

    public void Take(GatherEvidence request)
    {
        _rounds.Enqueue((request.EvidenceId, null));
        AskNext();
    }

    private void Repeat(bool isResolved, ResolveOrder request)
    {
        if (!isResolved)
        {
            network.After(PauseNanos, Alive(() => Take(request)));
        }
    }

    private Action Alive(Action doIt) => () =>
    {
        if (!_isDead)
        {
            doIt();
        }
    };

    private void AskNext()
    {
        if (_isAsking || !_rounds.TryDequeue(out (long EvidenceId, ResolveOrder? Order) step))
        {
            return;
        }

        if (step.EvidenceId != _round)
        {
            (_round, _isComplete) = (step.EvidenceId, true);
            connector.Report(new EvidenceBegin
            {
                Header = MessageHeader.For<EvidenceBegin>(account), EvidenceId = _round,
            });
        }

        _isAsking = true;
        void Done(bool isAnswered)
        {
            _isComplete &= isAnswered;
            _isAsking = false;
            AskNext();
        }

        if (!_isComplete && step.Order is not null)
        {
            Done(false);
        }
        else if (step.Order is { } order)
        {
            Resolve(order, Done);
        }
        else
        {
            Query(EndRound, isAnswered =>
            {
                if (!isAnswered)
                {
                    _isComplete = false;
                    ReportEnd();
                }

                Done(isAnswered);
            });
        }
    }

    /// <summary>Open orders, funding, positions, then balances, each as they are when asked.</summary>
    private Action EndRound()
    {
        long round = _round;
        byte[][] told =
        [
            .. exchange.Open.Where(order => order.Account == account)
                .Select(order => Bytes.Of(order.Seen(EvidenceSource.Query))),
            .. exchange.Futures.PaymentsOf(account).Select(payment => Bytes.Of(payment.Seen())),
            .. desk.Listed.Where(Venue.IsFutures)
                .SelectMany(instrument => exchange.Futures.Seen(account, instrument, round))
                .Select(Bytes.Of),
            .. Venue.Assets.Select(asset => Bytes.Of(SpotSeen(asset, round))),
            .. desk.HasFutures ? [Bytes.Of(FuturesSeen(round))] : Array.Empty<byte[]>(),
        ];
        return () =>
        {
            if (_isComplete)
            {
                connector.ReportAll(told);
            }

            ReportEnd();
        };
    }

    private BalanceSeen SpotSeen(AssetId asset, long round) => new()
    {
        Header = MessageHeader.For<BalanceSeen>(account),
        AssetId = asset,
        Market = Domain.Instruments.Market.Spot,
        Free = exchange.Total(account, asset) - exchange.Locked(account, asset),
        Locked = exchange.Locked(account, asset),
        EvidenceId = round,
    };

    private BalanceSeen FuturesSeen(long round) => new()
    {
        Header = MessageHeader.For<BalanceSeen>(account),
        AssetId = Venue.Usdt,
        Market = Domain.Instruments.Market.Futures,
        Free = exchange.Futures.Total(account),
        Locked = 0,
        EvidenceId = round,
    };

    private void ReportEnd()
    {
        RoundsEnded++;
        tally.Add(_isComplete ? "round complete" : "round incomplete");
        connector.Report(new EvidenceEnd
        {
            Header = MessageHeader.For<EvidenceEnd>(account),
            EvidenceId = _round,
            Complete = _isComplete ? (byte)1 : (byte)0,
        });
    }

    /// <summary>Finds out what became of an order: its state and trades, or the proof that it never arrived.</summary>
    private void Resolve(ResolveOrder request, Action<bool> done) => WhenEnded(request.OrderId, () =>
    {
        long askedAt = time.Ticks;
        bool isAbsent = false;
        Query(
            () =>
            {
                ExchangeOrder? order = Find(request.OrderId, request.ExchangeOrderId);
                isAbsent = order is null;
                byte[][] told = order is null ? [] : Told(order, EvidenceSource.Query);
                return () => connector.ReportAll(told);
            },
            isAnswered =>
            {
                if (!isAnswered || !isAbsent)
                {
                    done(isAnswered);
                }
                else if (askedAt > ArrivesUntil(request.OrderId))
                {
                    connector.Report(new OrderAbsent
                    {
                        Header = MessageHeader.For<OrderAbsent>(account), OrderId = request.OrderId,
                    });
                    tally.Add("order proven absent");
                    done(true);
                }
                else
                {
                    network.After(PauseNanos, Alive(() => Resolve(request, done)));
                }
            });
    });

    /// <summary>After this nothing of the order is under way any more, whichever session sent it.</summary>
    private long ArrivesUntil(OrderId order) =>
        Math.Max(connector.StartedAt, _sentAt.GetValueOrDefault(order)) + Line.RequestNanosMax;

    /// <summary>
    /// Does something when no question is under way. Questions and changes wait for each other: an answer from before a
    /// change would say that the change was not made.
    /// </summary>
    public void WhenNothingIsAsked(Action doIt)
    {
        if (_queries == 0 && !line.IsChanging(account))
        {
            doIt();
        }
        else
        {
            network.After(PauseNanos / 10, Alive(() => WhenNothingIsAsked(doIt)));
        }
    }

    /// <summary>Asks the exchange; the answer may be lost, and the question with it.</summary>
    private void Query(Func<Action> ask, Action<bool> done)
    {
        if (line.IsChanging(account))
        {
            network.After(PauseNanos / 10, Alive(() => Query(ask, done)));
            return;
        }

        bool isOver = false;
        _queries++;
        void Over(bool isAnswered, Action? report)
        {
            if (!isOver)
            {
                isOver = true;
                _queries--;
                report?.Invoke();
                done(isAnswered);
            }
        }

        network.After(Line.RequestNanosMax, Alive(() => Over(false, null)));
        _ = line.Send(
            "query",
            () =>
            {
                Action report = ask();
                _ = line.Send("reply", Alive(() => Over(true, report)), mayComeTwice: false);
            },
            mayComeTwice: false);
    }
}
