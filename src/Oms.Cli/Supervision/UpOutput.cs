namespace Oms.Cli.Supervision;

/// <summary>How a detached supervisor is told where to print.</summary>
internal static class UpOutput
{
    public const string Option = "--output";
}
