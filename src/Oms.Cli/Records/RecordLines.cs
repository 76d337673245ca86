using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Oms.Domain.Messages;
using Oms.Journal;

namespace Oms.Cli.Records;

/// <summary>
/// Writes records of the log as JSON, one object per line: what FastPath noted of the record, the message's
/// kind and header, and its fields as <c>body</c>. What is zero in frame and header, and what is reserved,
/// is left out.
/// </summary>
internal sealed class RecordLines : IDisposable
{
    private static readonly JsonSerializerOptions Options = new(RecordJson.Default.Options)
    {
        TypeInfoResolver = RecordJson.Default.WithAddedModifier(LeaveOut),
    };

    private static readonly FrozenDictionary<MessageKind, WriteBody> Bodies =
        Inputs().Concat(Said()).ToFrozenDictionary();

    private readonly Stream _output;
    private readonly Utf8JsonWriter _writer;

    public RecordLines(Stream output)
    {
        _output = output;
        // Text as it is, not escaped for HTML.
        _writer = new(output, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    private delegate void WriteBody(Utf8JsonWriter writer, ReadOnlySpan<byte> message);

    /// <summary>The kinds that can be printed.</summary>
    public static IEnumerable<MessageKind> Kinds => Bodies.Keys;

    public static string NameOf(MessageKind kind) => Trading.Wording.Of(kind);

    public void Write(LogRecord record)
    {
        ref readonly MessageHeader header = ref MessageBytes.Header(record.Message);
        _writer.WriteStartObject();
        _writer.WriteNumber("record", record.RecordSequence);
        _writer.WriteString("kind", NameOf(header.Kind));
        _writer.WriteNumber("unix_nanos", header.UnixNanos);
        WriteIfSet("account_id", header.AccountId.Value);
        WriteIfSet("log_sequence", header.LogSequence);
        WriteIfSet("account_sequence", header.AccountSequence);
        WriteIfSet("source_ring", record.SourceRing);
        WriteIfSet("ring_position", record.RingPosition);
        if (Bodies.TryGetValue(header.Kind, out WriteBody? write))
        {
            _writer.WritePropertyName("body");
            write(_writer, record.Message);
        }

        _writer.WriteEndObject();
        _writer.Flush();
        _writer.Reset();
        _output.WriteByte((byte)'\n');
    }

    public void Dispose() => _writer.Dispose();

    private static void LeaveOut(JsonTypeInfo type)
    {
        for (int index = type.Properties.Count - 1; index >= 0; index--)
        {
            string name = type.Properties[index].Name;
            bool isNoise = name == "header"
                || name.StartsWith("reserved", StringComparison.Ordinal)
                || name.StartsWith("unused", StringComparison.Ordinal);
            if (isNoise)
            {
                type.Properties.RemoveAt(index);
            }
        }
    }

    private static IEnumerable<KeyValuePair<MessageKind, WriteBody>> Inputs() =>
    [
        BodyOf<PlaceOrder>(),
        BodyOf<CancelOrder>(),
        BodyOf<AmendOrder>(),
        BodyOf<ReplaceOrder>(),
        BodyOf<PlaceOrderList>(),
        BodyOf<CancelOrders>(),
        BodyOf<ReconcileAccount>(),
        BodyOf<ChangeHalt>(),
        BodyOf<StartTransfer>(),
        BodyOf<FastPathStarted>(),
        BodyOf<RiskLimits>(),
        BodyOf<AssetDefined>(),
        BodyOf<AccountDefined>(),
        BodyOf<InstrumentDefined>(),
        BodyOf<RingAttached>(),
        BodyOf<CapacityDefined>(),
        BodyOf<ConnectorChanged>(),
        BodyOf<LogPressureChanged>(),
        BodyOf<LimitsDefined>(),
        BodyOf<FundsDeposited>(),
        BodyOf<RequestAllotment>(),
        BodyOf<GrantAllotment>(),
        BodyOf<ReturnAllotment>(),
        BodyOf<ReclaimAllotment>(),
        BodyOf<SessionStarted>(),
        BodyOf<StreamChanged>(),
        BodyOf<InstrumentFilters>(),
        BodyOf<TopOfBook>(),
        BodyOf<OrderSeen>(),
        BodyOf<TradeSeen>(),
        BodyOf<OrderRefused>(),
        BodyOf<OrderOutcomeUnknown>(),
        BodyOf<OrderAbsent>(),
        BodyOf<CancelRefused>(),
        BodyOf<BalanceSeen>(),
        BodyOf<EvidenceBegin>(),
        BodyOf<EvidenceEnd>(),
        BodyOf<Tick>(),
        BodyOf<LastTrade>(),
        BodyOf<MarkPrice>(),
        BodyOf<FundingSeen>(),
        BodyOf<PositionSeen>(),
        BodyOf<AmendRefused>(),
        BodyOf<TransferSeen>(),
        BodyOf<TransferRefused>(),
        BodyOf<TransferOutcomeUnknown>(),
        BodyOf<TransferAbsent>(),
        BodyOf<BalanceMoved>(),
    ];

    private static IEnumerable<KeyValuePair<MessageKind, WriteBody>> Said() =>
    [
        BodyOf<ExecutionReport>(),
        BodyOf<CancelRejected>(),
        BodyOf<BalanceChanged>(),
        BodyOf<PositionChanged>(),
        BodyOf<AccountGateChanged>(),
        BodyOf<HaltChanged>(),
        BodyOf<DifferenceFound>(),
        BodyOf<CancelOrdersReport>(),
        BodyOf<ReconcileReport>(),
        BodyOf<AllotmentDecided>(),
        BodyOf<AllotmentReturned>(),
        BodyOf<LimitsChanged>(),
        BodyOf<TransferReport>(),
        BodyOf<SubmitOrder>(),
        BodyOf<SubmitCancel>(),
        BodyOf<ResolveOrder>(),
        BodyOf<GatherEvidence>(),
        BodyOf<SubmitAmend>(),
        BodyOf<SubmitTransfer>(),
        BodyOf<ResolveTransfer>(),
    ];

    private static KeyValuePair<MessageKind, WriteBody> BodyOf<TMessage>()
        where TMessage : unmanaged, IMessage
    {
        var type = (JsonTypeInfo<TMessage>)Options.GetTypeInfo(typeof(TMessage));
        return new(
            TMessage.Kind,
            (writer, message) =>
                JsonSerializer.Serialize(writer, MessageBytes.As<TMessage>(message), type));
    }

    private void WriteIfSet(string name, long value)
    {
        if (value != 0)
        {
            _writer.WriteNumber(name, value);
        }
    }
}
