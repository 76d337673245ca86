using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using Oms.Domain.Orders;
using Oms.Gateway.Api;

namespace Oms.Gateway.Tests;

/// <summary>The rules of the public contract in <c>proto/</c>.</summary>
public sealed partial class ContractTests
{
    internal static readonly FileDescriptor[] Files =
    [
        V1.TradingReflection.Descriptor,
        V1.OrderServiceReflection.Descriptor,
        V1.AccountServiceReflection.Descriptor,
        V1.PositionServiceReflection.Descriptor,
        V1.MarketDataServiceReflection.Descriptor,
        V1.RiskServiceReflection.Descriptor,
        V1.AdminServiceReflection.Descriptor,
        V1.FirmServiceReflection.Descriptor,
    ];

    private static IEnumerable<FieldDescriptor> Fields => Files
        .SelectMany(file => file.MessageTypes)
        .SelectMany(type => type.Fields.InDeclarationOrder());

    private static IEnumerable<MethodDescriptor> Methods => Files
        .SelectMany(file => file.Services)
        .SelectMany(service => service.Methods);

    public static TheoryData<string> Sources =>
        [.. Directory.EnumerateFiles(
            Path.Combine(AppContext.BaseDirectory, "proto", "oms", "v1"), "*.proto")];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Everything_declared_is_documented(string path)
    {
        string[] lines = [.. File.ReadLines(path).Select(line => line.Trim())];
        IEnumerable<string> undocumented = lines
            .Where((line, index) => Declaration().IsMatch(line)
                && !lines[index - 1].StartsWith("// ", StringComparison.Ordinal));
        Assert.Empty(undocumented);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 110));
    }

    [Fact]
    public void Every_source_is_looked_at() => Assert.Equal(
        Files.Select(file => file.Name).Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(
            Path.Combine(AppContext.BaseDirectory, "proto"), "*.proto", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "proto"), path))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Enumerations_begin_unspecified_and_carry_their_name() =>
        Assert.All(Files.SelectMany(file => file.EnumTypes), type =>
        {
            string prefix = UpperCase().Replace(type.Name, "_$1").TrimStart('_').ToUpperInvariant() + "_";
            Assert.Equal((0, prefix + "UNSPECIFIED"), (type.Values[0].Number, type.Values[0].Name));
            Assert.All(type.Values, value => Assert.StartsWith(prefix, value.Name, StringComparison.Ordinal));
        });

    [Fact]
    public void Fields_are_snake_case_and_no_amount_is_a_number() =>
        Assert.All(Fields, field =>
        {
            Assert.Matches("^[a-z][a-z0-9_]*$", field.Name);
            Assert.DoesNotContain(field.FieldType, new[] { FieldType.Double, FieldType.Float });
            bool isAmount = AmountName().IsMatch(field.Name);
            Assert.True(!isAmount || field.FieldType == FieldType.String, field.FullName);
        });

    [Fact]
    public void Requests_and_responses_are_named_after_their_rpc() =>
        Assert.All(Methods, method => Assert.Equal(
            (method.Name + "Request", method.Name + "Response"),
            (method.InputType.Name, method.OutputType.Name)));

    [Fact]
    public void Enumerations_number_as_the_domain_does()
    {
        AssertSame<V1.Market, Domain.Instruments.Market>();
        AssertSame<V1.Side, Side>();
        AssertSame<V1.OrderType, OrderType>();
        AssertSame<V1.TimeInForce, TimeInForce>();
        AssertSame<V1.OrderStatus, OrderStatus>();
        AssertSame<V1.ExecutionType, ExecutionType>(nameof(V1.ExecutionType.CancelRejected));
        AssertSame<V1.AccountGate, Domain.Accounts.AccountGate>();
        AssertSame<V1.TransferStatus, Domain.Transfers.TransferStatus>();
        AssertSame<V1.TriggerSource, TriggerSource>();
        AssertSame<V1.SelfTradePrevention, SelfTradePrevention>();
        AssertSame<V1.Contingency, Contingency>();
        AssertSame<V1.HaltScope, Domain.Accounts.HaltScope>();
        AssertSame<V1.HaltState, Domain.Accounts.HaltState>();
    }

    [Fact]
    public void Reject_reasons_are_told_in_lower_snake_case() =>
        Assert.All(Enum.GetValues<RejectReason>(), reason =>
        {
            string text = ReasonText.Of(reason);
            Assert.Matches(reason == RejectReason.None ? "^$" : "^[a-z]+(_[a-z]+)*$", text);
            Assert.Equal(reason == RejectReason.None ? "" : reason.ToString(), PascalCase(text));
        });

    private static string PascalCase(string text) => string.Concat(
        text.Split('_', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static void AssertSame<TContract, TDomain>(params string[] ours)
        where TContract : struct, Enum
        where TDomain : struct, Enum => Assert.Equal(
            Enum.GetValues<TDomain>()
                .Where(value => Convert.ToInt32(value) != 0)
                .Select(value => (value.ToString(), Convert.ToInt32(value))),
            Enum.GetValues<TContract>()
                .Where(value => Convert.ToInt32(value) != 0 && !ours.Contains(value.ToString()))
                .Select(value => (value.ToString(), Convert.ToInt32(value))));

    [GeneratedRegex(@"^(service|message|enum|rpc|oneof) |^[\w.]+( [\w.]+){0,2} = \d+;")]
    private static partial Regex Declaration();

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex UpperCase();

    [GeneratedRegex("(quantity|price|fee|fees|pnl|free|reserved|in_transit)$")]
    private static partial Regex AmountName();
}
