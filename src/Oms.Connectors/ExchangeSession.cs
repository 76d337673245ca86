using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Domain;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Exchanges;
using Oms.Keys;

namespace Oms.Connectors;

/// <summary>
/// An exchange during one session: listens to its streams, keeps its filters, and holds its accounts.
/// </summary>
internal sealed class ExchangeSession : IExchangeListener, IDisposable
{
    private static readonly Text32 SettingsDiffer = Text32.Of("account settings differ");

    private readonly ConnectorDefinitions _definitions;
    private readonly IExchange _exchange;
    private readonly ReportQueue _reports;
    private readonly ConnectorHealth _health;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly FrozenDictionary<AccountId, AccountName> _names;
    private readonly FrozenDictionary<InstrumentId, TopOfBookSlot> _tops;
    private readonly FrozenDictionary<InstrumentId, BookSlot> _books;
    private readonly FrozenDictionary<InstrumentId, string> _symbols;
    private readonly List<KeyUse> _keyUses = [];

    /// <summary>What of an account was last seen not to be set as configured.</summary>
    private readonly ConcurrentDictionary<AccountId, string> _differences = new();
    private ImmutableArray<InstrumentFilters> _filters = [];
    private StreamWatch? _streams;
    private long _session;

    public ExchangeSession(
        ConnectorDefinitions definitions, ReportQueue reports, ConnectorHealth health, TimeProvider time,
        ILoggerFactory loggers)
    {
        (_definitions, _reports, _health, _time) = (definitions, reports, health, time);
        _logger = loggers.CreateLogger<ExchangeSession>();
        _exchange = ExchangeFactory.Create(definitions.Exchange, definitions.Listings, time, loggers);
        _names = definitions.Accounts.ToFrozenDictionary(
            account => account.Id, account => account.Configuration.Name);
        var interval = TimeSpan.FromMilliseconds(definitions.Exchange.TopOfBookIntervalMs);
        _tops = definitions.AllListings.ToFrozenDictionary(
            listing => listing.InstrumentId, _ => new TopOfBookSlot(interval, time, reports.Wake));
        _books = definitions.AllListings.ToFrozenDictionary(
            listing => listing.InstrumentId,
            listing => new BookSlot(listing.InstrumentId, definitions.Exchange.BookLevels));
        _symbols = definitions.AllListings.ToFrozenDictionary(
            listing => listing.InstrumentId, listing => $"{definitions.Exchange.Name} {listing.Symbol}");
    }

    public IEnumerable<TopOfBookSlot> Tops => _tops.Values;

    /// <summary>What signs, once the session has started.</summary>
    public IEnumerable<KeyUse> KeyUses => _keyUses;

    /// <summary>Waits until the exchange says what may be traded; says so meanwhile.</summary>
    public async Task<ImmutableArray<InstrumentFilters>> WaitForFilters()
    {
        await using IAsyncDisposable beating = _health.KeepBeating(_time);
        var untilAnswered = new Repetition<ImmutableArray<InstrumentFilters>?>(
            static filters => filters is null, _time);
        ImmutableArray<InstrumentFilters>? filters =
            await untilAnswered.Ask(_ => AskForFilters(), CancellationToken.None);
        return _filters = filters ?? throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>Null, and said so, when the exchange does not answer.</summary>
    private async Task<ImmutableArray<InstrumentFilters>?> AskForFilters()
    {
        string reason;
        switch (await _exchange.Instruments.QueryFilters(CancellationToken.None))
        {
            case Outcome<ImmutableArray<InstrumentFilters>>.Accepted accepted:
                return accepted.Reply;
            case Outcome<ImmutableArray<InstrumentFilters>>.Refused refused:
                reason = refused.Text;
                break;
            case Outcome<ImmutableArray<InstrumentFilters>>.Unknown unknown:
                reason = unknown.Text;
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        Log.ExchangeUnreachable(_logger, _definitions.Exchange.Name, reason);
        _health.Say(
            SharedMemory.Health.ProcessState.Degraded,
            $"{_definitions.Exchange.Name} not reachable: {reason}");
        return null;
    }

    /// <summary>Starts streams and accounts of a session; gives back the accounts.</summary>
    public IEnumerable<KeyValuePair<AccountId, AccountSession>> Start(
        long session, ExchangeKeys keys, BudgetBoard budgets, BookBoard books, InFlightWork work)
    {
        _session = session;
        foreach (BookSlot slot in _books.Values)
        {
            books.Add(_definitions.Exchange, slot);
        }

        foreach (string symbol in _symbols.Values)
        {
            _health.SetBook(symbol, isValid: false);
        }

        var credentials = ImmutableArray.CreateBuilder<AccountCredentials>();
        var accounts = new List<KeyValuePair<AccountId, AccountSession>>();
        foreach ((AccountId id, AccountConfiguration account) in _definitions.Accounts)
        {
            ImmutableArray<AccountCredentials> own =
                [.. _definitions.MarketsOf(account).Select(market => CredentialsOf(id, account, market, keys))];
            credentials.AddRange(own);
            _health.SetStream(account.Name, StreamState.Down);
        }

        IPrivateStream stream = _exchange.OpenPrivateStream(credentials.ToImmutable());
        var streams = new StreamWatch(id => _names[id], stream.Doubt, _time, _logger);
        _streams = streams;
        Dictionary<string, ITransfers?> families = [];
        foreach ((AccountId id, AccountConfiguration account) in _definitions.Accounts)
        {
            ITransfers? transfers = TransfersOf(account, credentials, families);
            ImmutableArray<AccountCredentials> own = [.. credentials.Where(each => each.Id == id)];
            accounts.Add(new(id, OpenAccount(id, account.Name, own, transfers, streams, budgets, work)));
        }

        work.StartForLife(stop => _exchange.Books.Run(this, stop));
        work.StartForLife(RefreshFilters);
        if (credentials.Count > 0)
        {
            work.StartForLife(stop => stream.Run(this, stop));
            work.StartForLife(streams.Run);
        }

        return accounts;
    }

    public ValueTask TradeSeen(TradeSeen trade, CancellationToken cancellation) =>
        _reports.Write(trade, cancellation);

    public ValueTask OrderSeen(OrderSeen order, CancellationToken cancellation)
    {
        _streams?.Heard(in order);
        return _reports.Write(order, cancellation);
    }

    public ValueTask BalanceMoved(BalanceMoved moved, CancellationToken cancellation) =>
        _reports.Write(moved, cancellation);

    public ValueTask FundingSeen(FundingSeen funding, CancellationToken cancellation) =>
        _reports.Write(funding, cancellation);

    public ValueTask MarkChanged(MarkPrice mark, CancellationToken cancellation) =>
        _reports.Write(mark, cancellation);

    public ValueTask StreamChanged(AccountId account, StreamState state, CancellationToken cancellation)
    {
        Log.StreamChanged(_logger, _names[account], state);
        _streams?.Changed(account);
        _health.SetStream(_names[account], state);
        return _reports.Write(
            new StreamChanged
            {
                Header = MessageHeader.For<StreamChanged>(account),
                Session = _session,
                State = state,
            },
            cancellation);
    }

    /// <summary>
    /// An account that is not held as it is configured adds no risk until somebody looks. It is halted once for each
    /// difference: a halt ends what is to close the account's positions.
    /// </summary>
    public async ValueTask SettingsSeen(AccountId account, string difference, CancellationToken cancellation)
    {
        _health.SetSettings(_names[account], difference);
        string before = _differences.GetValueOrDefault(account, "");
        _differences[account] = difference;
        if (difference.Length > 0 && difference != before)
        {
            Log.SettingsDiffer(_logger, _names[account], difference);
            await _reports.Write(AccountHalt.Of(account, SettingsDiffer), cancellation);
        }
    }

    public void TopChanged(in TopOfBook top)
    {
        _tops[top.InstrumentId].Put(top);
        _health.SetBook(_symbols[top.InstrumentId], top.BidPrice != 0 || top.AskPrice != 0);
    }

    public void LevelsChanged(
        InstrumentId listing, long exchangeUnixNanos, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks) =>
        _books[listing].Put(exchangeUnixNanos, bids, asks);

    public void Dispose() => _exchange.Dispose();

    /// <summary>Transfers are asked for by the main account of a family; null where it is not served here.</summary>
    private ITransfers? TransfersOf(
        AccountConfiguration account,
        ImmutableArray<AccountCredentials>.Builder credentials,
        Dictionary<string, ITransfers?> families)
    {
        string main = account.Parent ?? account.Name.Account;
        if (!families.TryGetValue(main, out ITransfers? transfers))
        {
            transfers = credentials.Where(each => each.Name.Account == main)
                .Select(_exchange.OpenTransfers)
                .FirstOrDefault(found => found is not null);
            families.Add(main, transfers);
        }

        return transfers;
    }

    private AccountCredentials CredentialsOf(
        AccountId id, AccountConfiguration account, Market market, ExchangeKeys keys)
    {
        ExchangeKey? key = keys.Of(new(account.Name, market)).Current;
        // No start without it, and what is current stays so until another is proven.
        Invariant.Holds(key is not null);
        var credentials = new AccountCredentials(id, account.Name, market, SigningKeys.Of(key))
        {
            Source = account.Source,
            Positions = market == Market.Futures
                ? new((int)(account.LeverageMax ?? 0), account.IsHedged, account.IsIsolated)
                : null,
        };
        _keyUses.Add(new(
            new(account.Name, market), account.Parent is not null, credentials, key, SampleOf(account, market),
            _exchange));
        return credentials;
    }

    /// <summary>The least of the first listing of a market that is traded now; null where there is none.</summary>
    private SampleOrder? SampleOf(AccountConfiguration account, Market market) => _filters
        .Where(filters => filters.Tradable != 0
            && _definitions.Listings[market].TryFind(filters.InstrumentId, out _))
        .Select(filters => new SampleOrder(
            filters.InstrumentId,
            new()
            {
                Side = Side.Buy,
                Type = OrderType.Market,
                TimeInForce = TimeInForce.ImmediateOrCancel,
                PositionSide = account.IsHedged == true ? PositionSide.Long : PositionSide.Both,
                Quantity = Math.Max(filters.QuantityMin, filters.LotSize),
            }))
        .FirstOrDefault();

    private AccountSession OpenAccount(
        AccountId id,
        AccountName name,
        ImmutableArray<AccountCredentials> credentials,
        ITransfers? family,
        StreamWatch streams,
        BudgetBoard budgets,
        InFlightWork work)
    {
        var recvWindow = TimeSpan.FromMilliseconds(_definitions.Exchange.RecvWindowMs);
        if (credentials is [var single])
        {
            _exchange.Know(single);
        }

        IExchangeAccount account = _exchange.OpenAccount(credentials);
        var sent = new SentOrders(recvWindow, _time);
        var resolution = new OrderResolution(id, name, account, sent, _reports, recvWindow, _time, _logger);
        var evidence = new EvidenceGathering(id, name, account, resolution, _reports, _time, _logger);
        work.StartForLife(evidence.Run);
        work.StartForLife(account.KeepOpen);
        foreach (AccountCredentials market in credentials)
        {
            budgets.Add(id, market.Market, account);
        }

        var transfers = new AccountTransfers(id, name, family, _reports, _logger);
        var age = OrderAge.Of(_definitions.Exchange, _time);
        return new(
            id, name, account, sent, evidence, transfers, streams, _reports, work, age, _time, _logger);
    }

    private async Task RefreshFilters(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(ConnectorLimits.FiltersRefreshInterval, _time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            if (await _exchange.Instruments.QueryFilters(cancellation)
                is Outcome<ImmutableArray<InstrumentFilters>>.Accepted accepted)
            {
                foreach (InstrumentFilters changed in accepted.Reply.Except(_filters))
                {
                    await _reports.Write(changed, cancellation);
                }

                _filters = accepted.Reply;
            }
        }
    }
}
