namespace Oms.Engine.State;

/// <summary>What the engine knows of a connector process.</summary>
internal sealed class ConnectorState
{
    /// <summary>Of its running session; 0 before the first.</summary>
    public long Session { get; set; }

    /// <summary>It has not been heard for a while: nothing is asked of it.</summary>
    public bool IsSilent { get; set; }
}
