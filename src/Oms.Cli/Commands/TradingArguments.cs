using System.CommandLine;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;

namespace Oms.Cli.Commands;

/// <summary>Arguments of the trading commands. What is wrong with one is said by its name.</summary>
internal static class TradingArguments
{
    public static Option<bool> Json() => new("--json")
    {
        Description = "One JSON object per line, nothing else.",
    };

    public static Argument<string> Account()
    {
        var argument = new Argument<string>("ACCOUNT")
        {
            Description = "exchange/account, for example binance/main.",
        };
        argument.Validators.Add(
            result => CheckAccount(result.GetValueOrDefault<string>(), "ACCOUNT", result.AddError));
        return argument;
    }

    public static Option<string?> AccountOption()
    {
        var option = new Option<string?>("--account")
        {
            Description = "Only this one.",
            HelpName = "ACCOUNT",
        };
        option.Validators.Add(
            result => CheckAccount(result.GetValueOrDefault<string>(), "--account", result.AddError));
        return option;
    }

    public static Argument<string> Symbol()
    {
        var argument = new Argument<string>("SYMBOL") { Description = "BASE/QUOTE, for example BTC/USDT." };
        argument.Validators.Add(result =>
        {
            string symbol = result.GetValueOrDefault<string>() ?? "";
            if (symbol.IndexOf('/') is var slash && (slash <= 0 || slash == symbol.Length - 1))
            {
                result.AddError($"SYMBOL: '{symbol}' is not BASE/QUOTE");
            }
        });
        return argument;
    }

    public static Argument<string> OneOf(string name, string description, params string[] values)
    {
        var argument = new Argument<string>(name) { Description = description, HelpName = name };
        argument.Validators.Add(
            result => CheckOneOf(result.GetValueOrDefault<string>(), name, values, result.AddError));
        argument.CompletionSources.Add(values);
        return argument;
    }

    public static Option<string?> OptionOf(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name)
        {
            Description = description,
            HelpName = string.Join('|', values),
        };
        option.Validators.Add(
            result => CheckOneOf(result.GetValueOrDefault<string>(), name, values, result.AddError));
        return option;
    }

    public static Argument<string> Quantity()
    {
        var argument = new Argument<string>("QUANTITY") { Description = "In the base asset." };
        argument.Validators.Add(
            result => CheckDecimal(result.GetValueOrDefault<string>(), "QUANTITY", result.AddError));
        return argument;
    }

    public static Argument<string> Amount()
    {
        var argument = new Argument<string>("AMOUNT") { Description = "In the asset." };
        argument.Validators.Add(
            result => CheckDecimal(result.GetValueOrDefault<string>(), "AMOUNT", result.AddError));
        return argument;
    }

    public static Option<string?> Limit()
    {
        var option = new Option<string?>("--limit")
        {
            Description = "Price of a limit order; without it, a market order.",
            HelpName = "PRICE",
        };
        option.Validators.Add(
            result => CheckDecimal(result.GetValueOrDefault<string>(), "--limit", result.AddError));
        return option;
    }

    public static Option<string?> ClientOrderIdOption()
    {
        var option = new Option<string?>("--client-order-id")
        {
            Description = "Your id of the order.",
            HelpName = "ID",
        };
        option.Validators.Add(result =>
        {
            if (!ClientOrderId.TryParse(result.GetValueOrDefault<string>(), out _))
            {
                result.AddError("--client-order-id: is not 1 to 36 characters of [A-Za-z0-9._:/-]");
            }
        });
        return option;
    }

    public static bool IsOrderId(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    public static void CheckAccount(string? text, string name, Action<string> addError)
    {
        if (!AccountName.TryParse(text, out _))
        {
            addError($"{name}: '{text}' is not exchange/account");
        }
    }

    private static void CheckOneOf(string? text, string name, string[] values, Action<string> addError)
    {
        if (!values.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            addError($"{name}: '{text}' is not one of {string.Join(", ", values)}");
        }
    }

    private static void CheckDecimal(string? text, string name, Action<string> addError)
    {
        string[] parts = (text ?? "").Split('.');
        bool isDecimal = parts.Length <= 2
            && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit));
        if (!isDecimal || !text.AsSpan().ContainsAnyInRange('1', '9'))
        {
            addError($"{name}: '{text}' is no decimal greater than zero");
        }
    }
}
