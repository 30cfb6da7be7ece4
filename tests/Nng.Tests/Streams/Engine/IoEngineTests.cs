using System;
using Microsoft.Extensions.Logging;
using Nng.Streams;
using Nng.Tests.Core;
using Xunit;

namespace Nng.Tests.Streams.Engine;

[Collection(LoggerCollection.Name)]
public sealed class IoEngineTests : IDisposable
{
    private readonly RecordingLogger _logger = new(LogLevel.Warning);

    public IoEngineTests() => NngLog.Logger = _logger;

    public void Dispose() => NngLog.Logger = null;

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("epoll", true)]
    [InlineData("portable", false)]
    public void The_name_chooses_on_Linux_and_without_one_it_is_epoll(string? name, bool epoll)
    {
        Assert.Equal(epoll, IoEngine.TakesEpoll(name, isLinux: true));
        Assert.False(IoEngine.TakesEpoll(name, isLinux: false));
        Assert.DoesNotContain(_logger.Entries, entry => entry.Id.Name == "NNG-IO-ENGINE");
    }

    [Theory]
    [InlineData("Epoll")]
    [InlineData("eppol")]
    public void A_name_that_no_engine_has_means_the_default_and_is_logged(string name)
    {
        Assert.True(IoEngine.TakesEpoll(name, isLinux: true));
        RecordingLogger.Entry entry = Assert.Single(_logger.Entries, entry => entry.Id.Name == "NNG-IO-ENGINE");
        Assert.Equal((LogLevel.Warning, name), (entry.Level, entry.Values["Name"]));
    }
}
