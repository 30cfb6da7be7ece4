using System;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Waiting for dials and accepts, bounded.</summary>
internal static class StreamWait
{
    public static Aio Begun(Action<Aio> submit)
    {
        var aio = new Aio();
        submit(aio);
        return aio;
    }

    public static NngError ResultOf(Aio aio)
    {
        Eventually.True(() => !aio.IsBusy, "the operation to complete");
        return aio.Result;
    }

    public static NngStream StreamOf(Aio aio)
    {
        Assert.Equal(NngError.None, ResultOf(aio));
        return Assert.IsType<NngStream>(aio.GetOutput(0));
    }

    public static NngStream Dial(StreamDialer dialer) => StreamOf(Begun(dialer.Dial));

    public static NngStream Accept(StreamListener listener) => StreamOf(Begun(listener.Accept));

    public static NngError DialError(StreamDialer dialer) => ResultOf(Begun(dialer.Dial));
}
