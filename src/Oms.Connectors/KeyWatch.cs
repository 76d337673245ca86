using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Oms.Domain.Text;
using Oms.Exchanges;
using Oms.Keys;

namespace Oms.Connectors;

/// <summary>
/// Changes keys while their accounts trade. A new key is tried at the exchange beside the old one, which signs until
/// the new one is proven: it must ask, trade, and be the same account's; no order and no stream is dropped. A key that
/// the exchange refuses is asked about once more; where no other is left, the account is halted, and health says why.
/// What keys may do is asked at the start, and until the exchange says it: one that could take a sub-account's money
/// away is not used.
/// </summary>
internal sealed class KeyWatch : IKeyListener
{
    private static readonly Text32 By = Text32.Of("exchange refuses its keys");

    private readonly FrozenDictionary<KeyOwner, KeyUse> _uses;
    private readonly ConcurrentDictionary<KeyOwner, bool> _asked = new();

    /// <summary>The key of each owner of which it is known, or not to be known, what it may do.</summary>
    private readonly ConcurrentDictionary<KeyOwner, ExchangeKey> _told = new();
    private readonly ExchangeKeys _keys;
    private readonly ReportQueue _reports;
    private readonly ConnectorHealth _health;
    private readonly InFlightWork _work;
    private readonly KeyProof _proof;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public KeyWatch(
        IEnumerable<KeyUse> uses, ExchangeKeys keys, ReportQueue reports, ConnectorHealth health, InFlightWork work,
        TimeProvider time, ILogger logger)
    {
        _uses = uses.ToFrozenDictionary(use => use.Owner);
        (_keys, _reports, _health, _work, _time, _logger) = (keys, reports, health, work, time, logger);
        _proof = new(time);
        foreach (KeyUse use in _uses.Values)
        {
            use.Credentials.KeyRefused = _ => Doubt(use);
        }
    }

    /// <summary>Follows the source of the keys for as long as the process lives.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        _work.StartForLife(LookAtRights);
        await _keys.Watch(this, cancellation);
    }

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
        return _reports.Write(AccountHalt.Of(account.Id, By), cancellation);
    }

    private async Task Prove(KeyRotation rotation, KeyUse use, CancellationToken cancellation)
    {
        KeyTrial trial = use.Trial(rotation.Candidate);
        string? refusal = await _proof.RefusalOf(use, trial, cancellation)
            ?? await _proof.StrangenessOf(use, trial, cancellation);
        KeyRights? rights = refusal is null ? await _proof.RightsOf(use, trial, cancellation) : null;
        refusal ??= ExcessOf(use, rights);
        if (refusal is not null)
        {
            _ = rotation.Refused(refusal);
            return;
        }

        use.Use(rotation.Candidate);
        if (rotation.Proven())
        {
            Note(use, rotation.Candidate, rights);
            Log.KeyChanged(_logger, use.Credentials.Name, rotation.Candidate.ToString());
        }
    }

    /// <summary>
    /// The keys that sign, one after the other: nobody waits for it. An exchange that does not answer is asked again
    /// much later, for as long as it does not.
    /// </summary>
    private async Task LookAtRights(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(ConnectorLimits.KeyRightsInterval, _time);
        do
        {
            foreach (KeyUse use in _uses.Values.Where(use => _told.GetValueOrDefault(use.Owner) != use.Key))
            {
                await LookAtRights(use, cancellation);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private async Task LookAtRights(KeyUse use, CancellationToken cancellation)
    {
        ExchangeKey key = use.Key;
        KeyRights? rights = await _proof.RightsOf(use, use.Own, cancellation);
        if (use.Key != key)
        {
            // Its successor was asked when it was proven, or is next time.
            return;
        }

        if (ExcessOf(use, rights) is { } excess)
        {
            _keys.Of(use.Owner).Refused(key, excess);
        }

        Note(use, key, rights);
    }

    /// <summary>What the exchange said of a key that signs; null for nothing.</summary>
    private void Note(KeyUse use, ExchangeKey key, KeyRights? rights)
    {
        if (rights is not null || !use.Own.Account.CapabilitiesOf(use.Owner.Market).TellsKeyRights)
        {
            _told[use.Owner] = key;
        }

        if (ExcessOf(use, rights) is null)
        {
            Warn(use, rights);
        }
    }

    /// <summary>What a key may do that no key of its account shall; null for nothing.</summary>
    private static string? ExcessOf(KeyUse use, KeyRights? rights) =>
        use.IsSubAccount && rights?.MayWithdraw == true ? "it may withdraw" : null;

    /// <summary>Says in log and health what is unwise about a key, and is used all the same.</summary>
    private void Warn(KeyUse use, KeyRights? rights)
    {
        string[] all =
        [
            .. rights is null ? ["the exchange does not say what it may do"] : Array.Empty<string>(),
            .. rights?.IsBoundToAddresses == false ? ["it is taken from any address"] : Array.Empty<string>(),
            .. rights?.MayWithdraw == true ? ["it may withdraw"] : Array.Empty<string>(),
            .. rights?.MayTrade == false ? ["it may not trade"] : Array.Empty<string>(),
        ];
        string warning = string.Join(", ", all);
        bool isNews = _health.SetWarning(use.Owner, warning);
        if (isNews && warning.Length > 0)
        {
            Log.KeyUnwise(_logger, use.Key.ToString(), warning);
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
            refusal = await _proof.RefusalOf(use, use.Own, cancellation);
        }
        while (use.Key != key);

        _ = _asked.TryRemove(use.Owner, out _);
        if (refusal is not null)
        {
            _keys.Of(use.Owner).Refused(key, refusal);
        }
    }
}
