namespace Oms.Silo.Hosting;

/// <summary>
/// A silo that ends in order answers what it has taken in, and turns away what reaches it in the moment in which it
/// goes. A question changes nothing, and by convention its method is named <c>Get…</c>: it is asked again, of wherever
/// the grain is then. What changes something is not: nobody knows whether it took place.
/// </summary>
internal sealed class RepeatedQuestions : IOutgoingGrainCallFilter
{
    public const int RepeatsMax = 3;

    private const string Question = "Get";

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        for (int repeats = 0; ; repeats++)
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (SiloUnavailableException) when (
                repeats < RepeatsMax && context.MethodName.StartsWith(Question, StringComparison.Ordinal))
            {
                // The membership that made it unavailable is known here: the next call goes elsewhere.
            }
        }
    }
}
