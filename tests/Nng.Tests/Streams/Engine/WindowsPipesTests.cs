using System.Runtime.Versioning;
using Nng.Streams;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>
/// What the system's codes mean; that needs no system. The calls themselves run on Windows, under every test of ipc.
/// </summary>
[SupportedOSPlatform("windows")]
public sealed class WindowsPipesTests
{
    [Theory]
    [InlineData(2, NngError.NotFound)]
    [InlineData(3, NngError.NotFound)]
    [InlineData(4, NngError.OutOfFiles)]
    [InlineData(5, NngError.PermissionDenied)]
    [InlineData(8, NngError.OutOfMemory)]
    [InlineData(14, NngError.OutOfMemory)]
    [InlineData(32, NngError.Busy)]
    [InlineData(123, NngError.AddressInvalid)]
    [InlineData(231, NngError.Busy)]
    [InlineData(1450, NngError.OutOfMemory)]
    [InlineData(1, NngError.SystemFlag | (NngError)1)]
    [InlineData(0x7000_0001, NngError.SystemFlag | (NngError)1)]
    public void Codes_of_the_system_are_errors_or_keep_their_number(int code, NngError expected)
    {
        Assert.Equal(expected, WindowsPipes.ErrorOf(code));
    }

    [Fact]
    public void Only_descriptors_are_taken_for_descriptors()
    {
        var pipes = new WindowsPipes();
        Assert.False(pipes.IsSecurity(null));
        Assert.False(pipes.IsSecurity("text"));
        Assert.False(pipes.IsSecurity((nint)0));
    }
}
