using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;
using Xunit.Sdk;

namespace Nng.Tests.Kit;

/// <summary>The small tools of the tests: addresses, waiting, notation and cutting.</summary>
public sealed class TestKitTests
{
    [Fact]
    public void Scratch_addresses_never_repeat()
    {
        string[] schemes = ["inproc", "tcp", "tcp4", "tcp6", "ipc", "unix", "abstract"];
        List<string> urls = [.. schemes.SelectMany(scheme => Enumerable.Range(0, 20).Select(_ => ScratchUrl.For(scheme)))];
        Assert.Equal(urls.Count, urls.Distinct().Count());
        Assert.True(ScratchUrl.IpcPath().Length < 80);
        Assert.True(Directory.Exists(ScratchUrl.Directory));
    }

    [Fact]
    public async Task Eventually_waits_for_the_condition_and_fails_after_the_deadline()
    {
        int looks = 0;
        Eventually.True(() => ++looks == 3);
        await Eventually.TrueAsync(() => ++looks == 6);
        Eventually.Equal(9, () => ++looks);
        Eventually.Stays(() => true, windowMs: 5);
        Assert.ThrowsAny<XunitException>(() => Eventually.True(() => false, "never", timeoutMs: 5));
        Assert.ThrowsAny<XunitException>(() => Eventually.Stays(() => ++looks < 12, windowMs: 5_000));
        await Assert.ThrowsAnyAsync<XunitException>(() => Eventually.TrueAsync(() => false, timeoutMs: 5));
        await Assert.ThrowsAnyAsync<XunitException>(
            () => Eventually.Completes(new TaskCompletionSource().Task, timeoutMs: 5));
        Assert.Equal(4, await Eventually.Completes(Task.FromResult(4)));
    }

    [Fact]
    public void Wire_text_mixes_hex_and_quoted_text()
    {
        Assert.Equal([0, 0, 0, 9, (byte)'q', (byte)' ', 0xff], WireText.Bytes("00000009 'q ' ff"));
        Assert.Equal("00 2A FF", WireText.Hex([0, 42, 255]));
        Assert.Throws<FormatException>(() => WireText.Bytes("0"));
        Assert.Throws<FormatException>(() => WireText.Bytes("'open"));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(5, 6)]
    [InlineData(5000, 386)]
    public void Every_cut_puts_the_input_together_again(int length, int cuts)
    {
        byte[] input = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        int seen = 0;
        Fragmenter.Run(input, parts =>
        {
            seen++;
            Assert.Equal(input, parts.SelectMany(part => part));
        });
        Assert.Equal(cuts, seen);
    }

    [Fact]
    public void A_failing_cut_is_named()
    {
        XunitException failure = Assert.ThrowsAny<XunitException>(
            () => Fragmenter.Run("0102", parts => Assert.True(parts.Count == 1)));
        Assert.Contains("byte by byte", failure.Message);
    }
}
