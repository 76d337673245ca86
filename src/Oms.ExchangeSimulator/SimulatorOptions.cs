using System.Globalization;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator;

/// <summary>The command line.</summary>
internal sealed record SimulatorOptions
{
    public const string Usage = """
        usage: Oms.ExchangeSimulator --data DIR [options]
          --accounts FILE           who its clients are; without one, two accounts in DIR/accounts.json
          --port N                  loopback port, 0 for a free one (18080)
          --recordings DIR          recorded spot books; without them they walk at random
          --futures-recordings DIR  recorded books of futures, likewise
          --seed N                  of the random walk, and of faults that come without a seed (1)
          --scenario FILE           what goes wrong when; with its own seed
          --speed X                 times the recording's own pace (1)
          --commission RATE         of the received asset (0.001)
          --weight-per-minute N     request weight per address (6000)
          --orders-per-10s N        unfilled orders per account (100)
          --orders-per-day N        unfilled orders per account (200000)
          --futures-commission RATE of the notional (0.0004)
        """;

    public int Port { get; private set; } = 18_080;

    /// <summary>Null for the example's.</summary>
    public string? AccountsPath { get; private set; }

    public string DataDirectory { get; private set; } = "";

    public string? RecordingsDirectory { get; private set; }

    public string? FuturesRecordingsDirectory { get; private set; }

    /// <summary>Null for none.</summary>
    public string? ScenarioPath { get; private set; }

    public int Seed { get; private set; } = 1;

    public decimal Speed { get; private set; } = 1;

    public long CommissionRate { get; private set; } = Amount.Of("0.001");

    public long FuturesCommissionRate { get; private set; } = Amount.Of("0.0004");

    public int WeightPerMinute { get; private set; } = 6_000;

    public int OrdersPer10Seconds { get; private set; } = 100;

    public int OrdersPerDay { get; private set; } = 200_000;

    /// <exception cref="StartException">An option is unknown, without value, or out of range.</exception>
    public static SimulatorOptions Parse(IReadOnlyList<string> arguments)
    {
        SimulatorOptions options = new();
        for (int index = 0; index < arguments.Count; index += 2)
        {
            string name = arguments[index];
            if (index + 1 >= arguments.Count)
            {
                throw Wrong($"{name}: needs a value\n{Usage}");
            }

            options.Set(name, arguments[index + 1]);
        }

        if (options.DataDirectory.Length == 0)
        {
            throw Wrong($"--data is needed\n{Usage}");
        }

        return options;
    }

    private static StartException Wrong(string message) => new(message, StartException.WrongUsage);

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "--port":
                Port = Integer(name, value, 0, 65_535);
                break;
            case "--accounts":
                AccountsPath = value;
                break;
            case "--data":
                DataDirectory = value;
                break;
            case "--recordings":
                RecordingsDirectory = value;
                break;
            case "--futures-recordings":
                FuturesRecordingsDirectory = value;
                break;
            case "--scenario":
                ScenarioPath = value;
                break;
            case "--seed":
                Seed = Integer(name, value, 0, int.MaxValue);
                break;
            case "--speed":
                Speed = Decimal(name, value, 0.001m, 1_000m);
                break;
            case "--commission":
                CommissionRate = (long)(Decimal(name, value, 0m, 0.1m) * Amount.One);
                break;
            case "--futures-commission":
                FuturesCommissionRate = (long)(Decimal(name, value, 0m, 0.1m) * Amount.One);
                break;
            case "--weight-per-minute":
                WeightPerMinute = Integer(name, value, 1, int.MaxValue);
                break;
            case "--orders-per-10s":
                OrdersPer10Seconds = Integer(name, value, 1, int.MaxValue);
                break;
            case "--orders-per-day":
                OrdersPerDay = Integer(name, value, 1, int.MaxValue);
                break;
            default:
                throw Wrong($"{name}: unknown option\n{Usage}");
        }
    }

    private static int Integer(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= min && number <= max
            ? number
            : throw Wrong($"{name}: \"{value}\" is not a number from {min} to {max}");

    private static decimal Decimal(string name, string value, decimal min, decimal max) =>
        decimal.TryParse(
            value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && number >= min && number <= max
            ? number
            : throw Wrong(
                FormattableString.Invariant($"{name}: \"{value}\" is not a number from {min} to {max}"));
}
