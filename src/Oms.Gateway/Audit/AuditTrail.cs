using System.Threading.Channels;
using Oms.Journal.Audit;

namespace Oms.Gateway.Audit;

/// <summary>
/// Writes down every change: who, what, when, from where, with what outcome. Calls hand over what they did and
/// one task writes; where the disk cannot follow, calls wait, and where it fails, the gateway stops: no change goes
/// unnoted.
/// </summary>
internal sealed class AuditTrail(
    AuditWriter writer,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<AuditTrail> logger) : BackgroundService
{
    private readonly Channel<(DateTimeOffset Time, AuditEntry Entry)> _entries =
        Channel.CreateBounded<(DateTimeOffset, AuditEntry)>(
            new BoundedChannelOptions(GatewayLimits.AuditQueuedMax) { SingleReader = true });

    public ValueTask Note(AuditEntry entry) =>
        _entries.Writer.TryWrite((time.GetUtcNow(), entry))
            ? ValueTask.CompletedTask
            : _entries.Writer.WriteAsync((time.GetUtcNow(), entry));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _ = _entries.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Not ended by the token: what was noted before the end is written.
            while (await _entries.Reader.WaitToReadAsync(CancellationToken.None))
            {
                while (_entries.Reader.TryRead(out (DateTimeOffset Time, AuditEntry Entry) noted))
                {
                    writer.Append(new()
                    {
                        Time = noted.Time,
                        Identity = noted.Entry.Caller,
                        Peer = noted.Entry.Peer,
                        Action = noted.Entry.Method,
                        Outcome = noted.Entry.Outcome,
                        CorrelationId = noted.Entry.CorrelationId,
                        DetailJson = noted.Entry.DetailJson(),
                    });
                    LogOf(noted.Entry);
                }

                writer.Flush();
            }
        }
        catch (IOException exception)
        {
            logger.AuditFailed(exception);
            lifetime.StopApplication();
        }
    }

    /// <summary>
    /// A line for each order and each account that it is about: they are kept apart by account. What names no account
    /// is in the log of the process alone. Of a stream's messages only the first that names an account is logged: a
    /// line for each would cost more than its orders.
    /// </summary>
    private void LogOf(AuditEntry entry)
    {
        if (entry.IsQuiet)
        {
            return;
        }

        var told = new HashSet<string>();
        foreach (V1.Order order in entry.Orders)
        {
            _ = told.Add(order.Account);
            logger.OrderAnswered(
                order.Account, entry.Method, entry.Caller, order.OrderId, order.ClientOrderId, order.Status,
                order.RejectReason, entry.CorrelationId);
        }

        foreach (string account in entry.LoggedAccounts.Where(told.Add))
        {
            logger.Changed(account, entry.Method, entry.Caller, entry.Outcome, entry.CorrelationId);
        }

        if (told.Count == 0)
        {
            logger.ChangedAtLarge(entry.Method, entry.Caller, entry.Outcome, entry.CorrelationId);
        }
    }
}
