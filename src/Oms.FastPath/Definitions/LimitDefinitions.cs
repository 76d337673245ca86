using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Time;
using Oms.Engine;

namespace Oms.FastPath.Definitions;

/// <summary>The limits of accounts, of their instruments, of groups and of the firm.</summary>
internal static class LimitDefinitions
{
    /// <summary>Hundredths: what the engine states leverage in.</summary>
    private const int LeverageUnit = 100;

    public static IEnumerable<byte[]> Changed(SystemConfiguration configuration, EngineView engine)
    {
        Dictionary<Key, LimitsDefined> known = Known(engine).ToDictionary(KeyOf);
        foreach (LimitsDefined wanted in Wanted(configuration, engine))
        {
            bool isKnown = known.Remove(KeyOf(wanted), out LimitsDefined before);
            if (before.Version > 0)
            {
                // Somebody set others while it ran: those hold.
                continue;
            }

            if (isKnown ? before with { Header = wanted.Header } != wanted : wanted != Nothing(KeyOf(wanted)))
            {
                yield return Definitions.Bytes(wanted);
            }
        }

        // What is limited no more.
        foreach (Key key in known.Keys.Order())
        {
            LimitsDefined nothing = Nothing(key);
            if (known[key].Version == 0 && known[key] with { Header = nothing.Header } != nothing)
            {
                yield return Definitions.Bytes(nothing);
            }
        }
    }

    private static IEnumerable<LimitsDefined> Known(EngineView engine) =>
        engine.Accounts.SelectMany(account => engine.LimitsOf(account.Header.AccountId)).Concat(engine.SharedLimits);

    private static IEnumerable<LimitsDefined> Wanted(SystemConfiguration configuration, EngineView engine)
    {
        Dictionary<string, AccountId> accounts = engine.Accounts.ToDictionary(
            account => account.Name.ToString(), account => account.Header.AccountId);
        LimitsConfiguration limits = configuration.Limits;
        foreach (AccountConfiguration account in configuration.Accounts)
        {
            yield return Of(account, limits, accounts[account.Name.ToString()]);
        }

        foreach (InstrumentLimitsConfiguration instrument in limits.Instruments)
        {
            AccountId account = accounts[instrument.Account.ToString()];
            foreach (InstrumentDefined defined in Traded(configuration, engine, instrument))
            {
                yield return Of(instrument, account, defined);
            }
        }

        foreach ((string group, uint number) in AccountDefinitions.GroupsOf(configuration, engine))
        {
            yield return Nothing(new(LimitScope.Group, number, AccountId.None, InstrumentId.None)) with
            {
                PositionValueMax = Mantissa.Of(
                    limits.GroupPositionValueMax.GetValueOrDefault(group), Definitions.AssetDecimals),
            };
        }

        yield return Nothing(new(LimitScope.Firm, 0, AccountId.None, InstrumentId.None)) with
        {
            PositionValueMax = Mantissa.Of(limits.FirmPositionValueMax ?? 0, Definitions.AssetDecimals),
        };
    }

    /// <summary>The listings of a symbol at the exchange of the account, spot and futures alike.</summary>
    private static IEnumerable<InstrumentDefined> Traded(
        SystemConfiguration configuration, EngineView engine, InstrumentLimitsConfiguration limits)
    {
        ExchangeConfiguration exchange =
            configuration.Exchanges.First(exchange => exchange.Name == limits.Account.Exchange);
        return exchange.Listings
            .Where(listing => listing.Symbol == limits.Symbol)
            .Select(listing => InstrumentDefinitions.Find(engine, exchange, listing));
    }

    private static LimitsDefined Of(AccountConfiguration account, LimitsConfiguration limits, AccountId id)
    {
        AccountLimitsConfiguration own = limits.Accounts.TryGetValue(account.Name, out var found)
            ? found.Over(limits.AccountDefaults)
            : limits.AccountDefaults;
        return Nothing(new(LimitScope.Account, 0, id, InstrumentId.None)) with
        {
            LeverageMax = (int)((account.LeverageMax ?? 0) * LeverageUnit),
            OpenOrdersMax = own.OpenOrdersMax ?? 0,
            OrdersPerWindowMax = own.OrdersPerWindowMax ?? 0,
            OrderWindowNanos = (own.OrderWindowMs ?? 0) * UnixNanos.PerMillisecond,
            DuplicateWindowNanos = (own.DuplicateWindowMs ?? 0) * UnixNanos.PerMillisecond,
            OrderNotionalMax = Mantissa.Of(own.OrderNotionalMax ?? 0, Definitions.AssetDecimals),
            PositionValueMax = Mantissa.Of(account.PositionMaxUsdt ?? 0, Definitions.AssetDecimals),
            BalanceValueMax = Mantissa.Of(account.BalanceMaxUsdt ?? 0, Definitions.AssetDecimals),
            LossMax = Mantissa.Of(own.LossMax ?? 0, Definitions.AssetDecimals),
        };
    }

    private static LimitsDefined Of(
        InstrumentLimitsConfiguration limits, AccountId account, InstrumentDefined instrument)
    {
        int decimals = instrument.QuantityDecimals;
        return Nothing(new(LimitScope.Instrument, 0, account, instrument.InstrumentId)) with
        {
            OrderNotionalMax = Mantissa.Of(limits.OrderNotionalMax ?? 0, Definitions.AssetDecimals),
            OrderQuantityMax = Mantissa.Of(limits.OrderQuantityMax ?? 0, decimals),
            PositionQuantityMax = Mantissa.Of(limits.PositionQuantityMax ?? 0, decimals),
            PositionValueMax = Mantissa.Of(limits.PositionValueMax ?? 0, Definitions.AssetDecimals),
        };
    }

    private static LimitsDefined Nothing(Key key) => new()
    {
        Header = MessageHeader.For<LimitsDefined>(key.Account),
        Scope = key.Scope,
        Group = key.Group,
        InstrumentId = key.Instrument,
        LeverageMax = 0,
        OpenOrdersMax = 0,
        OrdersPerWindowMax = 0,
        OrderWindowNanos = 0,
        DuplicateWindowNanos = 0,
        OrderNotionalMax = 0,
        OrderQuantityMax = 0,
        PositionQuantityMax = 0,
        PositionValueMax = 0,
        BalanceValueMax = 0,
        LossMax = 0,
        Version = 0,
    };

    private static Key KeyOf(LimitsDefined limits) =>
        new(limits.Scope, limits.Group, limits.Header.AccountId, limits.InstrumentId);

    /// <summary>What a set of limits is about.</summary>
    private readonly record struct Key(LimitScope Scope, uint Group, AccountId Account, InstrumentId Instrument)
        : IComparable<Key>
    {
        public int CompareTo(Key other) =>
            (Scope, Group, Account.Value, Instrument.Value)
                .CompareTo((other.Scope, other.Group, other.Account.Value, other.Instrument.Value));
    }
}
