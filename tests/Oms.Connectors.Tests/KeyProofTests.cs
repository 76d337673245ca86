using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Exchanges;
using Oms.Keys;
using Oms.Keys.Files;
using Oms.Testing;

namespace Oms.Connectors.Tests;

/// <summary>What proves a key, what is against it, and what says nothing.</summary>
public sealed class KeyProofTests : IDisposable
{
    private const string Words = "the exchange's words";

    private static readonly KeyOwner Owner = new(new("binance", "sub"), Market.Futures);

    private readonly TemporaryFolder _folder = new("key-proof");
    private readonly FakeTimeProvider _time = new();
    private readonly KeyProof _proof;
    private readonly ExchangeKey _key;

    public KeyProofTests()
    {
        _proof = new(_time);
        Passphrase.MakeFile(_folder["passphrase"]);
        using var passphrase = Passphrase.ReadFile(_folder["passphrase"]);
        using var file = KeyFileChange.Begin(
            _folder["keys"], passphrase, new KeyDerivationCost(8, 1, 1), TimeProvider.System);
        _key = file.Add(Owner, KeyPair.Of("key", "secret"u8));
    }

    [Theory]
    [InlineData(-4109, RejectReason.ExchangeRefused)]
    [InlineData(-1099, RejectReason.ExchangeKeyRefused)]
    public async Task A_candidate_that_is_not_told_what_its_account_holds_is_not_proven(int code, RejectReason reason)
    {
        var account = new AccountStandIn { Balances = () => Refused<ImmutableArray<BalanceSeen>>(reason, code) };
        (KeyUse use, KeyTrial trial) = Tried(account);
        Assert.Equal(Words, await _proof.RefusalOf(use, trial, CancellationToken.None));
        // Of the one that signs, only what is said of the key counts.
        Assert.Equal(
            reason == RejectReason.ExchangeKeyRefused ? Words : null,
            await _proof.RefusalOf(use, use.Own, CancellationToken.None));
    }

    [Theory]
    [InlineData(-2019, RejectReason.ExchangeInsufficientBalance, null)]
    [InlineData(-1099, RejectReason.ExchangeKeyRefused, Words)]
    public async Task An_order_that_is_tested_may_be_refused_for_itself(int code, RejectReason reason, string? refusal)
    {
        (KeyUse use, KeyTrial trial) = Tried(new() { Testing = _ => Refused<OrderTerms>(reason, code) });
        Assert.Equal(refusal, await _proof.RefusalOf(use, trial, CancellationToken.None));
    }

    [Fact]
    public async Task What_refuses_everybody_is_asked_again()
    {
        var answers = new Queue<Outcome<ImmutableArray<BalanceSeen>>>(
        [
            Refused<ImmutableArray<BalanceSeen>>(RejectReason.ExchangeRateLimited, -1003),
            Refused<ImmutableArray<BalanceSeen>>(RejectReason.ExchangeRefused, 0),
            Refused<ImmutableArray<BalanceSeen>>(RejectReason.ExchangeClockOutsideWindow, -1021),
            new Outcome<ImmutableArray<BalanceSeen>>.Unknown("no answer", default),
            Outcome<ImmutableArray<BalanceSeen>>.Of([]),
        ]);
        (KeyUse use, KeyTrial trial) = Tried(new() { Balances = answers.Dequeue });
        Task<string?> asking = _proof.RefusalOf(use, trial, CancellationToken.None);
        await Eventually.True(() =>
        {
            _time.Advance(ConnectorLimits.FailedQueryPauseMax);
            return asking.IsCompleted;
        });
        Assert.Null(await asking);
        Assert.Empty(answers);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, "SgsR", null)]
    [InlineData("SgsR", "SgsR", null)]
    [InlineData("SgsR", "qSoC", "it is of another account (qSoC, and not SgsR)")]
    [InlineData("SgsR", null, "the exchange does not say whether it is of SgsR")]
    public async Task A_candidate_must_be_of_the_account_that_is_known(string? own, string? other, string? strangeness)
    {
        (KeyUse use, KeyTrial trial) = Tried(new());
        (use.Credentials.Identity, trial.Credentials.Identity) = (own, other);
        Assert.Equal(strangeness, await _proof.StrangenessOf(use, trial, CancellationToken.None));
    }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    /// <summary>A key at work, and another that is tried out.</summary>
    private (KeyUse Use, KeyTrial Trial) Tried(AccountStandIn account)
    {
        var credentials = new AccountCredentials(new(1), Owner.Account, Owner.Market, SigningKeys.Of(_key));
        var sample = new SampleOrder(FastPathStandIn.Perpetual, new() { Side = Side.Buy, Quantity = 1 });
        var use = new KeyUse(Owner, isSubAccount: true, credentials, _key, sample, new ExchangeStandIn(account));
        return (use, use.Trial(_key));
    }

    private static Outcome<TReply>.Refused Refused<TReply>(RejectReason reason, int code) =>
        new(reason, code, Words, default);
}
