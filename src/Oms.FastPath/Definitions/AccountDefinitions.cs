using System.Collections.Immutable;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.Engine;

namespace Oms.FastPath.Definitions;

/// <summary>Gives accounts their numbers, and says what may be traded with them.</summary>
internal static class AccountDefinitions
{
    public static IEnumerable<byte[]> Changed(SystemConfiguration configuration, EngineView engine)
    {
        Dictionary<string, AccountDefined> known =
            engine.Accounts.ToDictionary(account => account.Name.ToString());
        ImmutableDictionary<string, uint> numbers = NumbersOf(configuration, known);
        ImmutableDictionary<string, uint> groups = GroupsOf(configuration, numbers);
        foreach (AccountConfiguration account in configuration.Accounts)
        {
            string name = account.Name.ToString();
            var wanted = new AccountDefined
            {
                Header = MessageHeader.For<AccountDefined>(new AccountId(numbers[name])),
                Name = Text64.Of(name),
                Exchange = Text16.Of(account.Name.Exchange),
                Connector = 0,
                Markets = account.Markets,
                OwnerGroup = groups[account.OwnerGroup],
            };
            bool isKnown = known.Remove(name, out AccountDefined before);
            if (!isKnown || before with { Header = wanted.Header } != wanted)
            {
                yield return Definitions.Bytes(wanted);
            }
        }

        // An account that left the file keeps its number and its past, and may no longer trade.
        foreach (AccountDefined removed in known.Values.OrderBy(account => account.Header.AccountId.Value))
        {
            if (removed.Markets != MarketFlags.None)
            {
                yield return Definitions.Bytes(removed with
                {
                    Header = MessageHeader.For<AccountDefined>(removed.Header.AccountId),
                    Markets = MarketFlags.None,
                });
            }
        }
    }

    /// <summary>How many accounts there are once those of the configuration are defined.</summary>
    public static int CountWith(SystemConfiguration configuration, EngineView engine) =>
        engine.Accounts.Select(account => account.Name.ToString())
            .Union(configuration.Accounts.Select(account => account.Name.ToString()))
            .Count();

    /// <summary>The number of each configured group: that of its first account.</summary>
    public static ImmutableDictionary<string, uint> GroupsOf(SystemConfiguration configuration, EngineView engine) =>
        GroupsOf(configuration, engine.Accounts.ToImmutableDictionary(
            account => account.Name.ToString(), account => account.Header.AccountId.Value));

    private static ImmutableDictionary<string, uint> GroupsOf(
        SystemConfiguration configuration, ImmutableDictionary<string, uint> numbers) => configuration.Accounts
            .GroupBy(account => account.OwnerGroup)
            .ToImmutableDictionary(
                group => group.Key, group => group.Min(account => numbers[account.Name.ToString()]));

    /// <summary>The number of each account, new ones behind those that are known.</summary>
    private static ImmutableDictionary<string, uint> NumbersOf(
        SystemConfiguration configuration, Dictionary<string, AccountDefined> known)
    {
        var numbers = ImmutableDictionary.CreateBuilder<string, uint>();
        uint next = (uint)known.Count;
        foreach (AccountConfiguration account in configuration.Accounts)
        {
            string name = account.Name.ToString();
            numbers[name] = known.TryGetValue(name, out AccountDefined before)
                ? before.Header.AccountId.Value
                : ++next;
        }

        return numbers.ToImmutable();
    }
}
