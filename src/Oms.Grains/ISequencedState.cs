namespace Oms.Grains;

/// <summary>Stored state that says its shape and how far it has followed its account.</summary>
internal interface ISequencedState
{
    /// <summary>Of the shape that this program writes. It reads this one and all before.</summary>
    static abstract int CurrentVersion { get; }

    /// <summary>Of the shape in which it was stored.</summary>
    int Version { get; }

    /// <summary>The account's last sequence that is in the state.</summary>
    long LastSequence { get; }
}
