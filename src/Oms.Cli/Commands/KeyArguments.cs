using System.CommandLine;

namespace Oms.Cli.Commands;

/// <summary>Arguments of the commands about keys.</summary>
internal static class KeyArguments
{
    public static Argument<string> Market() =>
        TradingArguments.OneOf("MARKET", "spot or futures.", "spot", "futures");

    public static Argument<string> KeyId() => new("KEY_ID") { Description = "As `oms keys list` shows it." };

    public static Option<string?> From() => new("--from")
    {
        Description =
            "File with the API key in its first line, and the secret or the private key in PEM below it. " +
            "Default: standard input.",
        HelpName = "FILE",
    };
}
