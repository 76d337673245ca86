using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Oms.Configuration;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Engine;
using Oms.FastPath.Definitions;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>
/// What a start says of its configuration: all of it the first time, nothing the second time, afterwards what changed.
/// </summary>
public sealed class DefinitionsTests
{
    private static readonly SystemConfiguration Shipped =
        ConfigurationFolder.Load(Path.Combine(AppContext.BaseDirectory, "configs"));

    private static readonly AccountConfiguration Alpha = new()
    {
        Name = new("house", "alpha"),
        Type = AccountType.Main,
        Markets = MarketFlags.Spot,
        OwnerGroup = "house/alpha",
        OpeningBalances = new Dictionary<string, decimal> { ["USDT"] = 1_000.5m, ["GOLD"] = 3 }.ToFrozenDictionary(),
    };

    private static readonly ListingConfiguration Paper = new()
    {
        Symbol = "OMS/USDT",
        Market = Market.Spot,
        ExchangeSymbol = "OMSUSDT",
        BaseAsset = "OMS",
        QuoteAsset = "USDT",
        PriceDecimals = 2,
        QuantityDecimals = 3,
        OpeningPrice = 100.5m,
        MakerFeePpm = -50,
        TakerFeePpm = 500,
    };

    private static readonly ExchangeConfiguration House = Shipped.Exchanges[0] with
    {
        Name = "house", Kind = ExchangeConfiguration.InternalKind, Listings = [Paper],
    };

    /// <summary>What is shipped, and a house of its own.</summary>
    private static readonly SystemConfiguration Original = Shipped with
    {
        Exchanges =
        [
            .. Shipped.Exchanges.Select(exchange => exchange with
            {
                Listings = [.. exchange.Listings.Where(listing => listing.Market == Market.Spot)],
            }),
            House,
        ],
        Accounts = [.. Shipped.Accounts, Alpha],
        Limits = Shipped.Limits with { AccountsMax = 6, InstrumentsMax = 4, OrdersHeldMax = 100 },
    };

    private readonly Engine.Engine _engine = new(EngineCapacity.None);
    private long _now;

    [Fact]
    public void A_first_start_says_all_in_the_order_in_which_it_is_needed()
    {
        string[] said = Start(Original);

        Assert.Equal(
            [
                "CapacityDefined 6 accounts, 4 instruments, 100 orders",
                "AssetDefined BTC", "AssetDefined USDT", "AssetDefined ETH", "AssetDefined OMS", "AssetDefined GOLD",
                "RiskLimits",
                "InstrumentDefined binance BTC/USDT 1", "InstrumentDefined binance ETH/USDT 2",
                "InstrumentDefined house OMS/USDT 3 here",
                "AccountDefined binance/main Spot", "AccountDefined binance/sub_spot_arb Spot",
                "AccountDefined binance/sub_futures_trend Futures", "AccountDefined binance/sub_market_making Spot",
                "AccountDefined house/alpha Spot",
                "LimitsDefined Account", "LimitsDefined Account", "LimitsDefined Account", "LimitsDefined Account",
                "LimitsDefined Account",
                "InstrumentFilters -50 500", "LastTrade 10050",
                "FundsDeposited 100050000000", "FundsDeposited 300000000",
            ],
            said);
        Assert.Empty(Start(Original));
    }

    [Fact]
    public void A_start_that_dies_after_any_message_is_made_whole_by_the_next()
    {
        string[] said = Start(Original);
        for (int count = 0; count <= said.Length; count++)
        {
            var other = new DefinitionsTests();
            string[] before = other.Start(Original, count);
            string[] after = other.Start(Original);
            Assert.Equal(said, before.Concat(after));
            Assert.Equal(_engine.View.StateHash(), other._engine.View.StateHash());
            Assert.Empty(other.Start(Original));
        }
    }

    [Fact]
    public void What_is_added_to_a_file_after_the_opening_was_not_deposited()
    {
        _ = Start(Original);
        SystemConfiguration changed = With(Alpha with
        {
            OpeningBalances = Alpha.OpeningBalances.Append(new("ETH", 5)).ToFrozenDictionary(),
        });
        Assert.DoesNotContain(Start(changed), said => said.StartsWith("FundsDeposited", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("orders_held_max grows", "CapacityDefined 6 accounts, 4 instruments, 200 orders")]
    [InlineData("orders_held_max shrinks")]
    [InlineData("price collar", "RiskLimits")]
    [InlineData("listing", "AssetDefined SOL", "InstrumentDefined binance SOL/USDT 4")]
    [InlineData("listing leaves")]
    [InlineData("price decimals", "InstrumentDefined binance BTC/USDT 4")]
    [InlineData("account", "AccountDefined binance/new Spot", "LimitsDefined Account")]
    [InlineData("account leaves", "AccountDefined binance/sub_spot_arb None", "LimitsDefined Account")]
    [InlineData("markets", "AccountDefined binance/main Spot, Futures")]
    [InlineData("owner group", "AccountDefined house/alpha Spot")]
    [InlineData("account limit", "LimitsDefined Account")]
    [InlineData("account defaults", "LimitsDefined Account", "LimitsDefined Account", "LimitsDefined Account",
        "LimitsDefined Account", "LimitsDefined Account")]
    [InlineData("instrument limit", "LimitsDefined Instrument")]
    [InlineData("group limit", "LimitsDefined Group")]
    [InlineData("firm limit", "LimitsDefined Firm")]
    [InlineData("fees", "InstrumentFilters -10 500")]
    [InlineData("opening price")]
    [InlineData("opening balance")]
    public void What_changed_is_said_again_and_once_and_so_is_its_taking_back(string change, params string[] expected)
    {
        _ = Start(Original);
        SystemConfiguration changed = Changed(change);

        Assert.Equal(expected, Start(changed));
        Assert.Empty(Start(changed));

        // What has a number keeps it; all else is as it was.
        string[] back = Start(Original);
        Assert.True(back.Length <= expected.Length, string.Join('\n', back));
        Assert.Empty(Start(Original));
        _ = Start(changed);
        Assert.Empty(Start(changed));
    }

    [Theory]
    [InlineData(LimitScope.Account)]
    [InlineData(LimitScope.Firm)]
    public void What_somebody_set_holds_over_a_start_whatever_configuration_says(LimitScope scope)
    {
        _ = Start(Original);
        AccountDefined account = _engine.View.Accounts.First();
        var set = new LimitsDefined
        {
            Header = MessageHeader.For<LimitsDefined>(
                scope == LimitScope.Account ? account.Header.AccountId : AccountId.None) with { UnixNanos = ++_now },
            Scope = scope,
            Group = 0,
            InstrumentId = InstrumentId.None,
            LeverageMax = 0,
            OpenOrdersMax = 0,
            OrdersPerWindowMax = 0,
            OrderWindowNanos = 0,
            DuplicateWindowNanos = 0,
            OrderNotionalMax = 0,
            OrderQuantityMax = 0,
            PositionQuantityMax = 0,
            PositionValueMax = 77,
            BalanceValueMax = 0,
            LossMax = 0,
            Version = 1,
        };
        Assert.True(InputGuard.IsOfSilo(MessageBytes.Of(in set)));
        Assert.False(InputGuard.IsCommand(MessageBytes.Of(in set)));
        _ = _engine.Apply(MessageBytes.Of(in set));

        Assert.DoesNotContain($"LimitsDefined {scope}", Start(Changed("firm limit")).Take(1));
        IEnumerable<LimitsDefined> limits = scope == LimitScope.Account
            ? _engine.View.LimitsOf(account.Header.AccountId)
            : _engine.View.SharedLimits;
        Assert.Contains(limits, known => known.Scope == scope && known.PositionValueMax == 77);
    }

    [Theory]
    [InlineData("kind to internal",
        "exchanges.yaml: exchanges.binance.kind: orders of this exchange were sent out before")]
    [InlineData("kind to elsewhere",
        "exchanges.yaml: exchanges.house.kind: orders of this exchange were matched here before")]
    [InlineData("accounts",
        "accounts.yaml: accounts: 7 accounts, with those of earlier files that keep their numbers, are "
        + "more than capacity.accounts_max, 6")]
    [InlineData("instruments",
        "exchanges.yaml: exchanges: 5 listings, with those of earlier files that keep their numbers, "
        + "are more than capacity.instruments_max, 4")]
    [InlineData("assets",
        "exchanges.yaml: exchanges: 520 assets, with those of earlier files that keep their numbers, "
        + "are more than what FastPath holds, 512")]
    public void What_the_log_cannot_take_is_refused_before_anything_is_said(string change, string message)
    {
        DefinitionRules.Check(Original, _engine.View, "/c");
        _ = Start(Original);
        DefinitionRules.Check(Original, _engine.View, "/c");

        ConfigurationException refused = Assert.Throws<ConfigurationException>(
            () => DefinitionRules.Check(Impossible(change), _engine.View, "/c"));

        Assert.StartsWith($"/c/{message}", Assert.Single(refused.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_is_refused_leaves_a_log_that_starts_again()
    {
        await using var deployment = new Deployment();
        deployment.Configure("limits.yaml", "accounts_max: 16", "accounts_max: 4");
        ChildProcess process = await deployment.StartAsync();
        await process.KillAsync();
        deployment.Configure("accounts.yaml", "    sub_market_making:", "    sub_making_markets:");
        deployment.Configure("accounts.yaml", "market_making: sub_market_making", "market_making: sub_making_markets");

        (int exitCode, string errorText) = await deployment.RefusedAsync();
        Assert.Equal(2, exitCode);
        Assert.Contains("accounts.yaml: accounts: 5 accounts, with those of earlier files", errorText);

        // Tables are made for so many accounts: they are of the start that made them.
        deployment.Configure("limits.yaml", "accounts_max: 4", "accounts_max: 5");
        deployment.DeleteRegion();
        _ = await deployment.StartAsync();
    }

    private static SystemConfiguration Changed(string change)
    {
        LimitsConfiguration limits = Original.Limits;
        AccountName main = Original.Accounts[0].Name;
        ExchangeConfiguration elsewhere = Original.Exchanges[0];
        ListingConfiguration btc = elsewhere.Listings[0];
        return change switch
        {
            "orders_held_max grows" => Limited(limits with { OrdersHeldMax = 200 }),
            "orders_held_max shrinks" => Limited(limits with { OrdersHeldMax = 50 }),
            "price collar" => Limited(limits with { PriceCollarBasisPoints = 7 }),
            "listing" => Listed(elsewhere, [.. elsewhere.Listings, Sol(btc)]),
            "listing leaves" => Listed(elsewhere, [btc]),
            "price decimals" => Listed(elsewhere, [btc with { PriceDecimals = 3 }, elsewhere.Listings[1]]),
            "account" => Original with
            {
                Accounts = Original.Accounts.Add(Original.Accounts[0] with { Name = new("binance", "new") }),
            },
            "account leaves" => Original with { Accounts = Original.Accounts.RemoveAt(1) },
            "markets" => With(Original.Accounts[0] with { Markets = MarketFlags.Spot | MarketFlags.Futures }),
            "owner group" => With(Alpha with { OwnerGroup = "binance/main" }),
            "opening balance" => With(Alpha with
            {
                OpeningBalances = new Dictionary<string, decimal> { ["USDT"] = 9, ["BTC"] = 8 }.ToFrozenDictionary(),
            }),
            "account limit" => Limited(limits with
            {
                Accounts = new Dictionary<AccountName, AccountLimitsConfiguration>
                {
                    [main] = new() { LossMax = 500 },
                }.ToFrozenDictionary(),
            }),
            "account defaults" => Limited(limits with
            {
                AccountDefaults = limits.AccountDefaults with { OpenOrdersMax = 9 },
            }),
            "instrument limit" => Limited(limits with
            {
                Instruments = [new() { Account = main, Symbol = "BTC/USDT", OrderQuantityMax = 1 }],
            }),
            "group limit" => Limited(limits with
            {
                GroupPositionValueMax = new Dictionary<string, decimal> { ["binance/main"] = 5 }.ToFrozenDictionary(),
            }),
            "firm limit" => Limited(limits with { FirmPositionValueMax = 5 }),
            "fees" => Listed(House, [Paper with { MakerFeePpm = -10 }]),
            "opening price" => Listed(House, [Paper with { OpeningPrice = 50 }]),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
        };
    }

    private static SystemConfiguration Impossible(string change)
    {
        ExchangeConfiguration elsewhere = Original.Exchanges[0];
        ListingConfiguration btc = elsewhere.Listings[0];
        return change switch
        {
            "kind to internal" => Original with
            {
                Exchanges = [elsewhere with { Kind = ExchangeConfiguration.InternalKind }, House],
            },
            "kind to elsewhere" => Original with { Exchanges = [elsewhere, House with { Kind = "other" }] },
            "accounts" => Original with
            {
                Accounts =
                [
                    .. Original.Accounts.RemoveAt(0),
                    Original.Accounts[0] with { Name = new("binance", "one") },
                    Original.Accounts[0] with { Name = new("binance", "two") },
                ],
            },
            "instruments" => Listed(
                elsewhere,
                [btc with { PriceDecimals = 3 }, btc with { QuantityDecimals = 4, Market = Market.Futures }]),
            "assets" => With(Alpha with
            {
                OpeningBalances =
                    Enumerable.Range(1, 515).ToFrozenDictionary(number => $"COIN{number}", number => (decimal)number),
            }),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
        };
    }

    private static ListingConfiguration Sol(ListingConfiguration btc) => btc with
    {
        Symbol = "SOL/USDT", ExchangeSymbol = "SOLUSDT", BaseAsset = "SOL",
    };

    private static SystemConfiguration Limited(LimitsConfiguration limits) => Original with { Limits = limits };

    private static SystemConfiguration Listed(
        ExchangeConfiguration exchange, ImmutableArray<ListingConfiguration> listings) => Original with
        {
            Exchanges =
            [
                .. Original.Exchanges.Select(
                    each => each.Name == exchange.Name ? each with { Listings = listings } : each),
            ],
        };

    private static SystemConfiguration With(AccountConfiguration account) => Original with
    {
        Accounts = [.. Original.Accounts.Select(each => each.Name == account.Name ? account : each)],
    };

    /// <summary>As FastPath does it: each stage sees what the ones before it defined.</summary>
    /// <param name="messagesMax">After so many it dies.</param>
    private string[] Start(SystemConfiguration configuration, int messagesMax = int.MaxValue)
    {
        List<string> said = [];
        foreach (DefinitionStage stage in Definitions.Definitions.Stages)
        {
            foreach (byte[] message in stage(configuration, _engine.View).ToArray())
            {
                if (said.Count == messagesMax)
                {
                    return [.. said];
                }

                said.Add(Text(message));
                ref MessageHeader header = ref MemoryMarshal.AsRef<MessageHeader>(message.AsSpan());
                header = header with { UnixNanos = ++_now };
                _ = _engine.Apply(message);
            }
        }

        return [.. said];
    }

    private static string Text(byte[] message) => MessageBytes.Header(message).Kind switch
    {
        MessageKind.CapacityDefined => Text(MessageBytes.As<CapacityDefined>(message)),
        MessageKind.AssetDefined => $"AssetDefined {MessageBytes.As<AssetDefined>(message).Name}",
        MessageKind.InstrumentDefined => Text(MessageBytes.As<InstrumentDefined>(message)),
        MessageKind.AccountDefined => Text(MessageBytes.As<AccountDefined>(message)),
        MessageKind.LimitsDefined => $"LimitsDefined {MessageBytes.As<LimitsDefined>(message).Scope}",
        MessageKind.InstrumentFilters => Text(MessageBytes.As<InstrumentFilters>(message)),
        MessageKind.LastTrade => $"LastTrade {MessageBytes.As<LastTrade>(message).Price}",
        MessageKind.FundsDeposited => $"FundsDeposited {MessageBytes.As<FundsDeposited>(message).Amount}",
        _ => $"{MessageBytes.Header(message).Kind}",
    };

    private static string Text(CapacityDefined capacity) =>
        $"CapacityDefined {capacity.AccountsMax} accounts, {capacity.InstrumentsMax} instruments, "
        + $"{capacity.OrdersHeldMax} orders";

    private static string Text(InstrumentDefined instrument) =>
        $"InstrumentDefined {instrument.Exchange} {instrument.Symbol} {instrument.InstrumentId.Value}"
        + (instrument.IsMatchedHere != 0 ? " here" : "");

    private static string Text(AccountDefined account) => $"AccountDefined {account.Name} {account.Markets}";

    private static string Text(InstrumentFilters filters) =>
        $"InstrumentFilters {filters.MakerFee} {filters.TakerFee}";
}
