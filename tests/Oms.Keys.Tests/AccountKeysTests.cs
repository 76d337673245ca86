using System.Collections.Immutable;
using System.Text;

namespace Oms.Keys.Tests;

/// <summary>Which key signs, which one is offered, and what is said of it.</summary>
public sealed class AccountKeysTests : IDisposable
{
    private static readonly KeyOwner Owner = new(new("binance", "main"), Domain.Instruments.Market.Spot);

    private readonly LogMemory _log = new();
    private readonly List<bool> _wakes = [];
    private readonly AccountKeys _account;

    public AccountKeysTests() => _account = new(Owner, _wakes.Add, _log);

    [Fact]
    public void Before_anybody_trades_the_first_key_signs_without_proof()
    {
        ImmutableArray<ExchangeKey> keys = Begin("one", "two");

        Assert.Equal(keys[0], _account.Current);
        Assert.Equal(keys, _account.Keys);
        Assert.Null(_account.TakeOffer());
        Assert.Equal(new KeyStatus(Owner, KeyStanding.Usable, ""), _account.Status);
        Assert.Null(_account.TakeStatus());
    }

    [Fact]
    public void A_new_key_is_offered_once_and_signs_only_when_it_is_proven()
    {
        ExchangeKey old = Begin("old").Single();
        ExchangeKey changed = Take("new").Single();

        KeyRotation rotation = NextOffer();
        Assert.Equal((Owner, old, changed), (rotation.Owner, rotation.Old, rotation.Candidate));
        Assert.Null(_account.TakeOffer());
        Assert.Equal(old, _account.Current);
        Assert.Equal(Signatures.Hmac("secret_of_old", "m"), Signatures.Of(old, "m"));

        Assert.True(rotation.Proven());
        Assert.Equal(changed, _account.Current);
        AssertGone(old);
        Assert.Null(_account.TakeOffer());
        Assert.Null(_account.TakeStatus());
        Assert.Equal([false], _wakes);
    }

    [Fact]
    public void A_new_key_that_is_refused_leaves_the_old_one_and_is_told()
    {
        ExchangeKey old = Begin("old").Single();
        ExchangeKey refused = Take("new", "old")[0];

        Assert.True(NextOffer().Refused("-2015 Invalid API-key"));

        Assert.Equal(old, _account.Current);
        Assert.Equal(Signatures.Hmac("secret_of_old", "m"), Signatures.Of(old, "m"));
        Assert.Null(_account.TakeOffer());
        Assert.Equal(
            new KeyStatus(
                Owner, KeyStanding.Fallback, $"the exchange refused {refused}: -2015 Invalid API-key"),
            _account.TakeStatus());
        Assert.Null(_account.TakeStatus());
        Assert.Equal([true], _wakes);
    }

    [Fact]
    public void Of_several_the_next_in_line_is_offered_until_one_is_proven()
    {
        Begin("old");
        ImmutableArray<ExchangeKey> keys = Take("one", "two", "three");

        KeyRotation first = NextOffer();
        Assert.True(first.Refused("no"));
        KeyRotation second = NextOffer();
        Assert.Equal([keys[0], keys[1]], [first.Candidate, second.Candidate]);
        Assert.True(second.Proven());

        Assert.Equal(keys[1], _account.Current);
        Assert.Null(_account.TakeOffer());
        Assert.Equal(KeyStanding.Fallback, _account.Status.Standing);
    }

    [Fact]
    public void A_key_revoked_while_it_signs_gives_way_to_the_next()
    {
        ImmutableArray<ExchangeKey> keys = Begin("one", "two");

        _account.Refused(keys[0], "-2015 revoked");

        Assert.Equal([true], _wakes);
        // What the next one is worth is not known: nothing is told yet.
        Assert.Null(_account.TakeStatus());
        KeyRotation rotation = NextOffer();
        Assert.Equal((keys[0], keys[1]), (rotation.Old, rotation.Candidate));
        Assert.True(rotation.Proven());
        Assert.Equal(keys[1], _account.Current);
        Assert.Equal(KeyStanding.Fallback, NextStatus().Standing);
    }

    [Fact]
    public void When_every_key_is_refused_the_account_is_told_to_stop()
    {
        ExchangeKey key = Begin("one").Single();

        _account.Refused(key, "-2015 revoked");

        Assert.Null(_account.TakeOffer());
        Assert.Equal(
            new KeyStatus(Owner, KeyStanding.Refused, $"the exchange refused {key}: -2015 revoked"),
            _account.TakeStatus());
        _account.Refused(key, "-2015 again");
        Assert.Null(_account.TakeStatus());
        Assert.Equal([true], _wakes);

        Take("another");
        Assert.True(NextOffer().Proven());
        Assert.Equal(KeyStanding.Usable, NextStatus().Standing);
    }

    [Fact]
    public void A_refusal_of_a_key_that_signs_no_more_changes_nothing()
    {
        ExchangeKey old = Begin("old").Single();
        Take("new");
        Assert.True(NextOffer().Proven());

        _account.Refused(old, "late");

        Assert.Equal(KeyStanding.Usable, _account.Status.Standing);
        Assert.Null(_account.TakeOffer());
    }

    [Fact]
    public void A_retry_offers_again_what_was_refused()
    {
        ExchangeKey key = Begin("one").Single();
        _account.Refused(key, "the address is not on the list");
        Assert.Equal(KeyStanding.Refused, NextStatus().Standing);

        _account.Retry();

        Assert.Null(_account.TakeOffer());
        Assert.Equal(key, _account.Current);
        Assert.Equal(KeyStanding.Usable, NextStatus().Standing);
    }

    [Fact]
    public void What_changes_while_a_proof_is_awaited_is_offered_after_it()
    {
        ExchangeKey first = Begin("first").Single();
        Take("second");
        KeyRotation rotation = NextOffer();
        ExchangeKey third = Take("third").Single();
        Assert.Null(_account.TakeOffer());
        Assert.Equal(Signatures.Hmac("secret_of_second", "m"), Signatures.Of(rotation.Candidate, "m"));

        Assert.True(rotation.Proven());

        AssertGone(first);
        KeyRotation next = NextOffer();
        Assert.Equal((rotation.Candidate, third), (next.Old, next.Candidate));
        Assert.True(next.Proven());
        AssertGone(rotation.Candidate);
        Assert.Equal(third, _account.Current);
    }

    [Fact]
    public void The_first_answer_counts_and_an_offer_of_a_dead_listener_does_not_stand()
    {
        ExchangeKey old = Begin("old").Single();
        Take("new");
        KeyRotation lost = NextOffer();
        _account.Withdraw();
        KeyRotation again = NextOffer();

        Assert.False(lost.Proven());
        Assert.Equal(old, _account.Current);
        Assert.True(again.Proven());
        Assert.False(again.Refused("too late"));
        Assert.Equal(again.Candidate, _account.Current);
    }

    [Fact]
    public void An_offer_that_was_withdrawn_and_superseded_leaves_no_key_behind()
    {
        Begin("old");
        Take("second");
        KeyRotation lost = NextOffer();
        Take("third");
        Assert.Equal(Signatures.Hmac("secret_of_second", "m"), Signatures.Of(lost.Candidate, "m"));

        _account.Withdraw();

        AssertGone(lost.Candidate);
        Assert.Equal("third", NextOffer().Candidate.ApiKey);
    }

    [Fact]
    public void A_key_that_is_read_again_stays_the_object_that_it_is()
    {
        ImmutableArray<ExchangeKey> before = Begin("one", "two");

        ExchangeKey[] read = [Key("two"), Key("one"), Key("three")];
        _account.Take(KeyReading.Of(Owner, [.. read]));

        Assert.Equal([before[1], before[0], read[2]], _account.Keys);
        AssertGone(read[0]);
        AssertGone(read[1]);
        Assert.Equal(Signatures.Hmac("secret_of_one", "m"), Signatures.Of(before[0], "m"));
        Assert.Equal(before[1], NextOffer().Candidate);
    }

    [Fact]
    public void The_same_api_key_with_another_secret_is_another_key()
    {
        Begin("one");
        var corrected = new ExchangeKey("2", Owner, 1, default, KeyPair.Of("one", "another"u8));

        _account.Take(KeyReading.Of(Owner, [corrected]));

        Assert.Equal(corrected, NextOffer().Candidate);
    }

    [Theory]
    [InlineData(KeyStanding.Missing)]
    [InlineData(KeyStanding.Denied)]
    [InlineData(KeyStanding.Damaged)]
    public void What_the_source_says_of_a_key_is_told_and_the_key_signs_on(KeyStanding standing)
    {
        ExchangeKey key = Begin("one").Single();
        KeyReading reading = KeyReading.Nothing(Owner, standing, "version 3 was deleted");

        _account.Take(reading);

        Assert.Equal(reading.Status, _account.TakeStatus());
        Assert.Equal(key, _account.Current);
        Assert.Equal(Signatures.Hmac("secret_of_one", "m"), Signatures.Of(key, "m"));
        Take("one");
        Assert.Equal(KeyStanding.Usable, NextStatus().Standing);
    }

    [Fact]
    public void A_source_that_is_away_is_told_and_its_return_brings_back_what_was_said_before()
    {
        Begin("one");
        KeyReading missing = KeyReading.Nothing(Owner, KeyStanding.Missing, "gone");
        _account.Take(missing);
        Assert.Equal(missing.Status, _account.TakeStatus());

        _account.Miss("it is sealed");
        Assert.Equal(
            new KeyStatus(Owner, KeyStanding.SourceUnavailable, "it is sealed"), _account.TakeStatus());
        _account.Confirm();
        Assert.Equal(missing.Status, _account.TakeStatus());

        _account.Take(KeyReading.Nothing(Owner, KeyStanding.SourceUnavailable, "500"));
        Assert.Equal(KeyStanding.SourceUnavailable, NextStatus().Standing);
        _account.Confirm();
        Assert.Equal(missing.Status, _account.TakeStatus());
    }

    [Fact]
    public void An_account_that_had_no_key_is_offered_its_first()
    {
        _account.Take(KeyReading.Nothing(Owner, KeyStanding.Missing, "none"));
        _account.Begin();
        Assert.Null(_account.Current);
        Assert.Equal(KeyStanding.Missing, NextStatus().Standing);

        Take("first");
        KeyRotation rotation = NextOffer();
        Assert.Null(rotation.Old);
        Assert.Null(_account.TakeStatus());
        Assert.True(rotation.Proven());
        Assert.Equal(KeyStanding.Usable, NextStatus().Standing);
    }

    [Fact]
    public void A_signature_that_was_begun_is_made_when_the_key_is_let_go()
    {
        ExchangeKey old = Begin("old").Single();
        Take("new");
        KeyRotation rotation = NextOffer();
        string right = Signatures.Hmac("secret_of_old", "m");
        using var go = new ManualResetEventSlim();
        int wrong = 0;
        Thread[] signers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            try
            {
                for (int i = 0; i < 1_000_000; i++)
                {
                    if (Signatures.Of(old, "m") != right)
                    {
                        Interlocked.Increment(ref wrong);
                    }

                    go.Set();
                }
            }
            catch (ObjectDisposedException)
            {
                // As it should end: not with a signature under zeros.
            }
        }))];
        Array.ForEach(signers, signer => signer.Start());
        go.Wait();

        Assert.True(rotation.Proven());

        Array.ForEach(signers, signer => signer.Join());
        AssertGone(old);
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Disposing_leaves_no_key_behind()
    {
        ImmutableArray<ExchangeKey> keys = Begin("one", "two");
        ExchangeKey offered = Take("three", "two")[0];
        _ = _account.TakeOffer();

        _account.Dispose();

        Assert.All([.. keys, offered], AssertGone);
    }

    public void Dispose()
    {
        _account.Dispose();
        _log.Dispose();
    }

    private static ExchangeKey Key(string name) => new(
        name, Owner, 1, default, KeyPair.Of(name, Encoding.ASCII.GetBytes($"secret_of_{name}")));

    private static void AssertGone(ExchangeKey key) =>
        Assert.Throws<ObjectDisposedException>(() => Signatures.Of(key, "m"));

    private KeyRotation NextOffer() =>
        _account.TakeOffer() ?? throw new InvalidOperationException("nothing is offered");

    private KeyStatus NextStatus() =>
        _account.TakeStatus() ?? throw new InvalidOperationException("nothing is told");

    private ImmutableArray<ExchangeKey> Begin(params string[] names)
    {
        ImmutableArray<ExchangeKey> keys = Take(names);
        _account.Begin();
        return keys;
    }

    private ImmutableArray<ExchangeKey> Take(params string[] names)
    {
        _account.Take(KeyReading.Of(Owner, [.. names.Select(Key)]));
        return _account.Keys;
    }
}
