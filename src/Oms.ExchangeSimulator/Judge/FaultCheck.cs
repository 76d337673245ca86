using Oms.Domain.Numbers;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Judge;

/// <summary>Says what is wrong with a fault, each time by the name of the field.</summary>
/// <param name="accounts">The names of the accounts there are.</param>
/// <param name="find">The market of a symbol.</param>
/// <param name="calls">All that the exchange can be asked for.</param>
internal sealed class FaultCheck(
    Func<string, bool> accounts, Func<JournalMarket, string, Market?> find, IReadOnlyList<ApiCall> calls)
{
    private const int CountMax = 1_000_000;
    private const int DelayMsMax = 60_000;
    private const int DurationMsMax = 3_600_000;

    /// <summary>All that is wrong; empty for nothing.</summary>
    public IReadOnlyList<string> Problems(FaultRequest request)
    {
        if (!FaultWords.Kinds.TryGetValue(request.Kind, out FaultRule? rule))
        {
            return [$"kind: \"{request.Kind}\" is none of {string.Join(", ", FaultWords.Kinds.Keys)}"];
        }

        Dictionary<string, bool> given = Given(request);
        return
        [
            .. rule.Needs.Where(name => !given[name]).Select(name => $"{name}: {request.Kind} needs one"),
            .. given.Where(field => field.Value && !rule.Takes.Contains(field.Key))
                .Select(field => $"{field.Key}: {request.Kind} takes none"),
            .. Range("count", request.Count, 1, CountMax),
            .. Range("percent", request.Percent, 1, 100),
            .. Range("delay_ms", request.DelayMs, 1, DelayMsMax),
            .. Range("duration_ms", request.DurationMs, 1, DurationMsMax),
            .. Range("skew_ms", request.SkewMs, -DurationMsMax, DurationMsMax),
            .. Body(request, rule.Kind),
            .. Path(request, rule),
            .. Names(request, rule),
        ];
    }

    /// <summary>The rules of a symbol with others in the place of some.</summary>
    /// <exception cref="FormatException">A value is no positive decimal; by the name of its field.</exception>
    public static SymbolRules Change(SymbolRules listed, FilterChange filters)
    {
        long Value(string name, string? text, long otherwise) => text is null
            ? otherwise
            : DecimalText.TryParse(text, Amount.Decimals, out long amount) && amount > 0
                ? amount
                : throw new FormatException($"filters.{name}: \"{text}\" is no decimal above 0");

        SymbolRules changed = listed with
        {
            TickSize = Value("tick_size", filters.TickSize, listed.TickSize),
            StepSize = Value("step_size", filters.StepSize, listed.StepSize),
            QuantityMin = Value("min_quantity", filters.MinQuantity, listed.QuantityMin),
            QuantityMax = Value("max_quantity", filters.MaxQuantity, listed.QuantityMax),
            NotionalMin = Value("min_notional", filters.MinNotional, listed.NotionalMin),
        };
        if (changed.TickSize % listed.TickSize != 0)
        {
            throw NotMultiple("tick_size", listed.TickSize);
        }

        return changed.StepSize % listed.StepSize == 0
            ? changed
            : throw NotMultiple("step_size", listed.StepSize);
    }

    private static FormatException NotMultiple(string name, long step) =>
        new($"filters.{name}: must be a multiple of {DecimalText.FormatShort(step, Amount.Decimals)}");

    private static Dictionary<string, bool> Given(FaultRequest request) => new()
    {
        ["count"] = request.Count is not null,
        ["account"] = request.Account is not null,
        ["path"] = request.Path is not null,
        ["percent"] = request.Percent is not null,
        ["body"] = request.Body is not null,
        ["delay_ms"] = request.DelayMs is not null,
        ["duration_ms"] = request.DurationMs is not null,
        ["skew_ms"] = request.SkewMs is not null,
        ["market"] = request.Market is not null,
        ["symbol"] = request.Symbol is not null,
        ["filters"] = request.Filters is not null,
    };

    private static IEnumerable<string> Range(string name, int? value, int min, int max) =>
        value < min || value > max ? [$"{name}: must be {min} to {max}"] : [];

    private static IEnumerable<string> Body(FaultRequest request, FaultKind kind)
    {
        if (request.Body is not { } body)
        {
            return [];
        }

        if (!FaultWords.Bodies.TryGetValue(body, out bool isOpen))
        {
            return [$"body: \"{body}\" is none of {string.Join(", ", FaultWords.Bodies.Keys)}"];
        }

        return isOpen || kind != FaultKind.Http503AfterAccept
            ? []
            : [$"body: \"{body}\" says that nothing was done, and comes before accept only"];
    }

    /// <summary>Only calls that change something are struck, and only transfers are delivered twice.</summary>
    private IEnumerable<string> Path(FaultRequest request, FaultRule rule)
    {
        if (request.Path is not { } path || !rule.Takes.Contains("path"))
        {
            return [];
        }

        IReadOnlyList<string> struck =
        [
            .. calls.Where(call => rule.Kind == FaultKind.Duplicate ? call.MovesMoney : call.MayBeStruck)
                .Select(call => call.Path).Distinct().Order(StringComparer.Ordinal),
        ];
        return struck.Contains(path) ? [] : [$"path: \"{path}\" is none of {string.Join(", ", struck)}"];
    }

    private IEnumerable<string> Names(FaultRequest request, FaultRule rule)
    {
        if (request.Account is { } account && !accounts(account))
        {
            yield return $"account: \"{account}\" is unknown";
        }

        if (request is { Market: { } named, MarketMeant: null })
        {
            yield return $"market: \"{named}\" is neither spot nor futures";
        }

        JournalMarket? meant = rule.Takes.Contains("market") ? request.MarketMeant : JournalMarket.Futures;
        if (request.Symbol is not { } symbol || meant is not { } market)
        {
            yield break;
        }

        Market? found = find(market, symbol);
        if (found is null)
        {
            yield return $"symbol: \"{symbol}\" is unknown";
        }
        else if (request.Filters is { } filters && Wrong(found, filters) is { } problem)
        {
            yield return problem;
        }
    }

    private static string? Wrong(Market market, FilterChange filters)
    {
        if (filters.All().All(filter => filter.Value is null))
        {
            return "filters: none is named";
        }

        try
        {
            _ = Change(market.Listed.Rules, filters);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }
}
