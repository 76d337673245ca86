using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Grains.Accounts;
using Oms.Grains.Portfolio;
using Oms.Grains.Rebalancing;
using Oms.Grains.Risk;
using Oms.Silo.Control;

namespace Oms.Silo.Grains;

/// <summary>Tells the grains what configuration says, once, when this silo begins to feed.</summary>
internal sealed class ConfiguredGrains(
    IGrainFactory grains, SystemConfiguration configuration, ILogger<ConfiguredGrains> logger)
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns when all of them know it, or when it is canceled.</summary>
    public Task RunAsync(CancellationToken cancellation) => Repeated.UntilAsync(
        "configuring grains",
        PauseAfterFailure,
        logger,
        async token =>
        {
            await ConfigureAsync(token);
            return true;
        },
        cancellation);

    /// <summary>The limits of every account, of every group and of the firm, as files state them.</summary>
    public static IEnumerable<ConfiguredLimits> LimitsOf(SystemConfiguration configuration)
    {
        LimitsConfiguration limits = configuration.Limits;
        yield return new()
        {
            Key = new(LimitScope.Firm, ""),
            Limits = new() { PositionValueMax = limits.FirmPositionValueMax },
        };
        foreach (string group in configuration.Accounts.Select(account => account.OwnerGroup).Distinct())
        {
            decimal value = limits.GroupPositionValueMax.GetValueOrDefault(group);
            yield return new()
            {
                Key = new(LimitScope.Group, group),
                Limits = new() { PositionValueMax = value == 0 ? null : value },
            };
        }

        foreach (AccountConfiguration account in configuration.Accounts)
        {
            yield return new()
            {
                Key = new(LimitScope.Account, account.Name.ToString()),
                Limits = LimitsOf(account, limits),
            };
        }
    }

    /// <summary>How the family of a main account is kept in balance.</summary>
    public static RebalanceSettings RebalanceSettingsOf(AccountConfiguration main, SystemConfiguration configuration)
    {
        AccountRoutingConfiguration routing = configuration.AccountRouting;
        return new()
        {
            Asset = configuration.Limits.ValuationAsset,
            MainBalanceMin = routing.MainBalanceMinUsdt ?? 0,
            TransferMin = routing.RebalanceTransferMinUsdt,
            Cron = routing.Rebalance?.Cron ?? "",
            Subs =
            [
                .. configuration.Accounts
                    .Where(account =>
                        account.Name.Exchange == main.Name.Exchange && account.Parent == main.Name.Account)
                    .Select(account => new RebalanceSub
                    {
                        Account = account.Name.ToString(),
                        Markets = account.Markets,
                        BalanceMax = routing.SubBalanceMaxUsdt,
                        WorthMax = account.BalanceMaxUsdt,
                    }),
            ],
        };
    }

    private static LimitSet LimitsOf(AccountConfiguration account, LimitsConfiguration limits)
    {
        AccountLimitsConfiguration own = limits.Accounts.TryGetValue(account.Name, out var found)
            ? found.Over(limits.AccountDefaults)
            : limits.AccountDefaults;
        return new()
        {
            OrderNotionalMax = own.OrderNotionalMax,
            OpenOrdersMax = own.OpenOrdersMax,
            OrdersPerWindowMax = own.OrdersPerWindowMax,
            OrderWindowMs = own.OrderWindowMs,
            DuplicateWindowMs = own.DuplicateWindowMs,
            LeverageMax = account.LeverageMax,
            PositionValueMax = account.PositionMaxUsdt,
            BalanceValueMax = account.BalanceMaxUsdt,
            LossMax = own.LossMax,
        };
    }

    private static AccountSettings SettingsOf(AccountConfiguration account) => new()
    {
        Type = account.Type,
        Parent = account.Parent is { } parent ? $"{account.Name.Exchange}/{parent}" : "",
        OwnerGroup = account.OwnerGroup,
        Strategy = account.Strategy ?? "",
        Markets = account.Markets,
        KeyPath = account.KeyPath ?? "",
    };

    private async Task ConfigureAsync(CancellationToken cancellation)
    {
        await grains.GetGrain<IRiskPolicyGrain>(IRiskPolicyGrain.Key)
            .Configure([.. LimitsOf(configuration)])
            .WaitAsync(cancellation);
        await grains.GetGrain<IPortfolioGrain>(IPortfolioGrain.Key)
            .Configure([.. configuration.Accounts.Select(account => account.Name.ToString())])
            .WaitAsync(cancellation);
        foreach (AccountConfiguration account in configuration.Accounts)
        {
            await grains.GetGrain<IAccountGrain>(account.Name.ToString())
                .Configure(SettingsOf(account))
                .WaitAsync(cancellation);
        }

        foreach (AccountConfiguration main in configuration.Accounts.Where(account => account.Type == AccountType.Main))
        {
            await grains.GetGrain<IRebalancerGrain>(main.Name.ToString())
                .Configure(RebalanceSettingsOf(main, configuration))
                .WaitAsync(cancellation);
        }
    }
}
