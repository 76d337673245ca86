using Oms.Domain.Messages;

namespace Oms.Gateway.Transfers;

/// <summary>A transfer as its last report left it.</summary>
/// <param name="Report">The last one.</param>
/// <param name="CreatedUnixNanos">Of the first one.</param>
internal sealed record TransferRecord(TransferReport Report, long CreatedUnixNanos);
