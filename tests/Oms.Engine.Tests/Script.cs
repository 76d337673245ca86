using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>
/// Plays lines of the form <c>input | what is said</c> about orders of the toy instrument at 100, and writes
/// what was really said in the same form, so that the two texts can be compared.
/// </summary>
internal sealed class Script(Desk desk, Func<MessageKind, bool> isShown)
{
    private readonly Dictionary<string, ExecutionReport> _orders = [];
    private AccountId _account = Desk.Alpha;

    /// <summary>The script with its right side replaced by what was said.</summary>
    public static string Play(Desk desk, string text, Func<MessageKind, bool> isShown)
    {
        var script = new Script(desk, isShown);
        string[] inputs = [.. text.Split('\n').Select(line => line.Split('|')[0].Trim())];
        int width = inputs.Max(input => input.Length);
        return string.Join(
            '\n', inputs.Select(input => $"{input.PadRight(width)} | {script.Step(input)}".TrimEnd()));
    }

    /// <summary>A script with its columns laid out as <see cref="Play"/> does.</summary>
    public static string Normalized(string text)
    {
        string[][] lines =
            [.. text.Split('\n').Select(line => line.Split('|', StringSplitOptions.TrimEntries))];
        int width = lines.Max(line => line[0].Length);
        return string.Join('\n', lines.Select(line => $"{line[0].PadRight(width)} | {line[1]}".TrimEnd()));
    }

    private string Step(string input)
    {
        string[] words = input.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Send(words[0], words[1..]);
        return string.Join(
            "; ", desk.Take().Where(said => isShown(MessageBytes.Header(said).Kind)).Select(Text));
    }

    private void Send(string verb, string[] words)
    {
        switch (verb)
        {
            case "as":
                _account = words[0] == "alpha" ? Desk.Alpha : Desk.Bravo;
                break;
            case "buy" or "sell":
                Place(verb == "buy" ? Side.Buy : Side.Sell, words);
                break;
            case "cancel":
                desk.Send(Cancel(words[0]));
                break;
            case "seen":
                desk.Send(Say.Seen(
                    Order(words[0]),
                    Source(words[1]),
                    Enum.Parse<ExchangeOrderStatus>(words[2]),
                    long.Parse(words[3])));
                break;
            case "trade":
                Trade(words);
                break;
            case "refused":
                desk.Send(Say.Refused(Order(words[0]), Enum.Parse<RejectReason>(words[1])));
                break;
            case "cancel-refused":
                desk.Send(Say.CancelRefused(Order(words[0]), Enum.Parse<RejectReason>(words[1])));
                break;
            case "unknown":
                desk.Send(Say.Unknown(Order(words[0])));
                break;
            case "absent":
                desk.Send(Say.Absent(Order(words[0])));
                break;
            default:
                SendOfConnector(verb, words);
                break;
        }
    }

    private void SendOfConnector(string verb, string[] words)
    {
        switch (verb)
        {
            case "session":
                desk.StartSession(long.Parse(words[0]));
                break;
            case "up" or "down":
                desk.Stream(_account, long.Parse(words[0]), verb == "up" ? StreamState.Up : StreamState.Down);
                break;
            case "silent" or "heard":
                desk.Send(new ConnectorChanged
                {
                    Header = MessageHeader.For<ConnectorChanged>(),
                    Connector = 0,
                    IsHeard = verb == "heard" ? (byte)1 : (byte)0,
                    Reserved = 0,
                    ReservedWord = 0,
                });
                break;
            case "begin":
                desk.Send(new EvidenceBegin
                {
                    Header = MessageHeader.For<EvidenceBegin>(_account),
                    EvidenceId = long.Parse(words[0]),
                });
                break;
            case "holds":
                desk.Balance(
                    _account,
                    Asset(words[1]),
                    Desk.AmountOf(words[2]),
                    Desk.AmountOf(words[3]),
                    long.Parse(words[0]));
                break;
            case "end":
                desk.Complete(_account, long.Parse(words[0]), words[1] == "complete" ? (byte)1 : (byte)0);
                break;
            case "after":
                desk.NowUnixNanos += long.Parse(words[0]) * 1_000_000;
                desk.Send(new Tick { Header = MessageHeader.For<Tick>() });
                break;
            default:
                throw new FormatException(verb);
        }
    }

    /// <summary><c>buy NAME QUANTITY [PRICE]</c>; the name is the client's id.</summary>
    private void Place(Side side, string[] words)
    {
        long price = words.Length > 2 ? long.Parse(words[2]) : 100;
        int before = desk.Output.Count;
        desk.Send(Say.Place(_account, Desk.Toy, words[0], side, price, long.Parse(words[1])));
        if (MessageBytes.Header(desk.Output[before]).Kind == MessageKind.ExecutionReport)
        {
            _ = _orders.TryAdd(_account + words[0], MessageBytes.As<ExecutionReport>(desk.Output[before]));
        }
    }

    /// <summary><c>trade NAME SOURCE ID QUANTITY [PRICE [FEE ASSET]]</c></summary>
    private void Trade(string[] words)
    {
        long price = words.Length > 4 ? long.Parse(words[4]) : 100;
        bool hasFee = words.Length > 6;
        desk.Send(Say.Trade(
            Order(words[0]),
            Source(words[1]),
            long.Parse(words[2]),
            price,
            long.Parse(words[3]),
            hasFee ? Amount(words[5]) : 0,
            hasFee ? Asset(words[6]) : AssetId.None));
    }

    private CancelOrder Cancel(string name) => _orders.TryGetValue(_account + name, out ExecutionReport order)
        ? Say.Cancel(_account, order.OrderId)
        : Say.Cancel(_account, OrderId.None, name);

    private ExecutionReport Order(string name) => _orders[_account + name];

    private static EvidenceSource Source(string word) => Enum.Parse<EvidenceSource>(word, ignoreCase: true);

    private static long Amount(string text) =>
        text[0] == '-' ? -Desk.AmountOf(text[1..]) : Desk.AmountOf(text);

    private static AssetId Asset(string word) => word switch
    {
        "USDT" => Desk.Usdt,
        "BTC" => Desk.Btc,
        "BNB" => Desk.Bnb,
        _ => new(99),
    };

    private static string Text(byte[] said) => MessageBytes.Header(said).Kind switch
    {
        MessageKind.ExecutionReport => Text(in MessageBytes.As<ExecutionReport>(said)),
        MessageKind.CancelRejected => $"cancel rejected {MessageBytes.As<CancelRejected>(said).Reason}",
        MessageKind.BalanceChanged => Text(in MessageBytes.As<BalanceChanged>(said)),
        MessageKind.PositionChanged => Text(in MessageBytes.As<PositionChanged>(said)),
        MessageKind.AccountGateChanged => Text(in MessageBytes.As<AccountGateChanged>(said)),
        MessageKind.ResolveOrder => $"> resolve {MessageBytes.As<ResolveOrder>(said).EvidenceId}",
        MessageKind.GatherEvidence => $"> gather {MessageBytes.As<GatherEvidence>(said).EvidenceId}",
        MessageKind.SubmitOrder => "> submit",
        MessageKind.SubmitCancel => "> cancel",
        var kind => throw new FormatException(kind.ToString()),
    };

    private static string Text(in ExecutionReport report)
    {
        string reason = report.RejectReason == RejectReason.None ? "" : $" {report.RejectReason}";
        return $"{report.ExecutionType} {report.Status} {report.CumulativeQuantity}{reason}";
    }

    private static string Text(in BalanceChanged balance)
    {
        string asset = balance.AssetId == Desk.Usdt ? "USDT" : balance.AssetId == Desk.Btc ? "BTC" : "BNB";
        return $"{balance.Change} {asset} {Short(balance.Free)}+{Short(balance.ReservedAmount)}";
    }

    private static string Text(in PositionChanged position) =>
        $"Position {Short(position.Quantity)} cost {Short(position.OpenNotional)} "
        + $"pnl {Short(position.RealizedPnl)}";

    private static string Text(in AccountGateChanged gate) => $"{gate.Gate} {gate.Reason}";

    private static string Short(long amount) => DecimalText.FormatShort(amount, 8);
}
