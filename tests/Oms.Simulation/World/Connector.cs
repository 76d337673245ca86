using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.Simulation.Exchange;

namespace Oms.Simulation.World;

/// <summary>
/// The connector process: carries out each request of its session once, and reports what the exchange says. It dies
/// and comes back as another session, which discards what the one before was asked.
/// </summary>
internal sealed class Connector(
    Desk desk,
    VirtualTime time,
    Dice dice,
    Trace trace,
    Tally tally,
    Network network,
    Line line,
    SimulatedExchange exchange,
    ExchangeTransfers transfers,
    History history) : IDisposable
{
    private const long AnswerNanosMax = 1_000 * UnixNanos.PerMillisecond;
    private const long BeatNanos = 200 * UnixNanos.PerMillisecond;

    private readonly Queue<byte[]> _reports = new();
    private readonly Dictionary<AccountId, AccountLine> _accounts = [];
    private TransferLine? _transfers;
    private RingWriter? _writer;
    private RingReader? _reader;
    private long _beatAt;
    private long _lastRequest;

    public bool IsUp => _writer is not null;

    /// <summary>Of the running session; every start has another.</summary>
    public long Session { get; private set; }

    public long StartedAt { get; private set; }

    public bool IsIdle => _reports.Count == 0 && _reader is { Ring.DepthBytes: 0 };

    /// <summary>Of a thousand requests.</summary>
    public int Refused { get; set; }

    public IEnumerable<AccountLine> Accounts => _accounts.Values;

    public AccountLine Account(AccountId account) => _accounts[account];

    public void Start(SharedRegion region)
    {
        _writer = RingWriter.Attach(region.RingPath(RingTopology.ConnectorReports(0)), time);
        _reader = RingReader.Attach(region.RingPath(RingTopology.ConnectorRequests(0)), time);
        _reader.DiscardAll();
        _lastRequest = 0;
        Session++;
        StartedAt = time.Ticks;
        trace.Say($"connector starts session {Session}");
        foreach (InstrumentId instrument in desk.Listed)
        {
            Report(Venue.Filters(instrument));
            ReportMarket(instrument);
        }

        Report(new SessionStarted
        {
            Header = MessageHeader.For<SessionStarted>(),
            Session = Session,
            Connector = 0,
        });
        _transfers = new(this, line, network, transfers, dice, tally, trace);
        foreach (AccountId account in desk.Routed)
        {
            var accountLine = new AccountLine(account, desk, this, line, time, network, exchange, dice, tally);
            _accounts[account] = accountLine;
            accountLine.OpenStream();
        }
    }

    public void Die()
    {
        trace.Say("connector dies");
        Dispose();
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _reader?.Dispose();
        (_writer, _reader) = (null, null);
        _reports.Clear();
        foreach (AccountLine account in _accounts.Values)
        {
            account.Die();
        }
    }

    /// <summary>Takes some requests, and brings reports to the ring as long as there is room.</summary>
    public void Turn()
    {
        if (_writer is null || _reader is null)
        {
            return;
        }

        if (time.Ticks - _beatAt >= BeatNanos)
        {
            _beatAt = time.Ticks;
            _writer.Beat();
            _reader.Beat();
        }

        for (int count = 0; count < 8 && _reader.TryRead(out ReadOnlySpan<byte> request); count++)
        {
            Take(request);
        }

        while (_reports.TryPeek(out byte[]? message) && _writer.Offer(message) == OfferResult.Accepted)
        {
            trace.Note(message);
            _ = _reports.Dequeue();
        }
    }

    public void ReportMarket(InstrumentId instrument)
    {
        (long bid, long ask) = exchange.Market(instrument);
        Report(new TopOfBook
        {
            Header = MessageHeader.For<TopOfBook>(),
            InstrumentId = instrument,
            BidPrice = bid,
            BidQuantity = 1,
            AskPrice = ask,
            AskQuantity = 1,
            ExchangeUnixNanos = 0,
        });
        Report(new LastTrade
        {
            Header = MessageHeader.For<LastTrade>(),
            InstrumentId = instrument,
            Price = bid,
            ExchangeUnixNanos = 0,
        });
        if (Venue.IsFutures(instrument))
        {
            Report(new MarkPrice
            {
                Header = MessageHeader.For<MarkPrice>(),
                InstrumentId = instrument,
                Price = exchange.Mark(instrument),
                ExchangeUnixNanos = 0,
            });
        }
    }

    public void ReportStream(AccountId account, StreamState state)
    {
        trace.Say($"stream of {Venue.NameOf(account)} is {state}");
        Report(new StreamChanged
        {
            Header = MessageHeader.For<StreamChanged>(account),
            Session = Session,
            State = state,
        });
    }

    public void Report<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage
    {
        if (IsUp)
        {
            _reports.Enqueue(Bytes.Of(message));
        }
    }

    /// <summary>Does something when it arrives, if this session still lives then.</summary>
    public Action InThisSession(Action arrives)
    {
        long session = Session;
        return () =>
        {
            if (IsUp && Session == session)
            {
                arrives();
            }
        };
    }

    private void Take(ReadOnlySpan<byte> request)
    {
        trace.Note(request[..MessageHeader.Length]);
        ref readonly MessageHeader header = ref MessageBytes.Header(request);
        history.NoteRequest(request, _lastRequest);
        _lastRequest = header.LogSequence;
        AccountLine account = _accounts[header.AccountId];
        switch (header.Kind)
        {
            case MessageKind.SubmitOrder when MessageBytes.As<SubmitOrder>(request).Session == Session:
                Submit(MessageBytes.As<SubmitOrder>(request), account);
                break;
            case MessageKind.SubmitCancel when MessageBytes.As<SubmitCancel>(request).Session == Session:
                Cancel(MessageBytes.As<SubmitCancel>(request), account);
                break;
            case MessageKind.SubmitAmend when MessageBytes.As<SubmitAmend>(request).Session == Session:
                Amend(MessageBytes.As<SubmitAmend>(request), account);
                break;
            case MessageKind.ResolveOrder when MessageBytes.As<ResolveOrder>(request).Session == Session:
                account.Take(MessageBytes.As<ResolveOrder>(request));
                break;
            case MessageKind.GatherEvidence when MessageBytes.As<GatherEvidence>(request).Session == Session:
                account.Take(MessageBytes.As<GatherEvidence>(request));
                break;
            case MessageKind.SubmitTransfer when MessageBytes.As<SubmitTransfer>(request).Session == Session:
                _transfers?.Submit(MessageBytes.As<SubmitTransfer>(request));
                break;
            case MessageKind.ResolveTransfer when MessageBytes.As<ResolveTransfer>(request).Session == Session:
                _transfers?.Resolve(MessageBytes.As<ResolveTransfer>(request));
                break;
            default:
                tally.Add("request of another session, discarded");
                break;
        }
    }

    private void Submit(SubmitOrder submit, AccountLine account)
    {
        if (!account.TryBegin(submit.OrderId))
        {
            history.RequestsRepeated.Add(submit.OrderId);
            return;
        }

        trace.Say($"connector sends {submit.OrderId}");
        bool isRefused = dice.Chance(Refused);
        bool isAnswerLost = dice.Chance(Refused);
        Action failed = InThisSession(() => Unknown(submit, account));
        network.After(AnswerNanosMax, failed);
        _ = line.Send("request", () => Arrive(), mayComeTwice: false);
        void Arrive()
        {
            if (isRefused)
            {
                tally.Add("order refused by the exchange");
                Answer(() => Refuse(submit, account, RejectReason.ExchangeOverloaded));
                return;
            }

            ExchangeOrder? order = exchange.Place(
                submit.Header.AccountId, submit.OrderId, submit.InstrumentId, submit.Terms, trace.Step,
                out RejectReason why);
            if (order is null)
            {
                Answer(() => Refuse(submit, account, why));
            }
            else if (isAnswerLost)
            {
                tally.Add("timeout after accept");
                Answer(() => Unknown(submit, account));
            }
            else
            {
                byte[][] answer = AccountLine.Told(order, EvidenceSource.Reply);
                Answer(() => Accept(submit, account, answer));
            }
        }
    }

    private void Answer(Action arrives) =>
        _ = line.Send("reply", InThisSession(arrives), mayComeTwice: false);

    private void Accept(SubmitOrder submit, AccountLine account, byte[][] answer)
    {
        if (account.TryEnd(submit.OrderId))
        {
            ReportAll(answer);
        }
    }

    private void Refuse(SubmitOrder submit, AccountLine account, RejectReason reason)
    {
        if (account.TryEnd(submit.OrderId))
        {
            Report(new OrderRefused
            {
                Header = MessageHeader.For<OrderRefused>(submit.Header.AccountId),
                OrderId = submit.OrderId,
                ExchangeErrorCode = -1,
                Reason = reason,
                ExchangeText = default,
                Stamps = default,
            });
        }
    }

    private void Unknown(SubmitOrder submit, AccountLine account)
    {
        if (account.TryEnd(submit.OrderId))
        {
            tally.Add("outcome unknown");
            trace.Say($"connector does not know what became of {submit.OrderId}");
            Report(new OrderOutcomeUnknown
            {
                Header = MessageHeader.For<OrderOutcomeUnknown>(submit.Header.AccountId),
                OrderId = submit.OrderId,
            });
        }
    }

    private void Cancel(SubmitCancel cancel, AccountLine account)
    {
        AccountId id = cancel.Header.AccountId;
        // A cancel must not overtake its order.
        account.WhenEnded(cancel.OrderId, InThisSession(() => Ask(
            id,
            isChange: false,
            () =>
            {
                ExchangeOrder? order = account.Find(cancel.OrderId, cancel.ExchangeOrderId);
                return order is not null && exchange.Cancel(order)
                    ? AccountLine.Told(order, EvidenceSource.Reply)
                    : null;
            },
            reason => Report(new CancelRefused
            {
                Header = MessageHeader.For<CancelRefused>(id),
                OrderId = cancel.OrderId,
                ExchangeErrorCode = -2,
                Reason = reason == RejectReason.None ? RejectReason.ExchangeOrderUnknown : reason,
                ExchangeText = default,
            }))));
    }

    private void Amend(SubmitAmend amend, AccountLine account)
    {
        AccountId id = amend.Header.AccountId;
        account.WhenEnded(amend.OrderId, InThisSession(() => account.WhenNothingIsAsked(() => Ask(
            id,
            isChange: true,
            () =>
            {
                ExchangeOrder? order = account.Find(amend.OrderId, amend.ExchangeOrderId);
                return order is not null && exchange.Amend(order, amend.Terms)
                    ? AccountLine.Told(order, EvidenceSource.Reply)
                    : null;
            },
            reason => Report(new AmendRefused
            {
                Header = MessageHeader.For<AmendRefused>(id),
                OrderId = amend.OrderId,
                ExchangeErrorCode = -3,
                Reason = reason == RejectReason.None ? RejectReason.ExchangeRefused : reason,
                ExchangeText = default,
            })))));
    }

    /// <summary>
    /// A request about an order that is there: answered, refused, or without an answer in time. Of a change that may
    /// still arrive nothing is said.
    /// </summary>
    private void Ask(AccountId account, bool isChange, Func<byte[][]?> doIt, Action<RejectReason> refuse)
    {
        bool isAnswered = false;
        bool isRefused = dice.Chance(Refused);
        void GiveUp()
        {
            if (!isAnswered && isChange && line.IsChanging(account))
            {
                network.After(AnswerNanosMax / 10, InThisSession(GiveUp));
            }
            else if (!isAnswered)
            {
                isAnswered = true;
                refuse(RejectReason.ConnectorDown);
            }
        }

        void Hear(byte[][]? answer)
        {
            if (isAnswered)
            {
                return;
            }

            isAnswered = true;
            if (answer is null)
            {
                refuse(RejectReason.None);
            }
            else
            {
                ReportAll(answer);
            }
        }

        void Arrive()
        {
            byte[][]? answer = isRefused ? null : doIt();
            Answer(() => Hear(answer));
        }

        network.After(AnswerNanosMax, InThisSession(GiveUp));
        if (isChange)
        {
            line.SendChange(account, Arrive);
        }
        else
        {
            _ = line.Send("request", Arrive, mayComeTwice: false);
        }
    }

    public void ReportAll(IEnumerable<byte[]> messages)
    {
        foreach (byte[] message in messages)
        {
            if (IsUp)
            {
                _reports.Enqueue(message);
            }
        }
    }
}
