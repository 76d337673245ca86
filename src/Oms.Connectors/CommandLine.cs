using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Oms.Configuration;

namespace Oms.Connectors;

/// <summary>What a connector process is started with.</summary>
internal sealed record CommandLine(ProcessArguments Process, ushort Connector)
{
    public const string Usage = $"usage: Oms.Connectors {ProcessArguments.Usage} --connector N";

    public static bool TryParse(ReadOnlySpan<string> args, [NotNullWhen(true)] out CommandLine? commandLine)
    {
        commandLine = args is [.. var common, "--connector", var number]
            && ProcessArguments.TryParse(common, out ProcessArguments? process)
            && ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ushort connector)
                ? new(process, connector)
                : null;
        return commandLine is not null;
    }
}
