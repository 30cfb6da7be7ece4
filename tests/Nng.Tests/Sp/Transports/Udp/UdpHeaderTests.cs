using Nng.Sp.Transports;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>The eight bytes in front of a datagram (transports sheet, 16.1).</summary>
public sealed class UdpHeaderTests
{
    [Fact]
    public void Fields_are_little_endian()
    {
        byte[] bytes = new byte[8];
        var header = new UdpHeader(UdpOpcode.Accept, 0x1234, 0x5678, 0x9abc);
        header.Write(bytes);
        Assert.Equal(WireText.Bytes("01 02 34 12 78 56 BC 9A"), bytes);
        Assert.True(UdpHeader.TryRead(bytes, out UdpHeader read));
        Assert.Equal(header, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("01 00 30 00 00 00 00")]
    [InlineData("00 01 30 00 E8 FD 01 00")]
    [InlineData("02 01 30 00 E8 FD 01 00")]
    [InlineData("FF FF FF FF FF FF FF FF FF")]
    public void D_16_What_is_short_or_of_another_version_is_none(string bytes) =>
        Assert.False(UdpHeader.TryRead(WireText.Bytes(bytes), out _));

    [Theory]
    [InlineData("01 FF 30 00 01 00 02 00", 255)]
    [InlineData("01 04 30 00 01 00 02 00 'payload'", 4)]
    public void Any_opcode_may_come(string bytes, byte opcode)
    {
        Assert.True(UdpHeader.TryRead(WireText.Bytes(bytes), out UdpHeader header));
        Assert.Equal(new UdpHeader((UdpOpcode)opcode, 0x30, 1, 2), header);
    }
}
