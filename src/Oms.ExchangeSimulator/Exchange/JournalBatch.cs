namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// All that one command changed, as one line of the journal: either the line is whole, and the command
/// happened, or it is not.
/// </summary>
internal sealed class JournalBatch
{
    public long TimeMs { get; init; }

    /// <summary>
    /// Counts starts: ids of public trades and book updates begin anew, higher, in each run.
    /// </summary>
    public long? Run { get; set; }

    /// <summary>Whose accounts, orders and balances these are; absent for spot.</summary>
    public JournalMarket? Market { get; set; }

    public List<JournalOpening>? Openings { get; set; }

    public JournalList? List { get; set; }

    public JournalOrder? Order { get; set; }

    public List<JournalStep>? Steps { get; set; }

    public List<JournalTrail>? Trails { get; set; }

    public List<JournalAmendment>? Amendments { get; set; }

    public List<JournalReduction>? Reductions { get; set; }

    /// <summary>What would have been traded; what became of the orders stands below.</summary>
    public List<PreventedMatch>? PreventedMatches { get; set; }

    public List<JournalPrevention>? Preventions { get; set; }

    public List<JournalTrade>? Trades { get; set; }

    public List<JournalClose>? Closes { get; set; }

    public List<JournalSetting>? Settings { get; set; }

    public List<JournalIncome>? Incomes { get; set; }

    /// <summary>Of spot's lines: the market of futures reads its side of it too.</summary>
    public JournalTransfer? Transfer { get; set; }

    public List<AlgoOrder>? AlgoOrders { get; set; }

    /// <summary>
    /// What of the same command came after all that stands above: within a batch things are read in the order of their
    /// members.
    /// </summary>
    public List<JournalBatch>? Further { get; set; }

    /// <summary>Whether an order that came, or made a step, would be read in its turn.</summary>
    public bool HasOnlySteps() => Amendments is null && Reductions is null && Preventions is null && Trades is null
        && Closes is null && Trails is null;

    public bool IsEmpty() =>
        Run is null && Openings is null && Order is null && Amendments is null && Reductions is null
        && Trades is null && Closes is null && Settings is null && Incomes is null && Transfer is null
        && AlgoOrders is null && List is null && Steps is null && Trails is null && Preventions is null
        && PreventedMatches is null
        && Further is null;
}
