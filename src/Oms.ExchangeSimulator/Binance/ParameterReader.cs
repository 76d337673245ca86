using System.Globalization;
using System.Text.RegularExpressions;
using Oms.Domain.Numbers;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Reads typed parameters and keeps the first thing wrong with them.</summary>
internal sealed partial class ParameterReader(RequestParameters parameters, ExchangeState state)
{
    private const string ClientOrderIdPattern = "^[a-zA-Z0-9-_]{1,36}$";
    private const string FuturesClientOrderIdPattern = @"^[\.A-Z\:/a-z0-9_-]{1,36}$";
    private const string NumberPattern = "^([0-9]{1,20})(\\.[0-9]{1,20})?$";
    private const string IntegerPattern = "^[0-9]{1,20}$";

    public ApiError? Error { get; private set; }

    public bool Has(string name) => !string.IsNullOrEmpty(parameters[name]);

    public void Fail(ApiError error) => Error ??= error;

    public void Require(string name)
    {
        if (!Has(name))
        {
            Fail(ApiError.Missing(name));
        }
    }

    public void Refuse(string name)
    {
        if (Has(name))
        {
            Fail(ApiError.NotRequired(name));
        }
    }

    public Market? Market()
    {
        Require("symbol");
        return OptionalMarket();
    }

    public Market? OptionalMarket()
    {
        if (!Has("symbol"))
        {
            return null;
        }

        if (state.TryGetMarket(parameters["symbol"] ?? "", out Market? market))
        {
            return market;
        }

        Fail(ApiError.UnknownSymbol);
        return null;
    }

    /// <summary>An amount of at most eight decimals; 0 when absent.</summary>
    public long OptionalAmount(string name)
    {
        if (!Has(name))
        {
            return 0;
        }

        string text = parameters[name] ?? "";
        if (!NumberText().IsMatch(text))
        {
            Fail(ApiError.IllegalCharacters(name, NumberPattern));
            return 0;
        }

        if (!DecimalText.TryParse(text, Amount.Decimals, out long amount))
        {
            Fail(ApiError.TooPrecise(name));
        }
        else if (amount == 0)
        {
            Fail(ApiError.BadValue(name));
        }

        return amount;
    }

    public long RequiredAmount(string name)
    {
        Require(name);
        return OptionalAmount(name);
    }

    public long? OptionalInteger(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        if (long.TryParse(parameters[name], NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return number;
        }

        Fail(ApiError.IllegalCharacters(name, IntegerPattern));
        return null;
    }

    public string? OptionalClientOrderId(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        string id = parameters[name] ?? "";
        if (!ClientOrderIdText().IsMatch(id))
        {
            Fail(ApiError.IllegalCharacters(name, ClientOrderIdPattern));
        }

        return id;
    }

    /// <summary>Futures allow more characters.</summary>
    public string? OptionalFuturesClientOrderId(string name)
    {
        string id = parameters[name] ?? "";
        if (Has(name) && !FuturesClientOrderIdText().IsMatch(id))
        {
            Fail(Futures.FuturesErrors.BadClientOrderId);
        }

        return Has(name) ? id : null;
    }

    /// <summary>One of a set of words; the default when absent or not among them.</summary>
    public T Word<T>(string name, IReadOnlyDictionary<string, T> words, ApiError unknown)
        where T : struct
    {
        Require(name);
        return OptionalWord(name, words, unknown) ?? default;
    }

    public T? OptionalWord<T>(string name, IReadOnlyDictionary<string, T> words, ApiError unknown)
        where T : struct
    {
        if (!Has(name))
        {
            return null;
        }

        if (words.TryGetValue(parameters[name] ?? "", out T value))
        {
            return value;
        }

        Fail(unknown);
        return null;
    }

    [GeneratedRegex(ClientOrderIdPattern)]
    private static partial Regex ClientOrderIdText();

    [GeneratedRegex(FuturesClientOrderIdPattern)]
    private static partial Regex FuturesClientOrderIdText();

    [GeneratedRegex(NumberPattern)]
    private static partial Regex NumberText();
}
