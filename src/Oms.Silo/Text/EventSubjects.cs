using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Silo.Text;

/// <summary>Where events are published: one subject each, in the account's stream.</summary>
internal static class EventSubjects
{
    /// <summary>
    /// Stands for market and symbol of an event that names no instrument, or one that does not exist.
    /// </summary>
    public const string NoInstrument = "none.none";

    public static string[] AllOf(AccountName account) =>
    [
        $"orders.{account.Exchange}.{account.Account}.>",
        $"trades.{account.Exchange}.{account.Account}.>",
        $"positions.{account.Exchange}.{account.Account}.>",
    ];

    /// <summary>Balances and gates are state, not history: grains have them, streams do not.</summary>
    public static bool IsPublished(MessageKind kind) =>
        kind is MessageKind.ExecutionReport or MessageKind.CancelRejected or MessageKind.PositionChanged;

    public static bool IsTrade(ReadOnlySpan<byte> message) =>
        MessageBytes.Header(message).Kind == MessageKind.ExecutionReport
        && MessageBytes.As<ExecutionReport>(message).ExecutionType == ExecutionType.Trade;

    /// <exception cref="NameUnknownException">The tables do not show the instrument now.</exception>
    public static string Of(ReadOnlySpan<byte> message, AccountName account, EventNames names)
    {
        string prefix = $"{account.Exchange}.{account.Account}";
        switch (MessageBytes.Header(message).Kind)
        {
            case MessageKind.ExecutionReport:
                ref readonly ExecutionReport report = ref MessageBytes.As<ExecutionReport>(message);
                string root = report.ExecutionType == ExecutionType.Trade ? "trades" : "orders";
                return $"{root}.{prefix}.{PlaceOf(names.InstrumentOf(in report))}";
            case MessageKind.CancelRejected:
                ref readonly CancelRejected rejected = ref MessageBytes.As<CancelRejected>(message);
                return $"orders.{prefix}.{PlaceOf(names.InstrumentOf(in rejected))}";
            case MessageKind.PositionChanged:
                InstrumentDefined held =
                    names.InstrumentOf(MessageBytes.As<PositionChanged>(message).InstrumentId);
                return $"positions.{prefix}.{MarketOf(in held)}";
            default:
                throw new ArgumentException(
                    $"{MessageBytes.Header(message).Kind} is not published", nameof(message));
        }
    }

    /// <summary>One token per account; <c>none</c> for one that does not exist.</summary>
    public static string OfTransfer(in TransferReport report, AccountName from, EventNames names) =>
        $"transfers.{TokenOf(from)}.{(names.ReceiverOf(in report) is { } to ? TokenOf(to) : "none")}";

    /// <summary>All transfers that an account sends.</summary>
    public static string TransfersFrom(AccountName account) => $"transfers.{TokenOf(account)}.*";

    private static string TokenOf(AccountName account) => $"{account.Exchange}-{account.Account}";

    private static string PlaceOf(InstrumentDefined? named) =>
        named is { } instrument ? $"{MarketOf(in instrument)}.{instrument.ExchangeSymbol}" : NoInstrument;

    private static string MarketOf(in InstrumentDefined instrument) =>
        EnumText<Domain.Instruments.Market>.Of(instrument.Market);
}
