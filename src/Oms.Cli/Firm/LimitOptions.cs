using System.CommandLine;
using System.Globalization;

namespace Oms.Cli.Firm;

/// <summary>The limits as options: what is not given stays, <c>none</c> takes a limit away.</summary>
internal sealed class LimitOptions
{
    private const string None = "none";

    private static readonly (string Name, string Description, Func<V1.LimitValues, string> Get,
        Action<V1.LimitValues, string> Set)[] Limits =
    [
        ("--order-notional-max", "Largest notional of one order.",
            values => values.OrderNotionalMax, (values, text) => values.OrderNotionalMax = text),
        ("--open-orders-max", "Orders that live at once.",
            values => Text(values.OpenOrdersMax), (values, text) => values.OpenOrdersMax = Count(text)),
        ("--orders-per-window-max", "New orders within a window.",
            values => Text(values.OrdersPerWindowMax), (values, text) => values.OrdersPerWindowMax = Count(text)),
        ("--order-window-ms", "The window, milliseconds.",
            values => Text(values.OrderWindowMs), (values, text) => values.OrderWindowMs = Count(text)),
        ("--duplicate-window-ms", "The same order within this time is refused.",
            values => Text(values.DuplicateWindowMs), (values, text) => values.DuplicateWindowMs = Count(text)),
        ("--leverage-max", "Times its own money.",
            values => values.LeverageMax, (values, text) => values.LeverageMax = text),
        ("--position-value-max", "What all positions may be worth at worst.",
            values => values.PositionValueMax, (values, text) => values.PositionValueMax = text),
        ("--balance-value-max", "What all that is held may be worth.",
            values => values.BalanceValueMax, (values, text) => values.BalanceValueMax = text),
        ("--loss-max", "What it may lose from midnight UTC.",
            values => values.LossMax, (values, text) => values.LossMax = text),
    ];

    private readonly Option<string?>[] _options = [.. Limits.Select(limit => Create(limit.Name, limit.Description))];

    /// <summary>Only what is limited: <c>loss_max 500, open_orders_max 20</c>.</summary>
    public static string TextOf(V1.LimitValues values) => string.Join(
        ", ",
        from limit in Limits
        let text = limit.Get(values)
        where text.Length > 0
        select $"{limit.Name[2..].Replace('-', '_')} {text}");

    public void AddTo(Command command)
    {
        foreach (Option<string?> option in _options)
        {
            command.Add(option);
        }
    }

    /// <summary>Whether any limit is given.</summary>
    public bool AreGiven(ParseResult arguments) => _options.Any(option => arguments.GetValue(option) is not null);

    /// <summary>Changes those that are given.</summary>
    public void Apply(ParseResult arguments, V1.LimitValues values)
    {
        for (int index = 0; index < _options.Length; index++)
        {
            if (arguments.GetValue(_options[index]) is { } text)
            {
                Limits[index].Set(values, text == None ? "" : text);
            }
        }
    }

    private static Option<string?> Create(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "NUMBER|none" };
        option.Validators.Add(result =>
        {
            string text = result.GetValueOrDefault<string>() ?? "";
            bool isNumber = IsCount(name)
                ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
            if (text != None && !isNumber)
            {
                result.AddError($"{name}: '{text}' is neither {(IsCount(name) ? "a whole" : "a")} number nor none");
            }
        });
        return option;
    }

    private static bool IsCount(string name) => name is "--open-orders-max" or "--orders-per-window-max"
        or "--order-window-ms" or "--duplicate-window-ms";

    private static string Text(int count) => count == 0 ? "" : count.ToString(CultureInfo.InvariantCulture);

    private static int Count(string text) =>
        text.Length == 0 ? 0 : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
