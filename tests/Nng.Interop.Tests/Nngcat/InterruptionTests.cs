using System.Runtime.InteropServices;
using Nng.Tools.Nngcat;
using Xunit;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>What a signal does to a run; that it ends whatever waits is among the manners of the tool.</summary>
public sealed class InterruptionTests
{
    [Fact]
    public void The_first_signal_closes_the_socket_and_the_second_has_its_default_effect()
    {
        using var socket = new Pair0Socket();
        using var interruption = new Interruption(socket);
        Assert.Null(interruption.ExitCode);
        Assert.True(IsTaken(interruption));
        Assert.Equal(130, interruption.ExitCode);
        Assert.True(interruption.Token.IsCancellationRequested);
        NngException refusal = Assert.Throws<NngException>(() => socket.Listen("inproc://interrupted"));
        Assert.Equal(NngError.Closed, refusal.Error);
        Assert.False(IsTaken(interruption));
    }

    [Fact]
    public void A_signal_at_the_moment_of_the_end_changes_nothing()
    {
        using var socket = new Pair0Socket();
        var interruption = new Interruption(socket);
        interruption.Dispose();
        Assert.True(IsTaken(interruption));
        Assert.Null(interruption.ExitCode);
    }

    /// <summary>A signal comes; true when its default effect is called off.</summary>
    private static bool IsTaken(Interruption interruption)
    {
        var context = new PosixSignalContext(PosixSignal.SIGINT);
        interruption.OnSignal(context, 2);
        return context.Cancel;
    }
}
