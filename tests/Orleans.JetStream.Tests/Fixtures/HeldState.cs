using System.Diagnostics.CodeAnalysis;

namespace Orleans.JetStream.Tests;

/// <summary>What an activation holds of a record: its content and the ETag it was seen with.</summary>
public sealed class HeldState(TestState? content = null, string? eTag = null) : IGrainState<TestState>
{
    [AllowNull]
    public TestState State { get; set; } = content ?? new TestState();

    public string? ETag { get; set; } = eTag;

    public bool RecordExists { get; set; }
}
