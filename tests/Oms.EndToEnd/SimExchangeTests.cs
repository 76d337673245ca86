using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Oms.Testing;

namespace Oms.EndToEnd;

/// <summary>The exchange simulator alone, as its README tells the user of any bot.</summary>
public sealed class SimExchangeTests
{
    [Fact]
    public async Task It_listens_alone_and_knows_its_two_accounts()
    {
        using var folder = new TemporaryFolder("sim-exchange");
        using Process exchange = Process.Start(new ProcessStartInfo(
            Checkout.Script, ["sim-exchange", "--port", "0", "--data", folder["data"]])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            const string Listening = "listening on ";
            string? line = "";
            while (line?.StartsWith(Listening, StringComparison.Ordinal) == false)
            {
                line = await exchange.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            }

            Assert.NotNull(line);
            using var client = new HttpClient { BaseAddress = new(line[Listening.Length..]) };
            await Eventually.True(async () => (await client.GetAsync("/sim/ready")).StatusCode == HttpStatusCode.OK);
            Assert.Contains("BTCUSDT", await client.GetStringAsync("/api/v3/exchangeInfo"), StringComparison.Ordinal);
            foreach (string account in new[] { "demo-main", "demo-sub" })
            {
                JsonElement balances = await AccountAsync(client, account, $"{account}-secret");
                Assert.NotEqual(0, balances.GetArrayLength());
            }
        }
        finally
        {
            exchange.Kill();
            await exchange.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<JsonElement> AccountAsync(HttpClient client, string key, string secret)
    {
        string query = string.Create(
            CultureInfo.InvariantCulture, $"timestamp={DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}");
        byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(query));
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/api/v3/account?{query}&signature={Convert.ToHexStringLower(signature)}");
        request.Headers.Add("X-MBX-APIKEY", key);
        using HttpResponseMessage response = await client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("balances").Clone();
    }
}
