using System;
using System.IO;
using System.Net.Sockets;
using Nng.Streams;
using Xunit;

namespace Nng.Tests.Streams;

public sealed class SocketErrorMapTests
{
    [Theory]
    [InlineData(SocketError.Success, NngError.None)]
    [InlineData(SocketError.ConnectionReset, NngError.ConnectionReset)]
    [InlineData(SocketError.ConnectionAborted, NngError.ConnectionAborted)]
    [InlineData(SocketError.ConnectionRefused, NngError.ConnectionRefused)]
    [InlineData(SocketError.NotConnected, NngError.Closed)]
    [InlineData(SocketError.Shutdown, NngError.Closed)]
    [InlineData(SocketError.NotSocket, NngError.Closed)]
    [InlineData(SocketError.OperationAborted, NngError.Closed)]
    [InlineData(SocketError.Disconnecting, NngError.Closed)]
    [InlineData(SocketError.TimedOut, NngError.TimedOut)]
    [InlineData(SocketError.AccessDenied, NngError.PermissionDenied)]
    [InlineData(SocketError.AddressAlreadyInUse, NngError.AddressInUse)]
    [InlineData(SocketError.AddressNotAvailable, NngError.AddressInvalid)]
    [InlineData(SocketError.HostNotFound, NngError.AddressInvalid)]
    [InlineData(SocketError.NoData, NngError.AddressInvalid)]
    [InlineData(SocketError.NoRecovery, NngError.AddressInvalid)]
    [InlineData(SocketError.TypeNotFound, NngError.AddressInvalid)]
    [InlineData(SocketError.TryAgain, NngError.TryAgain)]
    [InlineData(SocketError.WouldBlock, NngError.TryAgain)]
    [InlineData(SocketError.InProgress, NngError.TryAgain)]
    [InlineData(SocketError.AddressFamilyNotSupported, NngError.NotSupported)]
    [InlineData(SocketError.ProtocolNotSupported, NngError.NotSupported)]
    [InlineData(SocketError.ProtocolOption, NngError.NotSupported)]
    [InlineData(SocketError.OperationNotSupported, NngError.NotSupported)]
    [InlineData(SocketError.NetworkUnreachable, NngError.Unreachable)]
    [InlineData(SocketError.HostUnreachable, NngError.Unreachable)]
    [InlineData(SocketError.NetworkDown, NngError.Unreachable)]
    [InlineData(SocketError.HostDown, NngError.Unreachable)]
    [InlineData(SocketError.TooManyOpenSockets, NngError.OutOfFiles)]
    [InlineData(SocketError.NoBufferSpaceAvailable, NngError.OutOfMemory)]
    [InlineData(SocketError.InvalidArgument, NngError.InvalidArgument)]
    [InlineData(SocketError.MessageSize, NngError.MessageTooLarge)]
    public void Socket_error_takes_the_posix_column(SocketError socketError, NngError error)
    {
        Assert.Equal(error, socketError.ToNngError());
    }

    [Fact]
    public void Other_error_keeps_its_number_under_the_system_flag()
    {
        Assert.Equal(NngError.SystemFlag + (int)SocketError.IsConnected, SocketError.IsConnected.ToNngError());
    }

    [Fact]
    public void Absent_path_is_an_address_that_is_not_available()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        string path = Path.Combine(Path.GetTempPath(), "nng-" + Guid.NewGuid().ToString("N")[..8]);

        SocketException failure = Assert.ThrowsAny<SocketException>(
            () => socket.Connect(new UnixDomainSocketEndPoint(path)));

        // The IPC dialer and listener count on it: they turn this error into theirs.
        if (OperatingSystem.IsLinux())
            Assert.Equal(NngError.AddressInvalid, failure.ToNngError());
    }

    [Fact]
    public void Exception_is_mapped_by_its_code()
    {
        Assert.Equal(
            NngError.ConnectionRefused, new SocketException((int)SocketError.ConnectionRefused).ToNngError());
        Assert.Equal(NngError.AddressInvalid, new SocketException((int)SocketError.HostNotFound).ToNngError());
    }
}
