using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

/// <summary>What surrounds orders in a script: who acts, prices, time, connectors, rounds, limits.</summary>
internal sealed class ScriptSetting(Desk desk, ScriptCast cast)
{
    public static long Amount(string text) =>
        text[0] == '-' ? -Desk.AmountOf(text[1..]) : Desk.AmountOf(text);

    public static AssetId Asset(string word) => word switch
    {
        "USDT" => Desk.Usdt,
        "BTC" => Desk.Btc,
        "BNB" => Desk.Bnb,
        _ => new(99),
    };

    public bool TrySend(string verb, string[] words) =>
        TrySetScene(verb, words) || TrySendPrices(verb, words) || TrySendRound(verb, words)
        || TrySendOfConnector(verb, words) || TrySendLimits(verb, words);

    private bool TrySetScene(string verb, string[] words)
    {
        switch (verb)
        {
            case "as":
                cast.SetAccount(words[0]);
                return true;
            case "on":
                cast.SetInstrument(words[0]);
                return true;
            case "after":
                desk.NowUnixNanos += long.Parse(words[0]) * 1_000_000;
                desk.Send(new Tick { Header = MessageHeader.For<Tick>() });
                return true;
            case "later":
                // The next input is the first that comes then.
                desk.NowUnixNanos += long.Parse(words[0]) * 1_000_000;
                return true;
            case "restart":
                desk.Restart();
                return true;
            case "group":
                desk.Define(cast.Account, "binance", MarketFlags.Spot | MarketFlags.Futures, uint.Parse(words[0]));
                return true;
            case "deposit":
                desk.Deposit(cast.Account, WalletOf(cast.Instrument), Asset(words[1]), words[0]);
                return true;
            default:
                return false;
        }
    }

    private bool TrySendPrices(string verb, string[] words)
    {
        switch (verb)
        {
            case "top":
                desk.Top(cast.Instrument, long.Parse(words[0]), long.Parse(words[1]));
                return true;
            case "last":
                desk.Last(cast.Instrument, long.Parse(words[0]));
                return true;
            case "mark":
                desk.Mark(cast.Instrument, long.Parse(words[0]));
                return true;
            case "filters":
                Filters(words);
                return true;
            case "behind" or "caught-up":
                desk.Send(new LogPressureChanged
                {
                    Header = MessageHeader.For<LogPressureChanged>(),
                    IsBehind = verb == "behind" ? (byte)1 : (byte)0,
                });
                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// <c>filters [amend|reduce] [closed] [tick=N] [lot=N] [min=N] [notional=N] [maker=N] [taker=N]</c>
    /// </summary>
    private void Filters(string[] words)
    {
        long ValueOf(string name, long otherwise) =>
            words.FirstOrDefault(word => word.StartsWith(name + '=')) is { } found
                ? long.Parse(found[(name.Length + 1)..])
                : otherwise;
        desk.Send(Desk.Filters(cast.Instrument, notionalMin: 0) with
        {
            Tradable = words.Contains("closed") ? 0u : 1u,
            CanAmend = words.Contains("amend") ? OrderAmendment.PriceAndQuantity
                : words.Contains("reduce") ? OrderAmendment.SmallerQuantity : OrderAmendment.None,
            TickSize = ValueOf("tick", 1),
            LotSize = ValueOf("lot", 1),
            QuantityMin = ValueOf("min", 1),
            NotionalMin = ValueOf("notional", 0) * Desk.One,
            MakerFee = (int)ValueOf("maker", 0),
            TakerFee = (int)ValueOf("taker", 0),
        });
    }

    private bool TrySendRound(string verb, string[] words)
    {
        switch (verb)
        {
            case "begin":
                desk.Send(new EvidenceBegin
                {
                    Header = MessageHeader.For<EvidenceBegin>(cast.Account),
                    EvidenceId = long.Parse(words[0]),
                });
                return true;
            case "reconcile":
                desk.Send(new ReconcileAccount
                {
                    Header = MessageHeader.For<ReconcileAccount>(cast.Account),
                    CorrelationId = 1,
                });
                return true;
            case "holds":
                desk.Balance(
                    cast.Account, Asset(words[1]), Desk.AmountOf(words[2]), Desk.AmountOf(words[3]),
                    long.Parse(words[0]), WalletOf(cast.Instrument));
                return true;
            case "position":
                Position(words);
                return true;
            case "funding":
                desk.Send(new FundingSeen
                {
                    Header = MessageHeader.For<FundingSeen>(cast.Account),
                    InstrumentId = cast.Instrument,
                    AssetId = words.Length > 2 ? Asset(words[2]) : Desk.Usdt,
                    Amount = Amount(words[1]),
                    FundingId = long.Parse(words[0]),
                });
                return true;
            case "end":
                desk.Complete(cast.Account, long.Parse(words[0]), words[1] == "complete" ? (byte)1 : (byte)0);
                return true;
            default:
                return false;
        }
    }

    /// <summary><c>position ROUND QUANTITY COST [long|short] [leverage=N]</c></summary>
    private void Position(string[] words)
    {
        string leverage = words.FirstOrDefault(word => word.StartsWith("leverage=")) ?? "leverage=0";
        desk.Send(new PositionSeen
        {
            Header = MessageHeader.For<PositionSeen>(cast.Account),
            InstrumentId = cast.Instrument,
            PositionSide = words.Contains("long") ? PositionSide.Long
                : words.Contains("short") ? PositionSide.Short : PositionSide.Both,
            Leverage = ushort.Parse(leverage["leverage=".Length..]),
            Quantity = Amount(words[1]),
            EntryNotional = Amount(words[2]),
            EvidenceId = long.Parse(words[0]),
        });
    }

    private bool TrySendOfConnector(string verb, string[] words)
    {
        switch (verb)
        {
            case "session":
                desk.StartSession(long.Parse(words[0]));
                return true;
            case "up" or "down":
                desk.Stream(cast.Account, long.Parse(words[0]), verb == "up" ? StreamState.Up : StreamState.Down);
                return true;
            case "silent" or "heard":
                desk.Send(new ConnectorChanged
                {
                    Header = MessageHeader.For<ConnectorChanged>(),
                    Connector = 0,
                    IsHeard = verb == "heard" ? (byte)1 : (byte)0,
                });
                return true;
            default:
                return false;
        }
    }

    private bool TrySendLimits(string verb, string[] words)
    {
        long Value(int word) => long.Parse(words[word]);
        switch (verb)
        {
            case "limit":
                desk.Send(Say.Limits(cast.Account, cast.Instrument, words));
                return true;
            case "ask-part":
                desk.Send(Say.Request((int)Value(0), (uint)Value(1), Value(2), Amount(words[3])));
                return true;
            case "get-part":
                desk.Send(Say.Grant((int)Value(0), (uint)Value(1), Value(2), Amount(words[3])));
                return true;
            case "give-part":
                desk.Send(Say.Return((int)Value(0), (uint)Value(1), Value(2), Amount(words[3])));
                return true;
            case "take-part":
                desk.Send(Say.Reclaim((int)Value(0), (uint)Value(1), Value(2), Amount(words[3])));
                return true;
            case "shard":
                desk.Send(new FastPathStarted
                {
                    Header = MessageHeader.For<FastPathStarted>(), Shard = (int)Value(0), Epoch = 2,
                });
                return true;
            default:
                return false;
        }
    }

    private static Market WalletOf(InstrumentId instrument) =>
        instrument == Desk.Perp || instrument == Desk.PaperPerp ? Market.Futures : Market.Spot;
}
