using System.Collections.Immutable;

namespace Oms.Grains.Risk;

/// <summary>
/// The limits of the firm, its owner groups and its accounts, versioned and audited, and the halts, as FastPath
/// told them. One grain, <see cref="Key"/>. FastPath alone enforces: this grain says what is wanted, and
/// what FastPath confirmed.
/// </summary>
[Alias("Oms.Grains.IRiskPolicyGrain")]
public interface IRiskPolicyGrain : IGrainWithStringKey
{
    const string Key = "firm";

    /// <summary>Stores a batch of the log's events; one that was stored before changes nothing.</summary>
    /// <returns>The log sequence that is needed next.</returns>
    [Alias("Apply")]
    Task<BatchReceipt> Apply(PolicyBatch batch);

    /// <summary>Takes over what configuration says; limits that somebody set hold on.</summary>
    [Alias("Configure")]
    Task Configure(ImmutableArray<ConfiguredLimits> limits);

    /// <summary>Records other limits; FastPath is told and confirms later.</summary>
    [Alias("SetLimits")]
    Task<LimitReceipt> SetLimits(LimitChange change);

    /// <summary>What FastPath is still to be told.</summary>
    [Alias("GetPending")]
    Task<ImmutableArray<PendingLimits>> GetPending();

    [Alias("GetView")]
    Task<PolicyView> GetView();

    /// <summary>What the policy says of an account, by its name <c>exchange/account</c>.</summary>
    [Alias("GetAccount")]
    Task<AccountPolicyView> GetAccount(string account);

    /// <summary>The newest entries of the audit trail, the newest first.</summary>
    [Alias("GetAudit")]
    Task<ImmutableArray<AuditEntry>> GetAudit(int entriesMax);

    /// <summary>The last of the log's sequences that is stored; 0 for none.</summary>
    [Alias("GetLastLogSequence")]
    Task<long> GetLastLogSequence();
}
