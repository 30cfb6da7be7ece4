using System.Runtime.InteropServices;
using Xunit;

namespace Nng.Tests.Core;

public sealed class NngErrorTextTests
{
    [Theory]
    [InlineData(0, "Hunky dory")]
    [InlineData(1, "Interrupted")]
    [InlineData(2, "Out of memory")]
    [InlineData(3, "Invalid argument")]
    [InlineData(4, "Resource busy")]
    [InlineData(5, "Timed out")]
    [InlineData(6, "Connection refused")]
    [InlineData(7, "Object closed")]
    [InlineData(8, "Try again")]
    [InlineData(9, "Not supported")]
    [InlineData(10, "Address in use")]
    [InlineData(11, "Incorrect state")]
    [InlineData(12, "Entry not found")]
    [InlineData(13, "Protocol error")]
    [InlineData(14, "Destination unreachable")]
    [InlineData(15, "Address invalid")]
    [InlineData(16, "Permission denied")]
    [InlineData(17, "Message too large")]
    [InlineData(18, "Connection aborted")]
    [InlineData(19, "Connection reset")]
    [InlineData(20, "Operation canceled")]
    [InlineData(21, "Out of files")]
    [InlineData(22, "Out of space")]
    [InlineData(23, "Resource already exists")]
    [InlineData(24, "Read only resource")]
    [InlineData(25, "Write only resource")]
    [InlineData(26, "Cryptographic error")]
    [InlineData(27, "Peer could not be authenticated")]
    [InlineData(28, "Option requires argument")]
    [InlineData(29, "Ambiguous option")]
    [InlineData(30, "Incorrect type")]
    [InlineData(31, "Connection shutdown")]
    [InlineData(1000, "Internal error detected")]
    [InlineData(0x20000000, "Transport error #0")]
    [InlineData(0x20000007, "Transport error #7")]
    [InlineData(32, "Unknown error #32")]
    [InlineData(999, "Unknown error #999")]
    [InlineData(0x0fffffff, "Unknown error #268435455")]
    public void Number_has_the_text_of_the_sheet(int number, string text)
    {
        Assert.Equal(text, ((NngError)number).Text());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Negative_number_is_unknown(int number)
    {
        Assert.Equal($"Unknown error #{number}", ((NngError)number).Text());
    }

    [Fact]
    public void System_error_has_the_systems_text()
    {
        const int noEntry = 2;

        Assert.Equal(
            Marshal.GetPInvokeErrorMessage(noEntry), (NngError.SystemFlag + noEntry).Text());
    }

    [Fact]
    public void System_flag_wins_over_the_transport_flag()
    {
        NngError both = NngError.SystemFlag | NngError.TransportFlag | (NngError)2;

        Assert.DoesNotContain("Transport error", both.Text(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Every_named_error_but_the_flags_has_its_own_text()
    {
        foreach (NngError error in System.Enum.GetValues<NngError>())
        {
            if (error is not (NngError.SystemFlag or NngError.TransportFlag))
                Assert.DoesNotContain("Unknown", error.Text(), System.StringComparison.Ordinal);
        }
    }
}
