using System.Diagnostics;

namespace Oms.Gateway.Commands;

/// <summary>Somebody who waits for the answer to a command.</summary>
internal abstract class ReplyWaiter
{
    /// <summary>Names the command to FastPath and back; 0 until it waits.</summary>
    public long CorrelationId { get; set; }

    /// <summary>The recorded call that the command is part of; null for none.</summary>
    public Activity? Call { get; set; }

    /// <summary>Takes an answer, on the thread of the event pump; true when it was the last.</summary>
    public abstract bool Take(CommandReply reply);
}
