using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Oms.Gateway.Access;
using Oms.Gateway.Tests.Kit;

namespace Oms.Gateway.Tests;

/// <summary>Every RPC against every kind of identity.</summary>
public sealed class AccessTests : IClassFixture<AccessTests.Fixture>
{
    private static readonly FileDescriptor[] Files =
    [
        V1.OrderServiceReflection.Descriptor,
        V1.AccountServiceReflection.Descriptor,
        V1.PositionServiceReflection.Descriptor,
        V1.MarketDataServiceReflection.Descriptor,
        V1.FirmServiceReflection.Descriptor,
        Grpc.Health.V1.HealthReflection.Descriptor,
    ];

    private readonly TestDeployment _deployment;

    public AccessTests(Fixture fixture) => _deployment = fixture.Deployment;

    public static TheoryData<string> Rpcs
    {
        get
        {
            var rpcs = new TheoryData<string>();
            foreach (MethodDescriptor method in Methods())
            {
                rpcs.Add(NameOf(method));
            }

            return rpcs;
        }
    }

    [Fact]
    public void Every_rpc_has_a_rule_and_every_rule_an_rpc() => Assert.Equal(
        Methods().Select(NameOf).Order(StringComparer.Ordinal),
        RpcRules.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Nobody_passes_without_a_known_token_or_certificate(string rpc)
    {
        Assert.Equal(StatusCode.Unauthenticated, await Call(rpc, null, TestMarket.SpotName));
        Assert.Equal(StatusCode.Unauthenticated, await Call(rpc, "a wrong token", TestMarket.SpotName));
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task A_wrong_token_is_not_saved_by_a_known_certificate(string rpc) => Assert.Equal(
        StatusCode.Unauthenticated,
        await Call(rpc, "a wrong token", TestMarket.SpotName, withCertificate: true));

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Who_was_granted_nothing_may_nothing(string rpc)
    {
        StatusCode expected = RpcRules.All[rpc].Right == Right.None
            ? StatusCode.OK
            : StatusCode.PermissionDenied;
        Assert.Equal(expected, await Call(rpc, TestDeployment.NobodyToken, TestMarket.SpotName));
        Assert.Equal(expected, await Call(rpc, TestDeployment.NobodyToken, ""));
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task A_grant_reaches_its_account_and_its_right_only(string rpc)
    {
        Right right = RpcRules.All[rpc].Right;
        bool isReading = right is Right.Read or Right.None;
        StatusCode own = await Call(rpc, TestDeployment.SpotReaderToken, TestMarket.SpotName);
        StatusCode other = await Call(rpc, TestDeployment.SpotReaderToken, TestMarket.MainName);

        Assert.Equal(!isReading, own == StatusCode.PermissionDenied);
        Assert.NotEqual(StatusCode.Unauthenticated, own);
        bool namesAccount = right != Right.None && !RpcRules.All[rpc].AccountsOf(Request(rpc, "a/b")).IsEmpty;
        Assert.Equal(!isReading || namesAccount, other == StatusCode.PermissionDenied);
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task The_operator_passes_by_token_and_by_certificate(string rpc)
    {
        StatusCode[] refused = [StatusCode.Unauthenticated, StatusCode.PermissionDenied];
        Assert.DoesNotContain(await Call(rpc, TestDeployment.OperatorToken, TestMarket.SpotName), refused);
        Assert.DoesNotContain(await Call(rpc, null, TestMarket.SpotName, withCertificate: true), refused);
    }

    [Fact]
    public async Task Lists_show_the_granted_accounts_only()
    {
        var accounts = new V1.AccountService.AccountServiceClient(
            _deployment.Connect(TestDeployment.SpotReaderToken));
        V1.ListAccountsResponse response = await accounts.ListAccountsAsync(new());
        Assert.Equal([TestMarket.SpotName], response.Accounts.Select(account => account.Name));

        accounts = new(_deployment.Connect(TestDeployment.OperatorToken));
        response = await accounts.ListAccountsAsync(new());
        Assert.Equal(
            [TestMarket.MainName, TestMarket.SpotName, TestMarket.FuturesName],
            response.Accounts.Select(account => account.Name));
    }

    private static IEnumerable<MethodDescriptor> Methods() =>
        Files.SelectMany(file => file.Services).SelectMany(service => service.Methods);

    private static string NameOf(MethodDescriptor method) => $"/{method.Service.FullName}/{method.Name}";

    private static MethodDescriptor Find(string rpc) => Methods().Single(method => NameOf(method) == rpc);

    /// <summary>A request that names the account where it has a place for one.</summary>
    private static IMessage Request(string rpc, string account)
    {
        MessageDescriptor type = Find(rpc).InputType;
        IMessage request = type.Parser.ParseFrom(ByteString.Empty);
        if (request is V1.StreamExecutionsRequest stream && account.Length > 0)
        {
            stream.Starts.Add(new V1.ExecutionStart { Account = account, AfterSequence = 0 });
        }

        type.FindFieldByName("account")?.Accessor.SetValue(request, account);
        return request;
    }

    private async Task<StatusCode> Call(
        string rpc, string? token, string account, bool withCertificate = false)
    {
        string[] parts = rpc.Split('/');
        var method = new Method<byte[], byte[]>(
            Find(rpc).IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary,
            parts[1],
            parts[2],
            Marshallers.Create(bytes => bytes, bytes => bytes),
            Marshallers.Create(bytes => bytes, bytes => bytes));
        CallInvoker invoker = _deployment.Connect(token, withCertificate);
        byte[] request = Request(rpc, account).ToByteArray();
        var options = new CallOptions(deadline: DateTime.UtcNow.AddSeconds(30));
        try
        {
            if (method.Type == MethodType.Unary)
            {
                await invoker.AsyncUnaryCall(method, null, options, request);
                return StatusCode.OK;
            }

            using AsyncServerStreamingCall<byte[]> call =
                invoker.AsyncServerStreamingCall(method, null, options, request);
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            return StatusCode.OK;
        }
        catch (RpcException failure)
        {
            return failure.StatusCode;
        }
    }

    /// <summary>One deployment for the whole matrix.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        internal TestDeployment Deployment { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Deployment = await TestDeployment.Started();
            // So that a stream that passes has something to say at once.
            ScriptedFastPath fastPath = Deployment.FastPath;
            fastPath.Emit(TestMarket.Report(TestMarket.Spot, fastPath.NextOrderId(), "spot"));
            fastPath.Emit(TestMarket.Report(TestMarket.Main, fastPath.NextOrderId(), "main"));
        }

        public ValueTask DisposeAsync() => Deployment.DisposeAsync();
    }
}
