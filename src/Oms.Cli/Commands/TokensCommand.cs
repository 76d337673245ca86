using System.Collections.Immutable;
using System.CommandLine;
using Oms.Cli.Tokens;
using Oms.Cli.Trading;
using Oms.Domain.Configuration;
using Spectre.Console;

namespace Oms.Cli.Commands;

/// <summary><c>oms tokens</c>: who may call the gateway, and what each may do.</summary>
internal static class TokensCommand
{
    private const int DaysStandard = 90;
    private const int DaysMax = 3650;

    private static readonly ImmutableArray<TableField> Fields =
        [new("name", CanFold: true), new("token id"), new("expires"), new("grants", CanFold: true)];

    public static Command Create(DeploymentOptions deployment) => new("tokens", "Keeps the tokens of the gateway.")
    {
        CreateAdd(deployment), CreateList(deployment), CreateRevoke(deployment),
    };

    private static Command CreateAdd(DeploymentOptions deployment)
    {
        Argument<string> name = Name();
        var grants = new Option<string[]>("--grant")
        {
            Description =
                "ACCOUNT=RIGHT[,RIGHT] with read, trade, transfer, administer; ACCOUNT may be exchange/* or *. "
                + "Needed for a new name; for another one in place of what it had.",
            HelpName = "GRANT",
            AllowMultipleArgumentsPerToken = true,
        };
        var days = new Option<int>("--days")
        {
            Description = "For so many days.", HelpName = "DAYS", DefaultValueFactory = _ => DaysStandard,
        };
        days.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValueOrDefault<int>() is < 1 or > DaysMax)
            {
                result.AddError($"--days: is no number from 1 to {DaysMax}");
            }
        });
        Option<bool> json = TradingArguments.Json();
        var command = new Command(
            "add", "Makes a token and shows it once. A name that has one gets another: revoke the old one when it is "
            + "no longer used.")
        {
            name, grants, days, json,
        };
        command.SetAction(arguments => Add(
            deployment.DataOf(arguments),
            arguments.GetRequiredValue(name),
            [.. (arguments.GetValue(grants) ?? []).Select(GrantText.Parse)],
            TimeSpan.FromDays(arguments.GetValue(days)),
            arguments.GetValue(json)));
        return command;
    }

    private static int Add(
        DataFolder data,
        string name,
        ImmutableArray<Preparation.IdentitiesFile.Grant> grants,
        TimeSpan lifetime,
        bool asJson)
    {
        var (secret, token) = new TokenFile(data, TimeProvider.System).Add(name, grants, lifetime);
        if (asJson)
        {
            TradingOutput.Write(
                new(name, token.Id, TokenJson.TextOf(token.Expires), secret), TokensJson.Default.AddedTokenJson);
        }
        else
        {
            Console.Error.WriteLine(
                $"{name}: token {token.Id}, until {TokenJson.TextOf(token.Expires)}; it is shown this once:");
            Console.Out.WriteLine(secret);
        }

        return ExitCode.Done;
    }

    private static Command CreateList(DeploymentOptions deployment)
    {
        Option<bool> json = TradingArguments.Json();
        var command = new Command("list", "Lists who may call, but no token.") { json };
        command.SetAction(arguments =>
        {
            TokenJson[] tokens =
            [
                .. new TokenFile(deployment.DataOf(arguments), TimeProvider.System).Identities
                    .OrderBy(identity => identity.Name, StringComparer.Ordinal)
                    .SelectMany(TokenJson.Of),
            ];
            TradingOutput.WidenFiles();
            TradingOutput.Write(
                arguments.GetValue(json), tokens, token => token, TokensJson.Default.TokenJson, Table);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateRevoke(DeploymentOptions deployment)
    {
        Argument<string> name = Name();
        var token = new Option<string?>("--token")
        {
            Description = "Only this one, as `oms tokens list` shows it.", HelpName = "TOKEN_ID",
        };
        var command = new Command(
            "revoke", "Takes away a token, or all that a name has; streams that it opened end with their next message.")
        {
            name, token,
        };
        command.SetAction(arguments =>
        {
            new TokenFile(deployment.DataOf(arguments), TimeProvider.System)
                .Revoke(arguments.GetRequiredValue(name), arguments.GetValue(token));
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Name()
    {
        var name = new Argument<string>("NAME") { Description = "1 to 32 characters of [a-z0-9._-]." };
        name.Validators.Add(result =>
        {
            string text = result.GetValueOrDefault<string>() ?? "";
            if (text.Length is 0 or > 32
                || !text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)
                    || character is '.' or '_' or '-'))
            {
                result.AddError($"NAME: '{text}' is not 1 to 32 characters of [a-z0-9._-]");
            }
        });
        return name;
    }

    private static Table Table(IEnumerable<TokenJson> tokens) => FittedTable.Of(
        Fields,
        [
            .. tokens.Select(token =>
                (string[])[token.Name, token.TokenId, token.Expires, string.Join(' ', token.Grants)]),
        ],
        AnsiConsole.Profile.Width);
}
