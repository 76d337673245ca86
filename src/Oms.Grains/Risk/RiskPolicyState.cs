using System.Collections.Immutable;
using System.Text.Json;
using Oms.Domain.Accounts;

namespace Oms.Grains.Risk;

/// <summary>What is stored of limits and halts: replaced as a whole, never changed.</summary>
internal sealed record RiskPolicyState : ISequencedState
{
    /// <summary>Entries of the audit trail that are kept, the newest.</summary>
    public const int AuditMax = 1000;

    public static int CurrentVersion => 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>Of the log.</summary>
    public long LastSequence { get; init; }

    public ImmutableArray<StoredLimits> Limits { get; init; } = [];

    /// <summary>In force.</summary>
    public ImmutableArray<HaltView> Halts { get; init; } = [];

    /// <summary>The oldest first.</summary>
    public ImmutableArray<AuditEntry> Audit { get; init; } = [];

    public StoredLimits? Find(LimitKey key) => Limits.FirstOrDefault(limits => limits.Key == key);

    /// <summary>The state after the events of the batch that are not in it yet.</summary>
    public RiskPolicyState After(PolicyBatch batch)
    {
        RiskPolicyState state = this;
        foreach (HaltUpdate halt in batch.Halts.Where(halt => halt.Sequence > LastSequence))
        {
            state = state.After(halt);
        }

        foreach (LimitsConfirmed limits in batch.Limits.Where(limits => limits.LogSequence > LastSequence))
        {
            state = state.After(limits);
        }

        return state with { Version = CurrentVersion, LastSequence = batch.LastLogSequence };
    }

    /// <summary>The state after configuration was read; itself where that says nothing new.</summary>
    public RiskPolicyState Configured(ImmutableArray<ConfiguredLimits> configured)
    {
        Dictionary<LimitKey, LimitSet> wanted = configured.ToDictionary(limits => limits.Key, limits => limits.Limits);
        ImmutableArray<StoredLimits> limits =
        [
            .. Limits
                .Where(known => known.Version > 0 || wanted.ContainsKey(known.Key))
                .Select(known => known with { Configured = wanted.GetValueOrDefault(known.Key) })
                .Concat(wanted
                    .Where(pair => Find(pair.Key) is null)
                    .Select(pair => new StoredLimits { Key = pair.Key, Configured = pair.Value }))
                .OrderByDescending(known => known.Key.Scope)
                .ThenBy(known => known.Key.Name, StringComparer.Ordinal),
        ];
        return limits.SequenceEqual(Limits) ? this : this with { Version = CurrentVersion, Limits = limits };
    }

    /// <summary>The state in which limits are wanted, under the next version.</summary>
    public RiskPolicyState Wanting(LimitChange change, StoredLimits known, long unixNanos)
    {
        StoredLimits wanted = known with { Set = change.Limits, Version = known.Version + 1, Problem = "" };
        return With(known, wanted).Noting(new()
        {
            UnixNanos = unixNanos,
            Action = AuditAction.LimitsSet,
            By = change.By,
            Subject = SubjectOf(change.Key),
            Version = wanted.Version,
            Old = known.Limits,
            New = change.Limits,
        });
    }

    /// <summary>The halts that hold for an account.</summary>
    public IEnumerable<HaltView> HaltsOn(string account, string exchange) => Halts.Where(halt => halt.Scope switch
    {
        HaltScope.Account => halt.Name == account,
        HaltScope.Exchange => halt.Name == exchange,
        HaltScope.Firm => true,
        HaltScope.Order => false,
    });

    private RiskPolicyState After(HaltUpdate halt)
    {
        HaltView? before = Halts.FirstOrDefault(known => known.Scope == halt.Scope && known.Name == halt.Name);
        var after = new HaltView
        {
            Scope = halt.Scope,
            Name = halt.Name,
            State = halt.State,
            Reason = halt.Reason,
            By = halt.By.Length > 0 ? halt.By : before?.By ?? "",
            UnixNanos = before?.UnixNanos ?? halt.UnixNanos,
        };
        bool isOver = halt.State == HaltState.Resumed || halt.Scope == HaltScope.Order;
        RiskPolicyState state = this with
        {
            Halts =
            [
                .. Halts.Where(known => known != before),
                .. isOver ? [] : new[] { after },
            ],
        };
        return state.Noting(new()
        {
            UnixNanos = halt.UnixNanos,
            Action = halt.State switch
            {
                HaltState.Resumed => AuditAction.Resumed,
                HaltState.Halted => AuditAction.Halted,
                HaltState.Confirmed => AuditAction.HaltConfirmed,
            },
            By = halt.By,
            Subject = $"{Snake(halt.Scope.ToString())} {halt.Name}".TrimEnd(),
            Version = 0,
            Detail = Snake(halt.Reason.ToString()),
        });
    }

    private RiskPolicyState After(LimitsConfirmed confirmed)
    {
        StoredLimits known = Find(confirmed.Key) ?? new StoredLimits { Key = confirmed.Key };
        if (confirmed.Version <= known.ConfirmedVersion)
        {
            return this;
        }

        const string NotTaken = "FastPath does not know the account or group";
        StoredLimits after = confirmed.IsApplied
            ? known with
            {
                Version = Math.Max(known.Version, confirmed.Version),
                ConfirmedVersion = confirmed.Version,
                ConfirmedUnixNanos = confirmed.UnixNanos,
            }
            : known with { Problem = NotTaken };
        return With(known, after).Noting(new()
        {
            UnixNanos = confirmed.UnixNanos,
            Action = confirmed.IsApplied ? AuditAction.LimitsConfirmed : AuditAction.LimitsRefused,
            By = "",
            Subject = SubjectOf(confirmed.Key),
            Version = confirmed.Version,
            New = known.Limits,
            Detail = confirmed.IsApplied ? "" : NotTaken,
        });
    }

    private RiskPolicyState With(StoredLimits before, StoredLimits after)
    {
        int index = Limits.IndexOf(before);
        return this with { Limits = index < 0 ? Limits.Add(after) : Limits.SetItem(index, after) };
    }

    private RiskPolicyState Noting(AuditEntry entry) => this with
    {
        Audit = Audit.Length < AuditMax ? Audit.Add(entry) : Audit.RemoveAt(0).Add(entry),
    };

    private static string SubjectOf(LimitKey key) => $"{Snake(key.Scope.ToString())} {key.Name}".TrimEnd();

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
