using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Exchanges;

namespace Oms.Connectors;

/// <summary>
/// Asks the exchange what FastPath wants to know of an account. Rounds are answered one after the other;
/// single orders beside them. A question that failed makes its round incomplete, and is never an answer.
/// </summary>
internal sealed class EvidenceGathering(
    AccountId id,
    AccountName name,
    IExchangeAccount exchange,
    OrderResolution resolution,
    ReportQueue reports,
    TimeProvider time,
    ILogger logger)
{
    private readonly Channel<RoundStep> _rounds =
        Channel.CreateBounded<RoundStep>(ConnectorLimits.QuestionsQueuedMax);

    private readonly Channel<ResolveOrder> _singles =
        Channel.CreateBounded<ResolveOrder>(ConnectorLimits.QuestionsQueuedMax);

    /// <summary>False when there is no room now.</summary>
    public bool TryTake(in ResolveOrder request) =>
        request.EvidenceId == 0
            ? _singles.Writer.TryWrite(request)
            : _rounds.Writer.TryWrite(new(request.EvidenceId, request));

    /// <summary>False when there is no room now.</summary>
    public bool TryTake(in GatherEvidence request) => _rounds.Writer.TryWrite(new(request.EvidenceId, null));

    /// <summary>Answers for as long as the process lives.</summary>
    public Task Run(CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, ConnectorLimits.ResolutionsAtOnceMax)
            .Select(_ => AnswerSingles(cancellation))
            .Append(AnswerRounds(cancellation)));

    private async Task AnswerSingles(CancellationToken cancellation)
    {
        await foreach (ResolveOrder request in _singles.Reader.ReadAllAsync(cancellation))
        {
            while (!await resolution.Resolve(request, cancellation))
            {
                await Task.Delay(ConnectorLimits.FailedQueryPause, time, cancellation);
            }
        }
    }

    private async Task AnswerRounds(CancellationToken cancellation)
    {
        long round = 0;
        bool isComplete = true;
        await foreach (RoundStep step in _rounds.Reader.ReadAllAsync(cancellation))
        {
            if (step.EvidenceId != round)
            {
                (round, isComplete) = (step.EvidenceId, true);
                await reports.Write(
                    new EvidenceBegin { Header = MessageHeader.For<EvidenceBegin>(id), EvidenceId = round },
                    cancellation);
            }

            // The rest of a round that failed is not asked: it is all asked again in the next.
            isComplete = isComplete && (step.Order is { } order
                ? await resolution.Resolve(order, cancellation)
                : await ReportOpenOrders(cancellation) && await ReportBalances(round, cancellation));
            if (step.Order is null)
            {
                await End(round, isComplete, cancellation);
            }
        }
    }

    /// <summary>
    /// Also those that FastPath did not ask for: an order of ours that it does not know shows.
    /// </summary>
    private async Task<bool> ReportOpenOrders(CancellationToken cancellation)
    {
        Outcome<ImmutableArray<OrderSeen>> outcome = await exchange.QueryOpenOrders(cancellation);
        if (outcome is not Outcome<ImmutableArray<OrderSeen>>.Accepted accepted)
        {
            return false;
        }

        foreach (OrderSeen order in accepted.Reply)
        {
            await reports.Write(order, cancellation);
        }

        return true;
    }

    private async Task<bool> ReportBalances(long round, CancellationToken cancellation)
    {
        Outcome<ImmutableArray<BalanceSeen>> outcome = await exchange.QueryBalances(cancellation);
        if (outcome is not Outcome<ImmutableArray<BalanceSeen>>.Accepted accepted)
        {
            return false;
        }

        foreach (BalanceSeen balance in accepted.Reply)
        {
            await reports.Write(balance with { EvidenceId = round }, cancellation);
        }

        return true;
    }

    private ValueTask End(long round, bool isComplete, CancellationToken cancellation)
    {
        Log.RoundEnded(logger, name, round, isComplete);
        return reports.Write(
            new EvidenceEnd
            {
                Header = MessageHeader.For<EvidenceEnd>(id),
                EvidenceId = round,
                Complete = isComplete ? (byte)1 : (byte)0,
            },
            cancellation);
    }
}
