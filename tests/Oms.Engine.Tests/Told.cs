using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>What an engine says, as short text; with the names of orders where scripts tell of several.</summary>
internal sealed class Told(bool isNamed)
{
    private readonly Dictionary<OrderId, string> _names = [];

    public string Text(byte[] said) => MessageBytes.Header(said).Kind switch
    {
        MessageKind.ExecutionReport => Text(in MessageBytes.As<ExecutionReport>(said)),
        MessageKind.CancelRejected => Text(in MessageBytes.As<CancelRejected>(said)),
        MessageKind.BalanceChanged => Text(in MessageBytes.As<BalanceChanged>(said)),
        MessageKind.PositionChanged => Text(in MessageBytes.As<PositionChanged>(said)),
        MessageKind.AccountGateChanged => Text(in MessageBytes.As<AccountGateChanged>(said)),
        MessageKind.ResolveOrder => Text(in MessageBytes.As<ResolveOrder>(said)),
        MessageKind.GatherEvidence => Text(in MessageBytes.As<GatherEvidence>(said)),
        MessageKind.SubmitOrder => Text(in MessageBytes.As<SubmitOrder>(said)),
        MessageKind.SubmitCancel => Text(in MessageBytes.As<SubmitCancel>(said)),
        MessageKind.SubmitAmend => Text(in MessageBytes.As<SubmitAmend>(said)),
        MessageKind.HaltChanged => Text(in MessageBytes.As<HaltChanged>(said)),
        MessageKind.TransferReport => Text(in MessageBytes.As<TransferReport>(said)),
        MessageKind.SubmitTransfer => Text(in MessageBytes.As<SubmitTransfer>(said)),
        MessageKind.ResolveTransfer => Text(in MessageBytes.As<ResolveTransfer>(said)),
        MessageKind.DifferenceFound => Text(in MessageBytes.As<DifferenceFound>(said)),
        MessageKind.CancelOrdersReport => $"canceled {MessageBytes.As<CancelOrdersReport>(said).OrderCount}",
        MessageKind.ReconcileReport => Text(in MessageBytes.As<ReconcileReport>(said)),
        MessageKind.AllotmentDecided => $"granted {Short(MessageBytes.As<AllotmentDecided>(said).Amount)}",
        MessageKind.AllotmentReturned => $"returned {Short(MessageBytes.As<AllotmentReturned>(said).Amount)}",
        MessageKind.LimitsChanged => Text(in MessageBytes.As<LimitsChanged>(said)),
        var kind => throw new FormatException(kind.ToString()),
    };

    private string Text(in SubmitCancel asked) =>
        $"> cancel{new string('!', (int)asked.Halt)}{Name(asked.OrderId)}";

    public static string Text((BalanceChanged Row, bool IsMore) reservation) =>
        $"{(reservation.IsMore ? "Reserved" : "Released")} {Holds(reservation.Row)}";

    /// <summary>An amount at 8 decimals without zeros at its end.</summary>
    public static string Short(Int128 amount) => DecimalText.FormatShort(amount, 8);

    private static string Text(in ReconcileReport report) =>
        report.EvidenceId == 0 ? $"not asked: {report.Gate}" : $"asked {report.EvidenceId}";

    private static string Text(in LimitsChanged limits) =>
        $"limits {limits.Scope} {(limits.IsApplied != 0 ? "hold" : "unknown")} {limits.Version}";

    private string Text(in ExecutionReport report)
    {
        string reason = report.RejectReason == RejectReason.None ? "" : $" {report.RejectReason}";
        if (!isNamed)
        {
            return $"{report.ExecutionType} {report.Status} {report.CumulativeQuantity}{reason}";
        }

        string name = report.ClientOrderId.ToString();
        if (!report.OrderId.IsNone)
        {
            _names[report.OrderId] = name;
        }

        string type = report.ExecutionType.ToString();
        string status = report.Status.ToString() == type ? "" : $" {report.Status}";
        return $"{name} {type}{status} {report.CumulativeQuantity}/{Text(report.Terms)}{reason}";
    }

    /// <summary><c>QUANTITY[@PRICE][!STOP]</c></summary>
    private static string Text(in OrderTerms terms)
    {
        string price = terms.Price == 0 ? "" : $"@{terms.Price}";
        string stop = terms.StopPrice == 0 ? "" : $"!{terms.StopPrice}";
        return $"{terms.Quantity}{price}{stop}";
    }

    private string Text(in CancelRejected rejected)
    {
        string name = isNamed ? $"{rejected.ClientOrderId} " : "";
        return $"{name}cancel rejected {rejected.Reason}";
    }

    private string Text(in ResolveOrder resolve) => isNamed
        ? $"> resolve{Name(resolve.OrderId)}"
        : $"> resolve {resolve.EvidenceId}";

    private string Text(in SubmitOrder submit)
    {
        string flags = submit.Terms.IsReduceOnly ? " reduce" : "";
        return isNamed ? $"> submit{Name(submit.OrderId)} {Text(submit.Terms)}{flags}" : "> submit";
    }

    private string Text(in SubmitAmend amend) =>
        isNamed ? $"> amend{Name(amend.OrderId)} {Text(amend.Terms)}" : "> amend";

    private string Name(OrderId order) => isNamed ? $" {_names.GetValueOrDefault(order, "?")}" : "";

    private static string Text(in BalanceChanged balance) => $"{balance.Change} {Holds(in balance)}";

    private static string Holds(in BalanceChanged balance)
    {
        string asset = balance.AssetId == Desk.Usdt ? "USDT" : balance.AssetId == Desk.Btc ? "BTC" : "BNB";
        string transit = balance.InTransit == 0 ? "" : $"~{Short(balance.InTransit)}";
        return $"{asset} {Short(balance.Free)}+{Short(balance.ReservedAmount)}{transit}";
    }

    private static string Text(in TransferReport report)
    {
        string status = report.Status.ToString() == report.Step.ToString() ? "" : $" {report.Status}";
        string reason = report.Reason == RejectReason.None ? "" : $" {report.Reason}";
        return $"{report.ClientTransferId} {report.Step}{status}{reason}";
    }

    /// <summary><c>> transfer NUMBER/HOP FROM-WALLET TO-ACCOUNT TO-WALLET AMOUNT</c></summary>
    private static string Text(in ResolveTransfer said) => $"> history {said.TransferId.Number}/{said.Hop}";

    private static string Text(in SubmitTransfer submit) =>
        $"> transfer {submit.TransferId.Number}/{submit.Hop} {submit.FromWallet} {submit.ToAccountId} "
        + $"{submit.ToWallet} {Short(submit.Amount)}";

    private static string Text(in PositionChanged position)
    {
        string side = position.PositionSide == PositionSide.Both ? "" : $"{position.PositionSide} ";
        string funding = position.Funding == 0 ? "" : $" funding {Short(position.Funding)}";
        return $"Position {side}{Short(position.Quantity)} cost {Short(position.OpenNotional)} "
            + $"pnl {Short(position.RealizedPnl)}{funding}";
    }

    private static string Text(in HaltChanged halt) => $"{halt.Scope} {halt.State} {halt.Reason}";

    private static string Text(in GatherEvidence request) =>
        $"> gather {request.EvidenceId}{(request.Explain == 1 ? " explain" : "")}";

    private static string Text(in DifferenceFound difference) =>
        $"{difference.What} {Short(difference.Here)} here, {Short(difference.There)} there";

    private static string Text(in AccountGateChanged gate) => $"{gate.Gate} {gate.Reason}";
}
