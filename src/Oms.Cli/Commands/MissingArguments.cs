using System.CommandLine;

namespace Oms.Cli.Commands;

/// <summary>The arguments that a command needs and was not given.</summary>
internal static class MissingArguments
{
    /// <summary>Their names, in the order in which they are written.</summary>
    public static List<string> Of(ParseResult arguments) =>
    [
        .. arguments.CommandResult.Command.Arguments
            .Where(argument => argument.Arity.MinimumNumberOfValues > 0
                && arguments.GetResult(argument) is null or { Tokens.Count: 0 })
            .Select(argument => argument.Name),
    ];
}
