using System.Globalization;
using System.Security.Cryptography;

namespace Oms.EndToEnd.Chaos;

/// <summary><c>oms chaos</c>: a campaign of whatever length.</summary>
internal static class CampaignCommand
{
    private const string Usage = "usage: oms chaos --minutes N [--seed S] [--accounts N] [--calm]";
    private const int MinutesMax = 100_000;
    private const int AccountsMin = 4;
    private const int AccountsMax = 200;

    /// <returns>0 when all agrees, 1 when not, 2 for wrong usage.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (Parse(arguments) is not { } options)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        IReadOnlyList<string> problems = await new Campaign(options, Console.Out).RunAsync();
        foreach (string problem in problems)
        {
            Console.WriteLine(problem);
        }

        Console.WriteLine(problems.Count == 0
            ? $"seed {options.Seed} passed"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"seed {options.Seed} failed; again: ./oms chaos --minutes {options.Duration.TotalMinutes:0.##} "
                + $"--seed {options.Seed} --accounts {options.Accounts}{(options.IsCalm ? " --calm" : "")}"));
        return problems.Count == 0 ? 0 : 1;
    }

    private static CampaignOptions? Parse(string[] arguments)
    {
        double minutes = 0;
        int seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        int accounts = CampaignOptions.AccountsDefault;
        bool isCalm = arguments.Contains("--calm");
        arguments = [.. arguments.Where(argument => argument != "--calm")];
        for (int index = 0; index < arguments.Length; index += 2)
        {
            string value = index + 1 < arguments.Length ? arguments[index + 1] : "";
            bool isGood = arguments[index] switch
            {
                "--minutes" => double.TryParse(value, CultureInfo.InvariantCulture, out minutes)
                    && minutes is > 0 and <= MinutesMax,
                "--seed" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed),
                "--accounts" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out accounts)
                    && accounts is >= AccountsMin and <= AccountsMax,
                _ => false,
            };
            if (!isGood)
            {
                return null;
            }
        }

        return minutes > 0 ? new(TimeSpan.FromMinutes(minutes), seed, accounts, isCalm) : null;
    }
}
