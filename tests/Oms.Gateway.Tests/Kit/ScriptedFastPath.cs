using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Domain.Transfers;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;
using Oms.Testing;

namespace Oms.Gateway.Tests.Kit;

/// <summary>
/// The other end of the gateway's rings: makes rings, tables and log as FastPath does, and answers commands
/// by what their client order id begins with: <c>reject</c>, <c>silent</c>, or anything else for accepted.
/// </summary>
internal sealed class ScriptedFastPath : IDisposable
{
    public const string RejectPrefix = "reject";
    public const string SilentPrefix = "silent";

    private readonly Lock _emitting = new();
    private readonly Dictionary<AccountId, long> _accountSequences = [];
    private readonly Dictionary<(AccountId, ClientOrderId), ExecutionReport> _orders = [];
    private readonly StateTable<AccountDefined> _accounts;
    private readonly StateTable<AssetDefined> _assets;
    private readonly StateTable<InstrumentDefined> _instruments;
    private readonly StateTable<BookRow> _books;
    private readonly FolderLog _log;
    private readonly RingReader _commands;
    private readonly RingWriter _events;
    private readonly ScriptedAnswers _answers;
    private readonly Thread _thread;
    private long _logSequence;
    private long _orderNumber;
    private readonly BackoffIdleStrategy _idle = new(IdlePolicy.Backoff);
    private bool _isTickDue;
    private volatile int _commandsTaken;
    private volatile bool _stopping;
    private volatile bool _beating = true;
    private volatile bool _reading = true;

    public ScriptedFastPath(SharedRegion region, string logFolder, int ringBytes = 1 << 20)
    {
        foreach (RingDefinition ring in RingTopology.Of(connectorCount: 1, strategyCount: 0))
        {
            RingFile.CreateIfAbsent(region.RingPath(ring.Name), ringBytes, incarnation: 1);
        }

        _accounts = StateTable<AccountDefined>.OpenWriter(region, StateTables.Accounts, 16);
        _assets = StateTable<AssetDefined>.OpenWriter(region, StateTables.Assets, 16);
        _instruments = StateTable<InstrumentDefined>.OpenWriter(region, StateTables.Instruments, 16);
        Gates = StateTable<AccountGateChanged>.OpenWriter(region, StateTables.Gates, 16);
        Tops = StateTable<TopOfBook>.OpenWriter(region, StateTables.TopsOfBook, 16);
        Balances = StateTable<BalanceChanged>.OpenWriter(region, StateTables.Balances, 16);
        Positions = StateTable<PositionChanged>.OpenWriter(region, StateTables.Positions, 16);
        Halts = StateTable<HaltChanged>.OpenWriter(region, StateTables.Halts, 17);
        Budgets = StateTable<RequestBudgetRow>.OpenWriter(region, StateTables.RequestBudgetsOf(0), 32);
        _books = StateTable<BookRow>.OpenWriter(region, StateTables.BooksOf(0), 16);
        WriteDefinitions();
        _log = new(logFolder, segmentBytes: 64 << 10);
        _events = RingWriter.Attach(region.RingPath(RingTopology.GatewayEvents));
        _commands = RingReader.Attach(region.RingPath(RingTopology.GatewayCommands));
        _answers = new(this);
        _thread = new(Run) { IsBackground = true, Name = "scripted fastpath" };
        _thread.Start();
    }

    public StateTable<AccountGateChanged> Gates { get; }

    public StateTable<TopOfBook> Tops { get; }

    public StateTable<BalanceChanged> Balances { get; }

    public StateTable<PositionChanged> Positions { get; }

    public StateTable<HaltChanged> Halts { get; }

    public StateTable<RequestBudgetRow> Budgets { get; }

    /// <summary>Shows a book as a connector does.</summary>
    /// <param name="bids">Price at the listing's decimals, quantity at eight.</param>
    /// <param name="asks">Likewise.</param>
    /// <param name="age">How long ago it was stated; null: it stays young for as long as a test.</param>
    public void Show(
        InstrumentId instrument, (long Price, long Quantity)[] bids, (long Price, long Quantity)[] asks,
        TimeSpan? age = null)
    {
        BookRow row = new BookRow(LevelsOf(bids), LevelsOf(asks), 1_700_000_000_000_000_000) with
        {
            StatedUnixNanos = UnixNanos.Of(DateTimeOffset.UtcNow - (age ?? TimeSpan.FromHours(-1))).Value,
        };
        _books.Write(BookTables.RowOf(instrument), in row);
    }

    /// <summary>Lists another instrument, as FastPath does after its configuration has changed.</summary>
    public void List(InstrumentDefined instrument) =>
        _instruments.Write((int)instrument.InstrumentId.Value - 1, in instrument);

    /// <summary>A round of evidence agreed, after any before.</summary>
    public void NoteReconciled(AccountId account)
    {
        int row = (int)account.Value - 1;
        Assert.True(Gates.TryRead(row, out AccountGateChanged gate));
        long before = Math.Max(gate.ReconciledUnixNanos, 1_700_000_000_000_000_000);
        gate = gate with { ReconciledUnixNanos = before + 1 };
        Gates.Write(row, in gate);
    }

    /// <summary>Whether a halt is confirmed at once, or never.</summary>
    public bool IsConfirming
    {
        set => _answers.IsConfirming = value;
    }

    /// <summary>The commands that were no orders and no cancels of one, as they came.</summary>
    public IReadOnlyCollection<object> Others => _answers.Others;

    /// <summary>Whether it tells its peers that it lives.</summary>
    public bool IsBeating
    {
        set => _beating = value;
    }

    /// <summary>Whether it takes commands from its ring.</summary>
    public bool IsReading
    {
        set => _reading = value;
    }

    /// <summary>How many commands it took, answered or not.</summary>
    public int CommandsTaken => _commandsTaken;

    public long LogSequence => Volatile.Read(ref _logSequence);

    public OrderId NextOrderId() => OrderId.Of(0, 1, Interlocked.Increment(ref _orderNumber));

    public long LastSequenceOf(AccountId account)
    {
        lock (_emitting)
        {
            return _accountSequences.GetValueOrDefault(account);
        }
    }

    /// <summary>What was last reported under a client order id; null for nothing yet.</summary>
    public ExecutionReport? LastReportOf(AccountId account, string clientOrderId)
    {
        Assert.True(ClientOrderId.TryParse(clientOrderId, out ClientOrderId id));
        lock (_emitting)
        {
            return _orders.TryGetValue((account, id), out ExecutionReport report) ? report : null;
        }
    }

    /// <summary>
    /// Logs the event and offers it to the gateway's ring, as FastPath does; a full ring is passed over.
    /// </summary>
    /// <returns>The account's sequence of the event.</returns>
    public long Emit(ExecutionReport report)
    {
        lock (_emitting)
        {
            ExecutionReport stamped = report with { Header = Stamp(report.Header) };
            _orders[(report.Header.AccountId, report.ClientOrderId)] = stamped;
            Publish(MessageBytes.Of(in stamped));
            return stamped.Header.AccountSequence;
        }
    }

    /// <summary>Logs and offers an event of another kind.</summary>
    public void Emit<TEvent>(Func<MessageHeader, TEvent> stamped, MessageHeader header)
        where TEvent : unmanaged, IMessage
    {
        lock (_emitting)
        {
            TEvent made = stamped(Stamp(header));
            Publish(MessageBytes.Of(in made));
        }
    }

    /// <inheritdoc cref="Emit(ExecutionReport)"/>
    public long Emit(CancelRejected report)
    {
        lock (_emitting)
        {
            CancelRejected stamped = report with { Header = Stamp(report.Header) };
            Publish(MessageBytes.Of(in stamped));
            return stamped.Header.AccountSequence;
        }
    }

    /// <inheritdoc cref="Emit(ExecutionReport)"/>
    public long Emit(TransferReport report)
    {
        lock (_emitting)
        {
            TransferReport stamped = report with { Header = Stamp(report.Header) };
            Publish(MessageBytes.Of(in stamped));
            return stamped.Header.AccountSequence;
        }
    }

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
        _commands.Dispose();
        _events.Dispose();
        _log.Dispose();
        _accounts.Dispose();
        _assets.Dispose();
        _instruments.Dispose();
        Gates.Dispose();
        Tops.Dispose();
        Balances.Dispose();
        Positions.Dispose();
        Halts.Dispose();
        Budgets.Dispose();
        _books.Dispose();
    }

    private static BookLevel[] LevelsOf((long Price, long Quantity)[] levels) =>
        [.. levels.Select(level => new BookLevel { Price = level.Price, Quantity = level.Quantity })];

    private void WriteDefinitions()
    {
        int row = 0;
        foreach (AccountDefined account in TestMarket.Accounts)
        {
            AccountGateChanged gate = TestMarket.Gate(account.Header.AccountId, AccountGate.Ready);
            Gates.Write(row, in gate);
            _accounts.Write(row++, in account);
        }

        row = 0;
        foreach (AssetDefined asset in TestMarket.Assets)
        {
            _assets.Write(row++, in asset);
        }

        InstrumentDefined instrument = TestMarket.Instrument;
        _instruments.Write(0, in instrument);
    }

    private void Run()
    {
        while (!_stopping)
        {
            if (_beating)
            {
                _commands.Beat();
                _events.Beat();
            }

            Tick();

            if (!_reading || !_commands.TryRead(out ReadOnlySpan<byte> message))
            {
                _idle.Idle(0);
            }
            else if (MessageBytes.Header(message).Kind == MessageKind.PlaceOrder)
            {
                Answer(MessageBytes.As<PlaceOrder>(message));
            }
            else if (MessageBytes.Header(message).Kind == MessageKind.StartTransfer)
            {
                Answer(MessageBytes.As<StartTransfer>(message));
            }
            else if (MessageBytes.Header(message).Kind == MessageKind.CancelOrder)
            {
                Answer(MessageBytes.As<CancelOrder>(message));
            }
            else
            {
                _commandsTaken++;
                _answers.Answer(message);
            }
        }
    }

    private void Tick()
    {
        lock (_emitting)
        {
            if (_isTickDue)
            {
                MessageHeader header = MessageHeader.For<Tick>() with { LogSequence = _logSequence };
                var tick = new Tick { Header = header };
                _isTickDue = _events.Offer(in tick) != OfferResult.Accepted;
            }
        }
    }

    private void Answer(PlaceOrder command)
    {
        _commandsTaken++;
        string clientOrderId = command.ClientOrderId.ToString();
        if (clientOrderId.StartsWith(SilentPrefix, StringComparison.Ordinal))
        {
            return;
        }

        bool isRejected = clientOrderId.StartsWith(RejectPrefix, StringComparison.Ordinal);
        Emit(TestMarket.Report(command.Header.AccountId, NextOrderId(), clientOrderId) with
        {
            Terms = command.Terms,
            Status = isRejected ? OrderStatus.Rejected : OrderStatus.PendingNew,
            ExecutionType = isRejected ? ExecutionType.Rejected : ExecutionType.PendingNew,
            RejectReason = isRejected ? RejectReason.InsufficientBalance : RejectReason.None,
            CorrelationId = command.CorrelationId,
        });
    }

    private void Answer(StartTransfer command)
    {
        _commandsTaken++;
        string id = command.ClientTransferId.ToString();
        if (id.StartsWith(SilentPrefix, StringComparison.Ordinal))
        {
            return;
        }

        bool isRejected = id.StartsWith(RejectPrefix, StringComparison.Ordinal);
        Emit(new TransferReport
        {
            Header = MessageHeader.For<TransferReport>(command.Header.AccountId),
            TransferId = isRejected ? TransferId.None : TransferId.Of(0, 1, Interlocked.Increment(ref _orderNumber)),
            ToAccountId = command.ToAccountId,
            AssetId = command.AssetId,
            FromWallet = command.FromWallet,
            ToWallet = command.ToWallet,
            Status = isRejected ? TransferStatus.Rejected : TransferStatus.Reserved,
            Step = isRejected ? TransferStep.Refused : TransferStep.Accepted,
            Leg = 0,
            Hop = 1,
            Reason = isRejected ? RejectReason.InsufficientBalance : RejectReason.None,
            Amount = command.Amount,
            ClientTransferId = command.ClientTransferId,
            CorrelationId = command.CorrelationId,
            ExchangeTransferId = 0,
            ExchangeErrorCode = 0,
        });
    }

    /// <summary>By the OMS's number of it where that is given, else by its client's.</summary>
    private bool TryFind(in CancelOrder command, out ExecutionReport order)
    {
        if (command.OrderId.IsNone)
        {
            return _orders.TryGetValue((command.Header.AccountId, command.ClientOrderId), out order);
        }

        OrderId id = command.OrderId;
        order = _orders.Values.FirstOrDefault(report => report.OrderId == id);
        return order.OrderId == id && order.Header.AccountId == command.Header.AccountId;
    }

    private void Answer(CancelOrder command)
    {
        _commandsTaken++;
        if (TryFind(in command, out ExecutionReport order))
        {
            Emit(order with
            {
                Status = OrderStatus.PendingCancel,
                ExecutionType = ExecutionType.PendingCancel,
                CorrelationId = command.CorrelationId,
            });
            return;
        }

        Emit(new CancelRejected
        {
            Header = MessageHeader.For<CancelRejected>(command.Header.AccountId),
            OrderId = command.OrderId,
            ClientOrderId = command.ClientOrderId,
            Status = 0,
            Reason = RejectReason.OrderUnknown,
            ExchangeErrorCode = 0,
            InstrumentId = InstrumentId.None,
            CorrelationId = command.CorrelationId,
        });
    }

    private MessageHeader Stamp(MessageHeader header)
    {
        long accountSequence = _accountSequences.GetValueOrDefault(header.AccountId) + 1;
        _accountSequences[header.AccountId] = accountSequence;
        return header with
        {
            LogSequence = _logSequence + 1,
            AccountSequence = accountSequence,
            UnixNanos = 1_700_000_000_000_000_000 + _logSequence,
        };
    }

    private void Publish(ReadOnlySpan<byte> message)
    {
        _log.Append(message);
        _log.Commit();
        Volatile.Write(ref _logSequence, _logSequence + 1);
        // What the ring has no room for is found in the log, once a tick tells of it.
        _isTickDue |= _events.Offer(message) != OfferResult.Accepted;
    }
}
