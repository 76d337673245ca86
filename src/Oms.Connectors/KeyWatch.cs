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
/// What keys may do is asked at the start: one that could take a sub-account's money away is not used.
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
    private readonly KeyProof _proof;
    private readonly ILogger _logger;

    public KeyWatch(
        IEnumerable<KeyUse> uses, ExchangeKeys keys, ReportQueue reports, ConnectorHealth health, InFlightWork work,
        TimeProvider time, ILogger logger)
    {
        _uses = uses.ToFrozenDictionary(use => use.Owner);
        (_keys, _reports, _health, _work, _logger) = (keys, reports, health, work, logger);
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
            Warn(use, rights);
            Log.KeyChanged(_logger, use.Credentials.Name, rotation.Candidate.ToString());
        }
    }

    /// <summary>The keys that sign from the start on, one after the other: nobody waits for it.</summary>
    private async Task LookAtRights(CancellationToken cancellation)
    {
        foreach (KeyUse use in _uses.Values)
        {
            ExchangeKey key = use.Key;
            KeyRights? rights = await _proof.RightsOf(use, use.Own, cancellation);
            if (use.Key != key)
            {
                // Its successor was asked when it was proven.
                continue;
            }

            if (ExcessOf(use, rights) is { } excess)
            {
                _keys.Of(use.Owner).Refused(key, excess);
            }
            else
            {
                Warn(use, rights);
            }
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
        _health.SetWarning(use.Owner, warning);
        if (warning.Length > 0)
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
