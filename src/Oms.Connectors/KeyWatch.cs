using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Exchanges;
using Oms.Keys;

namespace Oms.Connectors;

/// <summary>
/// Changes keys while their accounts trade. A new key is tried at the exchange beside the old one, which signs until
/// the new one is proven: no order and no stream is dropped. A key that the exchange refuses is asked about once more;
/// where no other is left, the account is halted, and health says why.
/// </summary>
internal sealed class KeyWatch : IKeyListener
{
    private static readonly Text32 By = Text32.Of("exchange refuses its keys");

    private readonly FrozenDictionary<KeyOwner, KeyUse> _uses;
    private readonly ConcurrentDictionary<KeyOwner, bool> _asked = new();
    private readonly ExchangeKeys _keys;
    private readonly ReportQueue _reports;
    private readonly ConnectorHealth _health;
    private readonly InFlightWork _work;
    private readonly Repetition<Outcome<ImmutableArray<BalanceSeen>>> _untilSaid;
    private readonly ILogger _logger;

    public KeyWatch(
        IEnumerable<KeyUse> uses, ExchangeKeys keys, ReportQueue reports, ConnectorHealth health, InFlightWork work,
        TimeProvider time, ILogger logger)
    {
        _uses = uses.ToFrozenDictionary(use => use.Owner);
        (_keys, _reports, _health, _work, _logger) = (keys, reports, health, work, logger);
        _untilSaid = new(SaysNothingOfKeys, time);
        foreach (KeyUse use in _uses.Values)
        {
            use.Credentials.KeyRefused = _ => Doubt(use);
        }
    }

    /// <summary>Follows the source of the keys for as long as the process lives.</summary>
    public Task Run(CancellationToken cancellation) => _keys.Watch(this, cancellation);

    public ValueTask Offered(KeyRotation rotation, CancellationToken cancellation)
    {
        _work.StartForLife(stop => Prove(rotation, _uses[rotation.Owner], stop));
        return ValueTask.CompletedTask;
    }

    public ValueTask StatusChanged(KeyStatus status, CancellationToken cancellation)
    {
        bool isRefused = status.Standing == KeyStanding.Refused;
        _health.SetKeys(status.Owner, isRefused ? status.Detail : "");
        if (!isRefused)
        {
            return ValueTask.CompletedTask;
        }

        AccountCredentials account = _uses[status.Owner].Credentials;
        Log.KeysRefused(_logger, account.Name, status.Detail);
        return _reports.Write(
            new ChangeHalt
            {
                Header = MessageHeader.For<ChangeHalt>(account.Id),
                Scope = HaltScope.Account,
                IsHalted = 1,
                OrderId = OrderId.None,
                Exchange = default,
                CorrelationId = 0,
                By = By,
            },
            cancellation);
    }

    private async Task Prove(KeyRotation rotation, KeyUse use, CancellationToken cancellation)
    {
        string? refusal = await RefusalOf(use.Trial(rotation.Candidate), cancellation);
        if (refusal is not null)
        {
            _ = rotation.Refused(refusal);
            return;
        }

        use.Use(rotation.Candidate);
        if (rotation.Proven())
        {
            Log.KeyChanged(_logger, use.Credentials.Name, rotation.Candidate.ToString());
        }
    }

    /// <summary>The exchange refused a request for its key: it may have meant the request, and not the key.</summary>
    private void Doubt(KeyUse use)
    {
        if (_asked.TryAdd(use.Owner, true))
        {
            _work.StartForLife(stop => Ask(use, stop));
        }
    }

    private async Task Ask(KeyUse use, CancellationToken cancellation)
    {
        ExchangeKey key;
        string? refusal;
        do
        {
            // What changes meanwhile is asked about again: the answer may be about either.
            key = use.Key;
            refusal = await RefusalOf(use.Account, cancellation);
        }
        while (use.Key != key);

        _ = _asked.TryRemove(use.Owner, out _);
        if (refusal is not null)
        {
            _keys.Of(use.Owner).Refused(key, refusal);
        }
    }

    /// <summary>Asks until the exchange says whether it takes the key of an account.</summary>
    /// <returns>What it said against it; null for nothing.</returns>
    private async Task<string?> RefusalOf(IExchangeAccount account, CancellationToken cancellation)
    {
        Outcome<ImmutableArray<BalanceSeen>> outcome = await _untilSaid.Ask(account.QueryBalances, cancellation);
        return outcome is Outcome<ImmutableArray<BalanceSeen>>.Refused refused ? refused.Text : null;
    }

    private static bool SaysNothingOfKeys(Outcome<ImmutableArray<BalanceSeen>> outcome) => outcome is not (
        Outcome<ImmutableArray<BalanceSeen>>.Accepted
        or Outcome<ImmutableArray<BalanceSeen>>.Refused { Reason: RejectReason.ExchangeKeyRefused });
}
