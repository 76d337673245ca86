using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;

namespace Oms.Simulation.World;

/// <summary>What the OMS said in a run: the events that its clients saw, and the requests that its connector got.
/// </summary>
internal sealed class History
{
    private readonly Dictionary<AccountId, int> _confirmedSince = [];
    private readonly Dictionary<AccountId, long> _haltAsked = [];

    /// <summary>In their order, each once.</summary>
    public List<byte[]> Events { get; } = [];

    public List<Submission> Submissions { get; } = [];

    /// <summary>What clients asked to move, by the number of the command; one that is repeated has its number still.
    /// </summary>
    public Dictionary<long, StartTransfer> TransfersAsked { get; } = [];

    /// <summary>Orders that the connector was asked to send twice in one session.</summary>
    public List<OrderId> RequestsRepeated { get; } = [];

    /// <summary>Requests that came out of their order: a number, and the one before it.</summary>
    public List<(long Number, long Before)> RequestsOutOfOrder { get; } = [];

    public List<ConfirmedHalt> ConfirmedHalts { get; } = [];

    public IEnumerable<ExecutionReport> Executions => Of<ExecutionReport>();

    public IEnumerable<TMessage> Of<TMessage>()
        where TMessage : unmanaged, IMessage =>
        from said in Events
        where MessageBytes.Header(said).Kind == TMessage.Kind
        select MessageBytes.As<TMessage>(said);

    /// <param name="before">The number of the request before it in this session; 0 for none.</param>
    public void NoteRequest(ReadOnlySpan<byte> request, long before)
    {
        ref readonly MessageHeader header = ref MessageBytes.Header(request);
        if (before != 0 && header.LogSequence != before + 1)
        {
            RequestsOutOfOrder.Add((header.LogSequence, before));
        }

        if (header.Kind == MessageKind.SubmitOrder)
        {
            ref readonly SubmitOrder submit = ref MessageBytes.As<SubmitOrder>(request);
            Submissions.Add(new(header.AccountId, submit.OrderId, header.UnixNanos, submit.Terms));
        }
    }

    public void NoteEvent(ReadOnlySpan<byte> said, int step)
    {
        Events.Add(said.ToArray());
        if (MessageBytes.Header(said).Kind == MessageKind.HaltChanged)
        {
            ref readonly HaltChanged halt = ref MessageBytes.As<HaltChanged>(said);
            // One that is taken back before its confirmation is heard holds nobody up.
            bool isLast = _haltAsked.TryGetValue(halt.Header.AccountId, out long asked) && asked == halt.CorrelationId;
            if (halt.State == HaltState.Confirmed && halt.Scope == HaltScope.Account && isLast)
            {
                _ = _confirmedSince.TryAdd(halt.Header.AccountId, step);
            }
        }
    }

    /// <summary>A client asks to halt an account.</summary>
    public void NoteHalt(AccountId account, long correlationId) => _haltAsked[account] = correlationId;

    /// <summary>A client asks to let an account go on.</summary>
    public void NoteResume(AccountId account, int step)
    {
        _ = _haltAsked.Remove(account);
        if (_confirmedSince.Remove(account, out int since))
        {
            ConfirmedHalts.Add(new(account, since, step));
        }
    }

    /// <summary>The run is over.</summary>
    public void NoteEnd(int step)
    {
        foreach (AccountId account in _confirmedSince.Keys.ToArray())
        {
            NoteResume(account, step);
        }
    }
}
