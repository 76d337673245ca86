using System.Collections.Immutable;
using System.Text.Json;
using Oms.Domain.Accounts;
using Oms.Domain.Time;
using Oms.Grains.Risk;

namespace Oms.Grains.Accounts;

/// <summary>How an account is, from what was last heard of it and what halts hold.</summary>
internal static class HealthJudge
{
    public static AccountHealth Judge(AccountState state, IEnumerable<HaltView> halts, long nowUnixNanos)
    {
        ImmutableArray<ConditionReason> reasons =
        [
            .. halts.Select(halt => Reason(AccountCondition.Halted, TextOf(halt), halt.UnixNanos)),
            Reason(ConditionOf(state), TextOf(state), state.GateUnixNanos),
        ];
        return new() { Condition = reasons.Max(reason => reason.Condition), Reasons = reasons };

        ConditionReason Reason(AccountCondition condition, string text, long sinceUnixNanos) => new()
        {
            Condition = condition,
            Text = text,
            SinceUnixNanos = sinceUnixNanos,
            AgeMs = sinceUnixNanos == 0
                ? 0
                : Math.Max(0, nowUnixNanos - sinceUnixNanos) / UnixNanos.PerMillisecond,
        };
    }

    public static KeyView KeyOf(AccountState state) => new()
    {
        Status = state.Gate == AccountGate.Ready ? KeyStatus.Working
            : state.ReadyUnixNanos > 0 ? KeyStatus.WorkedBefore
            : KeyStatus.Unproven,
        ProvenUnixNanos = state.ReadyUnixNanos,
    };

    /// <summary>The halts that hold for an account: its own, and those of the policy for more than it.</summary>
    public static IEnumerable<HaltView> HaltsOf(AccountState state, string account, IEnumerable<HaltView> others)
    {
        if (state.Halt is { } own)
        {
            yield return new()
            {
                Scope = HaltScope.Account,
                Name = account,
                State = own.State,
                Reason = own.Reason,
                By = own.By,
                UnixNanos = own.UnixNanos,
            };
        }

        foreach (HaltView halt in others.Where(halt => halt.Scope != HaltScope.Account))
        {
            yield return halt;
        }
    }

    private static AccountCondition ConditionOf(AccountState state) => state.Gate switch
    {
        AccountGate.Ready => AccountCondition.Ready,
        AccountGate.Reconciling => AccountCondition.Incomplete,
        AccountGate.Disconnected => AccountCondition.Stale,
    };

    private static string TextOf(AccountState state) => state.GateReason == GateReason.None
        ? Snake(state.Gate.ToString())
        : Snake(state.GateReason.ToString());

    private static string TextOf(HaltView halt)
    {
        string what = Snake(halt.Scope.ToString());
        string who = halt.By.Length > 0 ? $" by {halt.By}" : "";
        return $"{Snake(halt.State.ToString())}: {what} ({Snake(halt.Reason.ToString())}){who}";
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
