namespace Oms.Connectors;

/// <summary>Every bound of a connector process by name.</summary>
internal static class ConnectorLimits
{
    /// <summary>Orders and changes on their way at once; beyond, requests wait in their ring.</summary>
    public const int InFlightMax = 256;

    /// <summary>Cancels likewise: a halt of everything is not to wait for answers.</summary>
    public const int CancelsInFlightMax = 8192;

    /// <summary>Requests taken from the ring before the other sources are looked at.</summary>
    public const int RequestBatchMax = 64;

    /// <summary>Reports given to the ring before the other sources are looked at.</summary>
    public const int ReportBatchMax = 256;

    /// <summary>Reports that wait for room in the ring; beyond, streams and answers wait.</summary>
    public const int ReportsQueuedMax = 8192;

    /// <summary>Questions of an account that wait to be asked; beyond, requests wait in their ring.</summary>
    public const int QuestionsQueuedMax = 8192;

    /// <summary>Orders of an account that are resolved at once outside of rounds.</summary>
    public const int ResolutionsAtOnceMax = 4;

    /// <summary>Orders sent in this session that are remembered, so that none is sent twice.</summary>
    public const int SentRememberedMax = 1 << 17;

    /// <summary>Questions about trades that do not yet explain their order's state.</summary>
    public const int TradeQueriesMax = 6;

    /// <summary>Questions in a row about what a key may do, which an exchange need not answer.</summary>
    public const int KeyRightsQueriesMax = 4;

    /// <summary>
    /// Beyond the receive window nothing can arrive any more; this much later it is also to be seen.
    /// </summary>
    public static readonly TimeSpan ArrivalMargin = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Before an order that is not there, and trades that are not yet, are asked for again; later for longer.
    /// </summary>
    public static readonly TimeSpan AbsencePauseMin = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan AbsencePauseMax = TimeSpan.FromSeconds(1);

    /// <summary>Before a question that failed is asked again; later for longer.</summary>
    public static readonly TimeSpan FailedQueryPauseMin = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan FailedQueryPauseMax = TimeSpan.FromSeconds(10);

    /// <summary>Before an exchange that did not say what a key may do is asked again.</summary>
    public static readonly TimeSpan KeyRightsInterval = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan FiltersRefreshInterval = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan RegionLookInterval = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan StreamLookInterval = TimeSpan.FromSeconds(1);

    /// <summary>What the exchange answered comes on the private stream within this time, or that is in doubt.</summary>
    public static readonly TimeSpan StreamWordAgeMax = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What a halt canceled all at once comes on the private stream within this time, or is asked for.
    /// </summary>
    public static readonly TimeSpan HaltWordAgeMax = TimeSpan.FromSeconds(1);

    /// <summary>The exchange says within this time what is open still, or each is canceled alone.</summary>
    public static readonly TimeSpan HaltQuestionMax = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan BudgetInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>A book that did not change is stated again so often.</summary>
    public static readonly TimeSpan BookRepeatInterval = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan BeatInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// An unchanged top that the exchange confirms is said again so often: the engine's price stays fresh.
    /// </summary>
    public static readonly TimeSpan TopRepeatInterval = TimeSpan.FromSeconds(1);
}
