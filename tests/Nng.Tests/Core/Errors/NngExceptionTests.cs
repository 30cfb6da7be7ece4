using Xunit;

namespace Nng.Tests.Core;

public sealed class NngExceptionTests
{
    [Fact]
    public void Message_is_the_errors_text_unless_given()
    {
        Assert.Equal("Timed out", new NngException(NngError.TimedOut).Message);
        Assert.Equal("after 5 ms", new NngException(NngError.TimedOut, "after 5 ms").Message);
    }

    [Fact]
    public void Error_is_kept()
    {
        Assert.Equal(NngError.Closed, new NngException(NngError.Closed).Error);
        Assert.True(new NngException(NngError.Closed).HResult < 0);
    }
}
