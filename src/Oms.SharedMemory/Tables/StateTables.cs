namespace Oms.SharedMemory.Tables;

/// <summary>Every table of a deployment. FastPath writes all of them but those of connectors.</summary>
public static class StateTables
{
    /// <summary><see cref="Domain.Messages.AssetDefined"/>, row = asset id - 1.</summary>
    public const string Assets = "assets";

    /// <summary><see cref="Domain.Messages.AccountDefined"/>, row = account id - 1.</summary>
    public const string Accounts = "accounts";

    /// <summary><see cref="Domain.Messages.InstrumentDefined"/>, row = instrument id - 1.</summary>
    public const string Instruments = "instruments";

    /// <summary><see cref="Domain.Messages.AccountGateChanged"/>, row = account id - 1.</summary>
    public const string Gates = "gates";

    /// <summary><see cref="Domain.Messages.HaltChanged"/>: row 0 is the firm, then row = account id.</summary>
    public const string Halts = "halts";

    /// <summary><see cref="Domain.Messages.TopOfBook"/>, row = instrument id - 1.</summary>
    public const string TopsOfBook = "tops";

    /// <summary>
    /// <see cref="Domain.Messages.BalanceChanged"/>, in the order in which they were first seen.
    /// </summary>
    public const string Balances = "balances";

    /// <summary>
    /// <see cref="Domain.Messages.PositionChanged"/>, in the order in which they were first seen.
    /// </summary>
    public const string Positions = "positions";

    /// <summary>
    /// <see cref="BookRow"/> of each instrument that FastPath matches, row = instrument id - 1; for
    /// <see cref="BookTables"/>.
    /// </summary>
    public const string BooksInside = "books-inside";

    /// <summary>
    /// <see cref="RequestBudgetRow"/> of each account of a connector, which writes it; for
    /// <see cref="RequestBudgets"/>.
    /// </summary>
    public static string RequestBudgetsOf(ushort connector) => $"budgets-{connector}";

    /// <summary>
    /// <see cref="BookRow"/> of each listing, row = instrument id - 1, by a connector; for <see cref="BookTables"/>.
    /// </summary>
    public static string BooksOf(ushort connector) => $"books-{connector}";
}
