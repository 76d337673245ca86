using System.Reflection;
using Oms.Silo.Hosting;
using Orleans.Serialization.Invocation;

namespace Oms.Silo.Tests;

public sealed class RepeatedQuestionsTests
{
    [Theory]
    [InlineData("GetView", 0, 1, true)]
    [InlineData("GetView", 2, 3, true)]
    [InlineData("GetView", 9, RepeatedQuestions.RepeatsMax + 1, false)]
    [InlineData("Apply", 1, 1, false)]
    public async Task A_question_that_a_leaving_silo_turned_away_is_asked_again_and_nothing_else_is(
        string method, int failures, int asked, bool isAnswered)
    {
        var call = new Call(method, failures);
        Task asking = new RepeatedQuestions().Invoke(call);
        if (isAnswered)
        {
            await asking;
        }
        else
        {
            _ = await Assert.ThrowsAsync<SiloUnavailableException>(() => asking);
        }

        Assert.Equal(asked, call.Count);
    }

    private sealed class Call(string method, int failures) : IOutgoingGrainCallContext
    {
        public int Count { get; private set; }

        public string MethodName => method;

        public IInvokable Request => throw new NotSupportedException();

        public object Grain => throw new NotSupportedException();

        public GrainId? SourceId => null;

        public GrainId TargetId => default;

        public GrainInterfaceType InterfaceType => default;

        public string InterfaceName => "";

        public MethodInfo InterfaceMethod => throw new NotSupportedException();

        public IGrainContext? SourceContext => null;

        public object? Result { get; set; }

        public Response? Response { get; set; }

        public Task Invoke() => ++Count <= failures
            ? Task.FromException(new SiloUnavailableException("it leaves"))
            : Task.CompletedTask;
    }
}
