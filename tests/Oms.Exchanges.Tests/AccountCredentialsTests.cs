namespace Oms.Exchanges.Tests;

/// <summary>A key is changed between two signatures, never under one.</summary>
public sealed class AccountCredentialsTests
{
    private static readonly SigningKey Old = Some.Hmac("old-secret", "old");
    private static readonly SigningKey New = Some.Hmac("new-secret", "new");

    private readonly AccountCredentials _account = Some.Account().With(Old);

    [Fact]
    public async Task A_change_waits_for_the_signature_that_is_being_made()
    {
        using var isSigning = new ManualResetEventSlim();
        using var maySign = new ManualResetEventSlim();
        CancellationToken test = TestContext.Current.CancellationToken;
        Task<string> signing = Task.Factory.StartNew(
            () => _account.Sign(key =>
            {
                isSigning.Set();
                maySign.Wait(test);
                return key.ApiKey;
            }),
            test, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        isSigning.Wait(test);
        Task changing = Task.Factory.StartNew(
            () => _account.Use(New), test, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.Same(Old, _account.Key);
        Assert.False(changing.IsCompleted);
        maySign.Set();
        await changing;
        Assert.Equal("old", await signing);
        Assert.Equal("new", _account.Sign(key => key.ApiKey));
    }

    [Fact]
    public async Task Who_waits_for_the_end_of_a_key_is_told()
    {
        Task replaced = _account.Replaced(Old);
        Assert.False(replaced.IsCompleted);
        Assert.True(_account.Replaced(New).IsCompleted);
        _account.Use(New);
        await replaced;
        Assert.True(_account.Replaced(Old).IsCompleted);
        Assert.False(_account.Replaced(New).IsCompleted);
    }
}
