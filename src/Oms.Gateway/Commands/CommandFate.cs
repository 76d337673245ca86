namespace Oms.Gateway.Commands;

/// <summary>What became of a command on its way to FastPath and back.</summary>
internal enum CommandFate
{
    /// <summary>FastPath answered.</summary>
    Answered,

    /// <summary>It was not taken: FastPath is behind by a whole ring.</summary>
    BackPressured,

    /// <summary>It was not taken: FastPath has not been heard for a while.</summary>
    ConsumerGone,
}
