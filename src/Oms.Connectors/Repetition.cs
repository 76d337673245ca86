using System.Diagnostics.CodeAnalysis;
using Polly;
using Polly.Retry;

namespace Oms.Connectors;

/// <summary>
/// How a question is asked again: each time after twice as long, with jitter, so that the accounts of a desk do not ask
/// in step. Only questions are: what makes or changes an order is sent once.
/// </summary>
internal sealed class Repetition<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TAnswer>
{
    private readonly ResiliencePipeline<TAnswer> _pipeline;

    /// <summary>Of questions that failed.</summary>
    /// <param name="isFailed">Whether an answer is none.</param>
    public Repetition(Predicate<TAnswer> isFailed, TimeProvider time)
        : this(isFailed, ConnectorLimits.FailedQueryPauseMin, ConnectorLimits.FailedQueryPauseMax, time)
    {
    }

    /// <param name="isToRepeat">Whether the answer may be another one soon.</param>
    /// <param name="first">The pause before the second time.</param>
    /// <param name="longest">The longest pause.</param>
    /// <param name="timesMax">Beyond, the last answer counts.</param>
    public Repetition(
        Predicate<TAnswer> isToRepeat, TimeSpan first, TimeSpan longest, TimeProvider time,
        int timesMax = int.MaxValue) =>
        _pipeline = new ResiliencePipelineBuilder<TAnswer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<TAnswer>
            {
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is null && isToRepeat(arguments.Outcome.Result!)),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = first,
                MaxDelay = longest,
                MaxRetryAttempts = timesMax,
            })
            .Build();

    /// <summary>The first answer that is not to be had again.</summary>
    public async Task<TAnswer> Ask(
        Func<CancellationToken, Task<TAnswer>> question, CancellationToken cancellation) =>
        await _pipeline.ExecuteAsync(
            static (asked, stop) => new ValueTask<TAnswer>(asked(stop)), question, cancellation);
}
