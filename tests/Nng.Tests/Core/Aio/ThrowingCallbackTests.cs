using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.Extensions.Logging;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Core;

/// <summary>User code that throws harms nobody else.</summary>
[Collection(LoggerCollection.Name)]
public sealed class ThrowingCallbackTests : IDisposable
{
    private readonly RecordingLogger _logger = new();

    public ThrowingCallbackTests() => NngLog.Logger = _logger;

    public void Dispose() => NngLog.Logger = null;

    [Fact]
    public void An_aio_whose_callback_throws_is_idle_and_usable()
    {
        int calls = 0;
        using var aio = new Aio(_ =>
        {
            if (Interlocked.Increment(ref calls) == 1)
                throw new InvalidOperationException("first call");
        });
        aio.Sleep(0);
        aio.Wait();
        aio.Sleep(0);
        aio.Wait();
        Assert.Equal(2, calls);
        Expect("an aio", "first call");
    }

    [Fact]
    public void A_cancel_call_that_throws_leaves_the_deadlines_of_others()
    {
        using var careless = new Aio();
        Assert.True(careless.Begin());
        careless.TimeoutMs = Aio.Infinite;
        Assert.Equal(NngError.None, careless.Defer((_, _, _) => throw new InvalidOperationException("cancel call"), null));
        careless.Cancel();
        Expect("a deferred operation", "cancel call");
        careless.Finish(NngError.Canceled);
        using var other = new Aio();
        other.Sleep(1);
        other.Wait();
        Assert.Equal(NngError.None, other.Result);
    }

    [Fact]
    public void A_readiness_whose_handler_throws_goes_on_telling()
    {
        bool level = false;
        var told = new List<bool>();
        var readiness = new Readiness(() => level);
        readiness.Changed += now =>
        {
            told.Add(now);
            throw new InvalidOperationException("handler");
        };
        level = true;
        readiness.Update();
        level = false;
        readiness.Update();
        Assert.Equal([true, false], told);
        Expect("a readiness", "handler");
    }

    private void Expect(string owner, string text) => Eventually.True(
        () => _logger.Entries.Any(entry => entry.Level == LogLevel.Error && entry.Id.Name == "NNG-CALLBACK"
            && (string?)entry.Values["Owner"] == owner && entry.Exception?.Message == text),
        $"the log tells of {owner}");
}
