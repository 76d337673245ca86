using System.Diagnostics;
using System.Globalization;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Tables;

namespace Oms.Cli.Halting;

/// <summary>What a halt is about, as it was typed.</summary>
internal sealed record HaltScopeText(HaltScope Scope, string Name)
{
    /// <exception cref="RefusedException">FastPath knows no such account or exchange.</exception>
    public ChangeHalt Command(bool isHalted, SharedRegion region) => new()
    {
        Header = MessageHeader.For<ChangeHalt>(
            Scope == HaltScope.Account ? AccountOf(region) : AccountId.None),
        Scope = Scope,
        IsHalted = isHalted ? (byte)1 : (byte)0,
        OrderId = Scope == HaltScope.Order ? OrderOf() : OrderId.None,
        Exchange = Scope == HaltScope.Exchange ? ExchangeOf(region) : default,
        CorrelationId = Stopwatch.GetTimestamp(),
        By = Text32.OfTruncated(Environment.UserName),
    };

    /// <summary>As <c>account binance/main</c>.</summary>
    public override string ToString() =>
        Name.Length == 0 ? ScopeName : string.Create(CultureInfo.InvariantCulture, $"{ScopeName} {Name}");

    public string ScopeName => Scope switch
    {
        HaltScope.Order => "order",
        HaltScope.Account => "account",
        HaltScope.Exchange => "exchange",
        HaltScope.Firm => "firm",
    };

    private AccountId AccountOf(SharedRegion region)
    {
        using var directory = new ListingDirectory(region);
        return directory.TryFindAccount(Name, out AccountDefined account)
            ? account.Header.AccountId
            : throw new RefusedException($"--account: FastPath has no account '{Name}'");
    }

    private Text16 ExchangeOf(SharedRegion region)
    {
        using var directory = new ListingDirectory(region);
        return directory.Accounts.Any(account => account.Exchange.ToString() == Name)
            ? Text16.Of(Name)
            : throw new RefusedException($"--exchange: FastPath has no account at '{Name}'");
    }

    private OrderId OrderOf() =>
        long.TryParse(Name, NumberStyles.None, CultureInfo.InvariantCulture, out long id) && id > 0
            ? new(id)
            : throw new RefusedException($"--order: '{Name}' is no order id");
}
