namespace Oms.Cli.Supervision;

/// <summary>Ready is a successful answer to GET.</summary>
internal sealed class HttpProbe(Uri uri) : IReadinessProbe
{
    // One client for the life of the program: connections are kept, and loopback needs no proxy.
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(1),
    };

    public async Task<ProbeAnswer> AskAsync(int pid, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage response =
                await Client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.IsSuccessStatusCode
                ? new(SupervisedState.Ready, "")
                : new(SupervisedState.Starting, $"answers {(int)response.StatusCode}");
        }
        catch (HttpRequestException exception)
        {
            return new(SupervisedState.Unresponsive, $"does not answer: {exception.HttpRequestError}");
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(
                SupervisedState.Unresponsive, $"does not answer within {Client.Timeout.TotalSeconds} s");
        }
    }
}
