using Nng.Core;
using Xunit;

namespace Nng.Tests.Core;

public sealed class NngErrorMapTests
{
    [Theory]
    [InlineData(0, NngError.None)]
    [InlineData(4, NngError.Interrupted)] // EINTR
    [InlineData(22, NngError.InvalidArgument)] // EINVAL
    [InlineData(36, NngError.InvalidArgument)] // ENAMETOOLONG
    [InlineData(12, NngError.OutOfMemory)] // ENOMEM
    [InlineData(105, NngError.OutOfMemory)] // ENOBUFS
    [InlineData(13, NngError.PermissionDenied)] // EACCES
    [InlineData(1, NngError.PermissionDenied)] // EPERM
    [InlineData(98, NngError.AddressInUse)] // EADDRINUSE
    [InlineData(99, NngError.AddressInvalid)] // EADDRNOTAVAIL
    [InlineData(11, NngError.TryAgain)] // EAGAIN
    [InlineData(16, NngError.Busy)] // EBUSY
    [InlineData(111, NngError.ConnectionRefused)] // ECONNREFUSED
    [InlineData(104, NngError.ConnectionReset)] // ECONNRESET
    [InlineData(113, NngError.Unreachable)] // EHOSTUNREACH
    [InlineData(101, NngError.Unreachable)] // ENETUNREACH
    [InlineData(2, NngError.NotFound)] // ENOENT
    [InlineData(103, NngError.ConnectionAborted)] // ECONNABORTED
    [InlineData(9, NngError.Closed)] // EBADF
    [InlineData(32, NngError.Closed)] // EPIPE
    [InlineData(107, NngError.Closed)] // ENOTCONN
    [InlineData(108, NngError.Closed)] // ESHUTDOWN
    [InlineData(17, NngError.AlreadyExists)] // EEXIST
    [InlineData(71, NngError.Protocol)] // EPROTO
    [InlineData(93, NngError.NotSupported)] // EPROTONOSUPPORT
    [InlineData(97, NngError.NotSupported)] // EAFNOSUPPORT
    [InlineData(92, NngError.NotSupported)] // ENOPROTOOPT
    [InlineData(38, NngError.NotSupported)] // ENOSYS
    [InlineData(95, NngError.NotSupported)] // ENOTSUP
    [InlineData(62, NngError.TimedOut)] // ETIME
    [InlineData(110, NngError.TimedOut)] // ETIMEDOUT
    [InlineData(28, NngError.OutOfSpace)] // ENOSPC
    [InlineData(27, NngError.OutOfSpace)] // EFBIG
    [InlineData(122, NngError.OutOfSpace)] // EDQUOT
    [InlineData(23, NngError.OutOfFiles)] // ENFILE
    [InlineData(24, NngError.OutOfFiles)] // EMFILE
    public void Errno_of_the_sheet_is_mapped(int errno, NngError error)
    {
        Assert.Equal(error, NngErrorMap.FromErrno(errno));
    }

    [Theory]
    [InlineData(40, 0x10000028)] // ELOOP
    [InlineData(-40, 0x10000028)]
    [InlineData(int.MinValue, 0x10000000)]
    public void Other_errno_keeps_its_number_under_the_system_flag(int errno, int expected)
    {
        Assert.Equal(expected, (int)NngErrorMap.FromErrno(errno));
    }
}
