using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Keys.Files;
using Oms.Keys.Vault;

namespace Oms.Keys;

/// <summary>
/// The exchange keys of a set of accounts, from wherever the configuration says they are kept. They are read
/// once when it is opened; <see cref="Watch"/> follows what changes afterwards.
/// </summary>
public sealed class ExchangeKeys : IDisposable
{
    /// <summary>How often the source is asked for changes.</summary>
    public static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(10);

    private readonly IKeySource _source;
    private readonly FrozenDictionary<KeyOwner, AccountKeys> _accounts;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private string _failure = "";
    private int _isReadDue;

    internal ExchangeKeys(
        IKeySource source, IEnumerable<KeyOwner> owners, TimeProvider time, ILoggerFactory loggers)
    {
        (_source, _time) = (source, time);
        _logger = loggers.CreateLogger<ExchangeKeys>();
        _accounts = owners.ToFrozenDictionary(owner => owner, owner => new AccountKeys(owner, Wake, _logger));
    }

    public IEnumerable<AccountKeys> Accounts => _accounts.Values;

    /// <param name="accounts">Those that this process trades.</param>
    /// <param name="markets">Of those that an account has enabled, the ones that this process trades.</param>
    /// <exception cref="KeysException">The source as a whole cannot be read. What is wrong with the keys of
    /// single accounts is their status.</exception>
    public static async Task<ExchangeKeys> Open(
        KeysConfiguration configuration, DataFolder data, ImmutableArray<AccountConfiguration> accounts,
        MarketFlags markets, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation)
    {
        ImmutableArray<KeyOwner> owners =
            [.. accounts.SelectMany(account => KeyOwner.Of(account, markets))];
        IKeySource source = configuration.Source switch
        {
            KeySource.File => new KeyFileSource(data, owners),
            KeySource.Vault => new VaultKeySource(
                configuration.Vault ?? throw new KeysException("no Vault is configured"),
                accounts, markets, time, loggers),
        };
        var keys = new ExchangeKeys(source, owners, time, loggers);
        try
        {
            await keys.Begin(cancellation);
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    /// <exception cref="KeyNotFoundException">It is not among the accounts that these keys were opened
    /// for.</exception>
    public AccountKeys Of(KeyOwner owner) => _accounts[owner];

    /// <summary>
    /// Follows the source until it is stopped, and tells the listener what changed; first of all, what is not
    /// as it should be. Rotations that an earlier listener left unanswered are offered again.
    /// </summary>
    public async Task Watch(IKeyListener listener, CancellationToken cancellation)
    {
        foreach (AccountKeys account in _accounts.Values)
        {
            account.Withdraw();
        }

        Task due = Task.Delay(WatchInterval, _time, cancellation);
        while (true)
        {
            await Tell(listener, cancellation);
            await WaitForWork(due, cancellation);
            if (Interlocked.Exchange(ref _isReadDue, 0) != 0 || due.IsCompleted)
            {
                await Refresh(cancellation);
                due = Task.Delay(WatchInterval, _time, cancellation);
            }
        }
    }

    public void Dispose()
    {
        foreach (AccountKeys account in _accounts.Values)
        {
            account.Dispose();
        }

        _source.Dispose();
    }

    public override string ToString() => $"keys of {_accounts.Count} accounts";

    internal async Task Begin(CancellationToken cancellation)
    {
        Take(await _source.ReadChanged(cancellation));
        foreach (AccountKeys account in _accounts.Values)
        {
            account.Begin();
        }
    }

    private async Task Refresh(CancellationToken cancellation)
    {
        try
        {
            Take(await _source.ReadChanged(cancellation));
            _failure = "";
        }
        catch (KeysException exception)
        {
            if (exception.Message != _failure)
            {
                _failure = exception.Message;
                Log.SourceUnavailable(_logger, exception.Message);
            }

            foreach (AccountKeys account in _accounts.Values)
            {
                account.Miss(exception.Message);
            }
        }
    }

    private void Take(ImmutableArray<KeyReading> readings)
    {
        foreach (AccountKeys account in _accounts.Values)
        {
            account.Confirm();
        }

        foreach (KeyReading reading in readings)
        {
            _accounts[reading.Status.Owner].Take(reading);
        }
    }

    private async Task Tell(IKeyListener listener, CancellationToken cancellation)
    {
        foreach (AccountKeys account in _accounts.Values)
        {
            if (account.TakeOffer() is { } rotation)
            {
                Log.KeyOffered(_logger, rotation);
                await listener.Offered(rotation, cancellation);
            }

            if (account.TakeStatus() is { } status)
            {
                Log.StatusChanged(_logger, status.Standing, status);
                await listener.StatusChanged(status, cancellation);
            }
        }
    }

    private async Task WaitForWork(Task due, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _ = await Task.WhenAny(due, _wake.Reader.WaitToReadAsync(waiting.Token).AsTask());
        await waiting.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        _ = _wake.Reader.TryRead(out _);
    }

    private void Wake(bool isReadDue)
    {
        if (isReadDue)
        {
            Volatile.Write(ref _isReadDue, 1);
        }

        _ = _wake.Writer.TryWrite(true);
    }
}
