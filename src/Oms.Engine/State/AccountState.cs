using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.Risk;

namespace Oms.Engine.State;

/// <summary>What the engine knows of an account.</summary>
internal sealed class AccountState(in AccountDefined definition, ExchangeState exchange)
{
    // Read field by field: a copy of the whole costs more than what is done with it.
    private AccountDefined _definition = definition;
    private LimitsDefined _limits;

    public AccountDefined Definition { get => _definition; set => _definition = value; }

    public AccountId Id { get; } = definition.Header.AccountId;

    public ExchangeState Exchange { get; } = exchange;

    public MarketFlags Markets => _definition.Markets;

    /// <summary>The index of the connector that serves it.</summary>
    public int Connector => _definition.Connector;

    /// <summary>The accounts that count as one owner with it; null where it is alone.</summary>
    public GroupState? Group { get; set; }

    public AccountGate Gate { get; set; } = AccountGate.Disconnected;

    /// <summary>Why its gate is where it is.</summary>
    public GateReason GateReason { get; set; }

    public HaltState Halt { get; set; } = HaltState.Resumed;

    public HaltReason HaltReason { get; set; }

    /// <summary>The running session subscribed the private stream.</summary>
    public bool IsStreamUp { get; set; }

    /// <summary>Of the last event about this account.</summary>
    public long Sequence { get; set; }

    /// <summary>Orders that are not final, in the order in which they came.</summary>
    public LiveOrders Live;

    /// <summary>All zeros where none are set.</summary>
    public LimitsDefined Limits { get => _limits; set => _limits = value; }

    public ref readonly LimitsDefined LimitsRef => ref _limits;

    public OrderRate Rate { get; } = new();

    public RecentOrders Recent { get; } = new();

    /// <summary>In the order in which they were first used.</summary>
    public List<Holding> Holdings { get; } = [];

    /// <summary>In the order in which they were first used.</summary>
    public List<BalanceRow> Balances { get; } = [];

    /// <summary>What its positions and orders are worth at worst, at 8 decimals of the valuation asset.
    /// </summary>
    public Int128 Value { get; set; }

    /// <summary>The part of <see cref="Value"/> that is in futures.</summary>
    public Int128 FuturesValue { get; set; }

    /// <summary>Holdings that cannot be valued for want of a price.</summary>
    public int UnvaluedHoldings { get; set; }

    /// <summary>
    /// Realised, unrealised, fees and funding since it was first seen, at 8 decimals of the valuation asset.
    /// </summary>
    public Int128 ProfitAndLoss { get; set; }

    /// <summary><see cref="ProfitAndLoss"/> at the last midnight UTC.</summary>
    public Int128 ProfitAndLossAtMidnight { get; set; }

    /// <summary>A fee could not be valued: the profit and loss of this day is not known.</summary>
    public bool IsProfitAndLossUnknown { get; set; }

    /// <summary>The last deposit that was booked.</summary>
    public long DepositIdLast { get; set; }

    /// <summary>
    /// Since it was last halted a round of evidence was completed in which no order lived that has to end, or there is
    /// nobody to ask.
    /// </summary>
    public bool IsAskedSinceHalt { get; set; }

    /// <summary>
    /// A round of evidence agreed on its positions: from then on only fills change them. Before, what the
    /// exchange states is believed.
    /// </summary>
    public bool ArePositionsKnown { get; set; }

    /// <summary>When that was last so for the first time, Unix nanoseconds; 0 for never.</summary>
    public long PositionsKnownAtUnixNanos { get; set; }

    /// <summary>The round of evidence that is being gathered, or was last.</summary>
    public long EvidenceId { get; set; }

    /// <summary>
    /// A fill was booked after this round began: its balances may be older than the ledger.
    /// </summary>
    public bool FilledSinceRoundBegan { get; set; }

    /// <summary>When a complete round last agreed, Unix nanoseconds; 0 for never.</summary>
    public long ReconciledAtUnixNanos { get; set; }

    /// <summary>
    /// When the next round is due, Unix nanoseconds; 0 while one is under way, and when nobody is connected.
    /// </summary>
    public long RetryAtUnixNanos { get; set; }

    /// <summary>When a leg of a transfer of it was last booked, Unix nanoseconds; 0 for never.</summary>
    public long TransferredAtUnixNanos { get; set; }

    /// <summary>Rounds in a row of which a question failed; counted up to a bound.</summary>
    public int RoundsIncomplete { get; set; }

    /// <summary>The evidence of this round differs from what is known, and a fill under way may be why.
    /// </summary>
    public bool DoesEvidenceDiffer { get; set; }

    /// <summary>Since a round differed none has agreed: whatever may explain it is asked for.</summary>
    public bool IsToBeExplained { get; set; }

    public bool IsHalted => Halt != HaltState.Resumed;

    /// <summary>It lost as much today as it may, or more.</summary>
    public bool HasLostTooMuch =>
        _limits.LossMax > 0 && ProfitAndLossAtMidnight - ProfitAndLoss >= _limits.LossMax;

    /// <summary>What the exchange states is not what is known.</summary>
    public void NoteDifference() => DoesEvidenceDiffer = IsToBeExplained = true;
}
