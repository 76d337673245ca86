using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Oms.Keys.Tests;

/// <summary>
/// The server that the other tests use has the members that the API documentation of Vault and OpenBao shows,
/// with their types; what is not tried against a real server is at least tried against its documentation.
/// </summary>
public sealed class FakeVaultTests : IAsyncLifetime, IDisposable
{
    private const string Data =
        "data.data:Object data.metadata.created_time:String data.metadata.custom_metadata:Null " +
        "data.metadata.deletion_time:String data.metadata.destroyed:False data.metadata.version:Number";

    private const string Metadata =
        "data.cas_required:False data.created_time:String data.current_version:Number " +
        "data.custom_metadata:Null data.delete_version_after:String data.max_versions:Number " +
        "data.oldest_version:Number " +
        "data.updated_time:String data.versions.1.created_time:String data.versions.1.deletion_time:String " +
        "data.versions.1.destroyed:False";

    private const string LookUp =
        "data.accessor:String data.creation_time:Number data.creation_ttl:Number data.display_name:String " +
        "data.entity_id:String data.expire_time:String data.explicit_max_ttl:Number data.id:String " +
        "data.meta:Null data.num_uses:Number data.orphan:True data.path:String data.policies:Array " +
        "data.renewable:True data.ttl:Number";

    private const string Login =
        "auth.renewable:True auth.lease_duration:Number auth.metadata:Object auth.token_policies:Array " +
        "auth.accessor:String auth.client_token:String warnings:Null wrap_info:Null data:Null " +
        "lease_duration:Number renewable:False lease_id:String";

    private readonly TestAuthority _authority = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly HttpClient _client;
    private FakeVault _vault = null!; // Started before the first test.

    public FakeVaultTests()
    {
        // What is tried here is what it answers, not who it is.
        _client = new(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, _, _, _) => true,
        });
    }

    public async ValueTask InitializeAsync()
    {
        _vault = await FakeVault.Start(_authority.Server, _clock);
        _vault.Store.Put("there", ("api_key", "k"));
        _vault.Store.Put("deleted", ("api_key", "k"));
        _vault.Store.Delete("deleted");
        _client.DefaultRequestHeaders.Add("X-Vault-Token", _vault.Tokens.Make(TimeSpan.FromHours(1)));
    }

    [Theory]
    [InlineData("GET", "secret/data/there", 200, Data)]
    [InlineData("GET", "secret/metadata/there", 200, Metadata)]
    [InlineData("GET", "secret/data/deleted", 404, "data.data:Null data.metadata.deletion_time:String data.metadata.version:Number")]
    [InlineData("GET", "secret/metadata/deleted", 200, Metadata)]
    [InlineData("GET", "secret/data/nowhere", 404, "errors:Array")]
    [InlineData("GET", "auth/token/lookup-self", 200, LookUp)]
    [InlineData("POST", "auth/token/renew-self", 200, Login)]
    [InlineData("POST", "auth/approle/login", 200, Login)]
    public async Task Answers_have_the_documented_members(
        string method, string path, int status, string members)
    {
        (int actual, JsonElement body) = await Send(method, path);

        Assert.Equal(status, actual);
        Assert.All(
            members.Split(' '),
            member => Assert.Equal(member, $"{member.Split(':')[0]}:{Kind(body, member)}"));
    }

    [Fact]
    public async Task Errors_have_the_documented_form()
    {
        _vault.Denied.Add("secret/");
        Assert.Equal((403, """{"errors":["permission denied"]}"""), await Text("GET", "secret/data/there"));
        _vault.Tokens.SecretId = "another";
        Assert.Equal(
            (400, """{"errors":["invalid role or secret ID"]}"""), await Text("POST", "auth/approle/login"));
        _vault.IsSealed = true;
        Assert.Equal((503, """{"errors":["Vault is sealed"]}"""), await Text("GET", "secret/data/there"));
        _vault.IsSealed = false;
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(
            (403, """{"errors":["permission denied"]}"""), await Text("GET", "auth/token/lookup-self"));
    }

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        Dispose();
    }

    public void Dispose()
    {
        _client.Dispose();
        _authority.Dispose();
    }

    private static JsonValueKind Kind(JsonElement json, string member)
    {
        foreach (string name in member.Split(':')[0].Split('.'))
        {
            json = json.GetProperty(name);
        }

        return json.ValueKind;
    }

    private async Task<(int Status, string Body)> Text(string method, string path)
    {
        (int status, JsonElement body) = await Send(method, path);
        return (status, body.GetRawText());
    }

    private async Task<(int Status, JsonElement Body)> Send(string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(_vault.Address, $"/v1/{path}"));
        if (method == "POST")
        {
            request.Content = JsonContent.Create(new { role_id = "59d6-role", secret_id = "8489-secret-id" });
        }

        using HttpResponseMessage response = await _client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
