namespace Oms.Gateway;

/// <summary>Every bound of the gateway by name.</summary>
internal static class GatewayLimits
{
    /// <summary>
    /// Orders that can be told; open ones beyond it are never forgotten for newer final ones.
    /// </summary>
    public const int OrdersRememberedMax = 100_000;

    public const int FillsRememberedMax = 100_000;

    /// <summary>Transfers that can be told.</summary>
    public const int TransfersRememberedMax = 20_000;

    /// <summary>Commands whose answer is waited for; a power of two.</summary>
    public const int RepliesPendingMax = 1 << 17;

    /// <summary>Commands of one batch, or of one message of a stream.</summary>
    public const int CommandsPerMessageMax = 1_000;

    /// <summary>
    /// Commands of one stream without an outcome that was sent; more are not read from the client.
    /// </summary>
    public const int CommandsPerStreamMax = 16_384;

    /// <summary>Instruments that one stream may name.</summary>
    public const int InstrumentsPerStreamMax = 1_000;

    /// <summary>Accounts whose logs say that a stream of commands names them.</summary>
    public const int NamesPerStreamMax = 1_000;

    /// <summary>Executions that a streaming client may be behind.</summary>
    public const int ExecutionsQueuedMax = 4_096;

    /// <summary>Changes that are noted and not yet written down; more wait.</summary>
    public const int AuditQueuedMax = 16_384;

    public const int StreamsMax = 1_000;
    public const int PageRowsMax = 1_000;
    public const int PageRowsDefault = 100;
    public const int RequestBytesMax = 512 * 1024;
    public const int ConnectionsMax = 1_000;
    public const int StreamsPerConnectionMax = 200;

    /// <summary>How long an answer of FastPath is waited for where the client set no deadline.</summary>
    public static readonly TimeSpan ReplyWaitDefault = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan ReplyWaitMax = TimeSpan.FromSeconds(60);

    /// <summary>Left of the client's deadline for saying that it passed.</summary>
    public static readonly TimeSpan ReplyWaitMargin = TimeSpan.FromMilliseconds(20);

    /// <summary>Least time between two messages of a conflated stream where the client says nothing.</summary>
    public static readonly TimeSpan ConflationDefault = TimeSpan.FromMilliseconds(100);
}
