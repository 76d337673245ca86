using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;

namespace Orleans.JetStream.KeyValue;

/// <summary>
/// A provider's way to its bucket: connects, opens it, and carries out operations on it, each of which is
/// bounded in time, canceled by its caller, measured, and fails in the provider's one way.
/// </summary>
/// <remarks>Continuations run where the caller's do: what it changes is changed in its own turn.</remarks>
internal sealed class BucketClient : IAsyncDisposable
{
    private readonly JetStreamOptions _options;
    private readonly BucketSettings _settings;
    private readonly Func<string, Exception, Exception> _failure;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly JetStreamInstruments _instruments;
    private readonly ILogger<BucketClient> _logger;
    private readonly SemaphoreSlim _opening = new(initialCount: 1, maxCount: 1);
    private JetStreamConnection? _connection;
    private Bucket? _bucket;

    /// <param name="options">Which bucket, by which connection, and for how long.</param>
    /// <param name="isMadeWhereMissing">Whether opening makes a bucket that is missing.</param>
    /// <param name="failure">Makes the exception of a failed operation from its message and cause.</param>
    /// <param name="services">The services of the host.</param>
    public BucketClient(
        JetStreamOptions options,
        bool isMadeWhereMissing,
        Func<string, Exception, Exception> failure,
        IServiceProvider services)
    {
        _options = options;
        _settings = options.ToBucketSettings() with { IsMadeWhereMissing = isMadeWhereMissing };
        _failure = failure;
        _services = services;
        _time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        _instruments = services.GetRequiredService<JetStreamInstruments>();
        _logger = services.GetRequiredService<ILogger<BucketClient>>();
    }

    /// <summary>Opens the bucket unless it is open, and says whether it is there.</summary>
    public async Task<bool> OpenAsync(CancellationToken cancellation)
    {
        await _opening.WaitAsync(cancellation);
        try
        {
            if (_bucket is null)
            {
                _bucket = await Measure("open", "it", OpenOnceAsync, cancellation);
            }

            return _bucket is not null;
        }
        finally
        {
            _ = _opening.Release();
        }
    }

    /// <summary>Carries out an operation on the bucket, which must have been opened.</summary>
    /// <param name="operation">What is done, in the words of failures and of metrics.</param>
    /// <param name="target">To what it is done: its text is in the message of a failure.</param>
    /// <param name="body">Does it. False counts as a conflict: another came first.</param>
    /// <param name="cancellation">The caller's wish to end it, which ends it as canceled.</param>
    public Task<T> Run<T>(
        string operation,
        object target,
        Func<Bucket, OperationDeadline, Task<T>> body,
        CancellationToken cancellation) =>
        Measure(
            operation,
            target,
            deadline => body(
                _bucket ?? throw new InvalidOperationException("The bucket has not been opened."), deadline),
            cancellation);

    public async ValueTask DisposeAsync()
    {
        _bucket = null;
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeUnlessSharedAsync();
        }
    }

    private async Task<Bucket?> OpenOnceAsync(OperationDeadline deadline)
    {
        var started = Stopwatch.GetTimestamp();
        _connection ??= await JetStreamConnection.CreateAsync(_options, _services);
        var attempts = new BoundedAttempts(
            _options.AttemptTimeout, _time, () => _instruments.RequestRepeated(_settings.Name));
        var bucket = await Bucket.OpenAsync(_connection.Connection, _settings, attempts, _logger, deadline);
        if (bucket is not null)
        {
            var elapsedMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            Log.BucketOpened(_logger, _settings.Name, elapsedMs);
            if (!bucket.CanPurge)
            {
                Log.ReplicationIsUnsound(_logger, _settings.Name);
            }
        }

        return bucket;
    }

    private async Task<T> Measure<T>(
        string operation,
        object target,
        Func<OperationDeadline, Task<T>> body,
        CancellationToken cancellation)
    {
        using var activity = JetStreamTelemetry.Source.StartActivity(operation, ActivityKind.Client);
        var started = Stopwatch.GetTimestamp();
        var outcome = "failed";
        try
        {
            using var deadline = new OperationDeadline(_options.OperationTimeout, _time, cancellation);
            var result = await body(deadline);
            outcome = result is false ? "conflict" : "done";
            return result;
        }
        catch (InconsistentStateException)
        {
            outcome = "conflict";
            throw;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            outcome = "canceled";
            throw;
        }
        catch (Exception failure)
        {
            _ = activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            throw _failure(
                $"Bucket '{_settings.Name}': could not {operation} {target}. {failure.Message}", failure);
        }
        finally
        {
            _ = activity?.SetTag(JetStreamTelemetry.BucketTag, _settings.Name)
                .SetTag(JetStreamTelemetry.OutcomeTag, outcome);
            _instruments.OperationEnded(
                operation, _settings.Name, outcome, Stopwatch.GetElapsedTime(started));
        }
    }
}
