using Microsoft.Extensions.Time.Testing;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;
using Oms.ExchangeSimulator.Transfers;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>Money moves whole, once per id, and never out of nothing.</summary>
public sealed class TransferTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void An_id_moves_money_once_and_a_restart_remembers_it()
    {
        string before;
        using (Markets markets = new(_directory.Path))
        {
            Assert.Equal(RefusalReason.None, markets.Move("100", "a"));
            Assert.Equal(RefusalReason.DuplicateTransfer, markets.Move("100", "a"));
            Assert.Equal(RefusalReason.NothingToTransfer, markets.Move("99901", "b"));
            Assert.Equal(RefusalReason.None, markets.Move("100", null));
            Assert.Equal(RefusalReason.None, markets.Move("50", "c", to: WalletKind.UsdtFutures));
            Assert.Equal(
                RefusalReason.None, markets.Move("20", "d", from: WalletKind.UsdtFutures, isFromBob: true));
            Assert.Equal(
                RefusalReason.NothingToTransfer,
                markets.Move("31", "e", from: WalletKind.UsdtFutures, isFromBob: true));
            Assert.Equal(("99770.00000000", "100200.00000000", "30.00000000"), markets.Held);
            before = markets.Snapshot();
        }

        using Markets again = new(_directory.Path);
        Assert.Equal(before, again.Snapshot());
        Assert.Equal(("99770.00000000", "100200.00000000", "30.00000000"), again.Held);
        Assert.Equal(RefusalReason.DuplicateTransfer, again.Move("1", "a"));
    }

    [Fact]
    public void Between_futures_wallets_and_from_a_wallet_to_itself_nothing_moves()
    {
        using Markets markets = new(_directory.Path);
        Assert.Equal(
            RefusalReason.TransferNotAllowed,
            markets.Move("1", "a", WalletKind.UsdtFutures, WalletKind.UsdtFutures));
        Assert.Equal(
            RefusalReason.TransferNotAllowed,
            markets.Desk.Transfer(new(
                markets.Spot.Alice, WalletKind.Spot, markets.Spot.Alice, WalletKind.Spot, "USDT", 1, "b")).Refusal);
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>Spot and futures of two clients over one journal.</summary>
    private sealed class Markets : IFuturesListener, IDisposable
    {
        private readonly Account _futuresBob = new("bob", 2, TestExchange.NoLimits);

        public Markets(string directory)
        {
            Spot = new TestExchange(directory);
            ExchangeState shared = new(
                [new Account("alice", 1, TestExchange.NoLimits), _futuresBob],
                FuturesSymbol.All.Select(symbol => symbol.Listed), FuturesSymbol.DepthSpeeds, Spot.Journal.FirstId);
            FuturesState futures = new(shared, Spot.State);
            FuturesClearing clearing = new(futures, new CommissionRates(0, 0));
            ExchangeCore core = new(
                new Lock(), shared, clearing, Spot.Journal, JournalMarket.Futures, new EventLog(),
                new FakeTimeProvider());
            Desk = new TransferDesk(Spot.Core, new FuturesExchange(core, futures, clearing, this));
        }

        public TestExchange Spot { get; }

        public TransferDesk Desk { get; }

        /// <summary>What Alice and Bob have at spot, and Bob at futures.</summary>
        public (string, string, string) Held => (
            Amount.Format(Spot.Alice.BalanceOf("USDT").Free),
            Amount.Format(Spot.Bob.BalanceOf("USDT").Free),
            Amount.Format(_futuresBob.BalanceOf("USDT").Free));

        public RefusalReason Move(
            string amount, string? id, WalletKind from = WalletKind.Spot, WalletKind to = WalletKind.Spot,
            bool isFromBob = false)
        {
            (Account sender, Account receiver) =
                isFromBob ? (Spot.Bob, Spot.Alice) : (Spot.Alice, Spot.Bob);
            return Desk.Transfer(new(sender, from, receiver, to, "USDT", Amount.Of(amount), id)).Refusal;
        }

        public string Snapshot() => Spot.Snapshot();

        public void OnMark(FuturesMarket market, long timeMs)
        {
        }

        public void OnLeverage(Account account, Market market, int leverage, long timeMs)
        {
        }

        public void OnAlgo(FuturesAccount account, AlgoOrder order, ClientOrder? actual, long timeMs)
        {
        }

        public void OnMarginCall(FuturesAccount account, long timeMs)
        {
        }

        public void OnLiquidation(ClientOrder order, long timeMs)
        {
        }

        public void Dispose() => Spot.Dispose();
    }
}
