namespace Oms.Simulation.World;

/// <summary>Ends the FastPath process at one of the places that it passes, as kill -9 would.</summary>
internal sealed class Death
{
    private int _places;

    public bool IsArmed => _places > 0;

    /// <summary>
    /// Looks at the clock count: not before the process has all its rings, which it opens at one stroke.
    /// </summary>
    public bool DoesClockCount { get; set; }

    /// <summary>The process dies at the so-manieth place from now.</summary>
    public void Arm(int places) => _places = places;

    public void Disarm() => _places = 0;

    public void Pass(string place)
    {
        if (_places > 0 && --_places == 0)
        {
            throw new ProcessDiedException(place);
        }
    }
}
