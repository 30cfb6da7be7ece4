using System;
using System.IO;
using System.Linq;
using Microsoft.Win32.SafeHandles;
using Nng.Streams;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Which descriptors are the last ones.</summary>
public sealed class DescriptorReserveTests
{
    [Theory]
    [InlineData(0, 1024, false)]
    [InlineData(991, 1024, false)]
    [InlineData(992, 1024, true)]
    [InlineData(1023, 1024, true)]
    [InlineData(1_048_543, 1_048_576, false)]
    [InlineData(1_048_544, 1_048_576, true)]
    [InlineData(223, 256, false)]
    [InlineData(224, 256, true)]
    [InlineData(55, 64, false)]
    [InlineData(56, 64, true)]
    [InlineData(int.MaxValue, ulong.MaxValue, false)] // no limit
    public void The_last_ones_are_reserved(int descriptor, ulong limit, bool reserved) =>
        Assert.Equal(reserved, DescriptorReserve.Includes(descriptor, limit));

    [Fact]
    public void A_process_with_descriptors_left_may_take_more()
    {
        if (OperatingSystem.IsWindows())
            return;
        using FileStream file = File.OpenRead(typeof(DescriptorReserveTests).Assembly.Location);
        Assert.False(DescriptorReserve.Includes(file.SafeFileHandle.DangerousGetHandle()));
        Assert.False(DescriptorReserve.IsNext((int)file.SafeFileHandle.DangerousGetHandle()));
    }

    [Fact]
    public void K_2_Looking_for_the_next_one_leaves_nothing_to_child_processes()
    {
        if (!OperatingSystem.IsLinux())
            return;
        const int closeOnExec = 0x80000;
        using FileStream file = File.OpenRead(typeof(DescriptorReserveTests).Assembly.Location);
        using var probe = new SafeFileHandle(
            DescriptorReserve.MakeProbe((int)file.SafeFileHandle.DangerousGetHandle()), ownsHandle: true);
        Assert.False(probe.IsInvalid);
        string flags = File.ReadAllLines($"/proc/self/fdinfo/{probe.DangerousGetHandle()}").Single(l => l.StartsWith("flags:"));
        Assert.NotEqual(0, Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & closeOnExec);
    }
}
