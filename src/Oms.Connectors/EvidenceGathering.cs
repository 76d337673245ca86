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

    private readonly Repetition<bool> _untilAnswered = new(static isAnswered => !isAnswered, time);

    private readonly Channel<ResolveOrder> _singles =
        Channel.CreateBounded<ResolveOrder>(ConnectorLimits.QuestionsQueuedMax);

    /// <summary>False when there is no room now.</summary>
    public bool TryTake(in ResolveOrder request) =>
        request.EvidenceId == 0
            ? _singles.Writer.TryWrite(request)
            : _rounds.Writer.TryWrite(new(request.EvidenceId, request, Explains: false));

    /// <summary>False when there is no room now.</summary>
    public bool TryTake(in GatherEvidence request) =>
        _rounds.Writer.TryWrite(new(request.EvidenceId, null, request.Explain == 1));

    /// <summary>Answers for as long as the process lives.</summary>
    public Task Run(CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, ConnectorLimits.ResolutionsAtOnceMax)
            .Select(_ => AnswerSingles(cancellation))
            .Append(AnswerRounds(cancellation)));

    private async Task AnswerSingles(CancellationToken cancellation)
    {
        await foreach (ResolveOrder request in _singles.Reader.ReadAllAsync(cancellation))
        {
            _ = await _untilAnswered.Ask(stop => resolution.Resolve(request, stop), cancellation);
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
                : await ReportAccount(round, step.Explains, cancellation));
            if (step.Order is null)
            {
                await End(round, isComplete, cancellation);
            }
        }
    }

    /// <summary>
    /// Orders also that FastPath did not ask for: one of ours that it does not know shows. What was paid for positions
    /// and what orders from elsewhere filled come before the positions and balances that they are part of.
    /// </summary>
    private async Task<bool> ReportAccount(long round, bool explains, CancellationToken cancellation) =>
        await ReportAll(exchange.QueryOpenOrders, order => order, cancellation)
        && await ReportAll(exchange.QueryFunding, payment => payment, cancellation)
        && (!explains || await ReportAll(exchange.QueryTradesOfOthers, trade => trade, cancellation))
        && await ReportAll(
            exchange.QueryPositions, position => position with { EvidenceId = round }, cancellation)
        && await ReportAll(exchange.QueryBalances, balance => balance with { EvidenceId = round }, cancellation);

    private async Task<bool> ReportAll<TMessage>(
        Func<CancellationToken, Task<Outcome<ImmutableArray<TMessage>>>> ask, Func<TMessage, TMessage> stamp,
        CancellationToken cancellation)
        where TMessage : unmanaged, IMessage
    {
        if (await ask(cancellation) is not Outcome<ImmutableArray<TMessage>>.Accepted accepted)
        {
            return false;
        }

        foreach (TMessage message in accepted.Reply)
        {
            await reports.Write(stamp(message), cancellation);
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
