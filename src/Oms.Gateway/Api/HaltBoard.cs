using System.Text.Json;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.Gateway.Events;
using Oms.Gateway.Listings;

namespace Oms.Gateway.Api;

/// <summary>
/// What is halted now: firm and accounts as FastPath's table says, exchanges and who did it as the log tells.
/// </summary>
internal sealed class HaltBoard(ListingNames names, StateReader state, GatewayViews views)
{
    /// <summary>The firm, then exchanges, then accounts; only what is halted.</summary>
    public IEnumerable<V1.Halt> All =>
    [
        .. Halted(state.FirmHalt, V1.HaltScope.Firm, ""),
        .. views.Halts.All.Where(halt => halt.Scope == HaltScope.Exchange)
            .SelectMany(halt => Halted(halt, V1.HaltScope.Exchange, halt.Exchange.ToString()))
            .OrderBy(halt => halt.Name, StringComparer.Ordinal),
        .. names.Accounts.SelectMany(
            account => Halted(state.HaltOf(account), V1.HaltScope.Account, account.Name)),
    ];

    public static string TextOf(HaltReason reason) =>
        reason == HaltReason.None ? "" : JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    private IEnumerable<V1.Halt> Halted(HaltChanged? halt, V1.HaltScope scope, string name)
    {
        if (halt is not { State: not HaltState.Resumed } halted)
        {
            return [];
        }

        AccountId account = scope == V1.HaltScope.Account ? halted.Header.AccountId : AccountId.None;
        Text16 exchange = scope == V1.HaltScope.Exchange ? halted.Exchange : default;
        HaltChanged said = views.Halts.Find((HaltScope)scope, account, exchange) ?? halted;
        return
        [
            new()
            {
                Scope = scope,
                Name = name,
                State = (V1.HaltState)(said.State == HaltState.Confirmed ? said.State : halted.State),
                Reason = TextOf(halted.Reason),
                By = said.By.ToString(),
            },
        ];
    }
}
