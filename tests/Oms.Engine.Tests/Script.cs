using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>
/// Plays lines of the form <c>input | what is said</c>, and writes what was really said in the same form, so
/// that the two texts can be compared. Orders are of the toy instrument, at 100, until another is named.
/// </summary>
internal sealed class Script
{
    private readonly Desk _desk;
    private readonly Func<MessageKind, bool> _isShown;
    private readonly Told _told;
    private readonly ScriptOrders _orders;
    private readonly ScriptSetting _setting;
    private readonly ScriptTransfers _transfers;
    private readonly ScriptCast _cast = new();

    private Script(Desk desk, Func<MessageKind, bool> isShown, bool isNamed)
    {
        _desk = desk;
        _isShown = isShown;
        _told = new(isNamed);
        _orders = new(desk, _cast);
        _setting = new(desk, _cast);
        _transfers = new(desk);
    }

    /// <summary>The script with its right side replaced by what was said.</summary>
    /// <param name="isNamed">Whether orders are told by name.</param>
    public static string Play(Desk desk, string text, Func<MessageKind, bool> isShown, bool isNamed = false)
    {
        var script = new Script(desk, isShown, isNamed);
        string[] inputs = [.. text.Split('\n').Select(line => line.Split('|')[0].Trim())];
        int width = inputs.Max(input => input.Length);
        return string.Join(
            '\n', inputs.Select(input => $"{input.PadRight(width)} | {script.Step(input)}".TrimEnd()));
    }

    /// <summary>Plays a script and compares.</summary>
    public static void Holds(
        Desk desk, string story, string text, Func<MessageKind, bool> isShown, bool isNamed = false)
    {
        string said = Play(desk, text, isShown, isNamed);
        Assert.True(Normalized(text) == said, $"{story}:\n{said}");
    }

    /// <summary>Of orders all is shown but the balances.</summary>
    public static bool IsOfOrders(MessageKind kind) =>
        kind is MessageKind.ExecutionReport or MessageKind.CancelRejected or MessageKind.CancelOrdersReport
            or MessageKind.HaltChanged
        || MessageKinds.IsRequest(kind);

    public static bool IsOfTransfers(MessageKind kind) =>
        kind is MessageKind.TransferReport || IsOfMoney(kind) || MessageKinds.IsRequest(kind);

    public static bool IsOfMoney(MessageKind kind) =>
        kind is MessageKind.BalanceChanged or MessageKind.PositionChanged;

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
        IEnumerable<string> reserved = _isShown(MessageKind.BalanceChanged)
            ? _desk.Tables.Reservations.Select(Told.Text).ToArray()
            : [];
        // All of it is told, so that names are known; what is not shown is dropped then.
        IEnumerable<string> said = _desk.Take()
            .Select(said => (MessageBytes.Header(said).Kind, Text: _told.Text(said)))
            .Where(said => _isShown(said.Kind))
            .Select(said => said.Text);
        return string.Join("; ", said.Concat(reserved));
    }

    private void Send(string verb, string[] words)
    {
        int before = _desk.Output.Count;
        if (!_orders.TrySend(verb, words) && !TrySendEvidence(verb, words) && !_setting.TrySend(verb, words)
            && !_transfers.TrySend(verb, words))
        {
            throw new FormatException(verb);
        }

        _orders.Note(before);
    }

    private bool TrySendEvidence(string verb, string[] words)
    {
        switch (verb)
        {
            case "seen":
                Seen(words);
                return true;
            case "trade":
                Trade(words);
                return true;
            case "refused":
                _desk.Send(Say.Refused(_orders[words[0]], Enum.Parse<RejectReason>(words[1])));
                return true;
            case "cancel-refused":
                _desk.Send(Say.CancelRefused(_orders[words[0]], Enum.Parse<RejectReason>(words[1])));
                return true;
            case "amend-refused":
                _desk.Send(Say.AmendRefused(_orders[words[0]], Enum.Parse<RejectReason>(words[1])));
                return true;
            case "unknown":
                _desk.Send(Say.Unknown(_orders[words[0]]));
                return true;
            case "absent":
                _desk.Send(Say.Absent(_orders[words[0]]));
                return true;
            case "foreign":
                Foreign(words);
                return true;
            case "foreign-trade":
                ForeignTrade(words);
                return true;
            default:
                return false;
        }
    }

    /// <summary><c>seen NAME SOURCE STATUS CUMULATIVE [QUANTITY@PRICE]</c></summary>
    private void Seen(string[] words)
    {
        OrderSeen seen = Say.Seen(
            _orders[words[0]], Source(words[1]), Enum.Parse<ExchangeOrderStatus>(words[2]), long.Parse(words[3]));
        _desk.Send(words.Length > 4 ? seen with { Terms = Stated(seen.Terms, words[4]) } : seen);
    }

    private static OrderTerms Stated(OrderTerms terms, string quantityAtPrice)
    {
        string[] pair = quantityAtPrice.Split('@');
        return terms with { Quantity = long.Parse(pair[0]), Price = long.Parse(pair[1]) };
    }

    /// <summary><c>trade NAME SOURCE ID QUANTITY [PRICE [FEE ASSET]]</c></summary>
    private void Trade(string[] words)
    {
        long price = words.Length > 4 ? long.Parse(words[4]) : 100;
        bool hasFee = words.Length > 6;
        _desk.Send(Say.Trade(
            _orders[words[0]],
            Source(words[1]),
            long.Parse(words[2]),
            price,
            long.Parse(words[3]),
            hasFee ? ScriptSetting.Amount(words[5]) : 0,
            hasFee ? ScriptSetting.Asset(words[6]) : AssetId.None));
    }

    /// <summary>An order that is not ours: <c>foreign ID STATUS CUMULATIVE buy|sell TERMS</c></summary>
    private void Foreign(string[] words) => _desk.Send(Say.Foreign(
        _cast.Account,
        _cast.Instrument,
        long.Parse(words[0]),
        Enum.Parse<ExchangeOrderStatus>(words[1]),
        long.Parse(words[2]),
        OrderWords.Terms(ScriptOrders.SideOf(words[3]), words[4..], _desk.NowUnixNanos)));

    /// <summary><c>foreign-trade ID buy|sell TRADE QUANTITY PRICE [long|short]</c></summary>
    private void ForeignTrade(string[] words) => _desk.Send(Say.ForeignTrade(
        _cast.Account,
        _cast.Instrument,
        long.Parse(words[0]),
        ScriptOrders.SideOf(words[1]),
        long.Parse(words[2]),
        long.Parse(words[3]),
        long.Parse(words[4])) with
    {
        PositionSide = words.Length > 5 ? Enum.Parse<PositionSide>(words[5], ignoreCase: true) : PositionSide.Both,
    });

    private static EvidenceSource Source(string word) => Enum.Parse<EvidenceSource>(word, ignoreCase: true);
}
