using System;
using Nng.TestKit;
using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>Control frames that wait.</summary>
public sealed class WebSocketControlTests
{
    private readonly byte[] _bytes = new byte[WebSocketControl.MaxBytes];

    [Fact]
    public void Frames_go_out_once_and_the_close_frame_last()
    {
        var control = new WebSocketControl(masks: false);
        Assert.False(control.IsPending);
        Assert.Equal(0, control.Take(_bytes, mayClose: true, out _));
        control.SetClose(1002);
        control.SetPing();
        control.SetPong("ab"u8);
        Assert.True(control.IsPending);
        int count = control.Take(_bytes, mayClose: true, out bool closes);
        Assert.True(closes);
        Assert.Equal("8A 02 61 62 89 00 88 02 03 EA", WireText.Hex(_bytes.AsSpan(0, count)));
        Assert.False(control.IsPending);
        control.SetPong("late"u8);
        control.SetPing();
        control.SetClose(1000);
        Assert.Equal(0, control.Take(_bytes, mayClose: true, out closes));
        Assert.False(closes);
        Assert.False(control.IsPending);
    }

    [Fact]
    public void Of_pings_that_were_not_answered_yet_the_last_one_is()
    {
        var control = new WebSocketControl(masks: false);
        control.SetPong("first"u8);
        control.SetPong("2"u8);
        Assert.Equal("8A 01 32", WireText.Hex(_bytes.AsSpan(0, control.Take(_bytes, mayClose: true, out _))));
    }

    [Fact]
    public void A_close_frame_can_be_made_to_wait()
    {
        var control = new WebSocketControl(masks: false);
        control.SetClose(1000);
        control.SetPing();
        Assert.Equal("89 00", WireText.Hex(_bytes.AsSpan(0, control.Take(_bytes, mayClose: false, out bool closes))));
        Assert.False(closes);
        Assert.True(control.IsPending);
        Assert.Equal("88 02 03 E8", WireText.Hex(_bytes.AsSpan(0, control.Take(_bytes, mayClose: true, out closes))));
        Assert.True(closes);
        Assert.False(control.IsPending);
    }

    [Fact]
    public void The_first_code_stays()
    {
        var control = new WebSocketControl(masks: false);
        control.SetClose(1009);
        control.SetClose(1000);
        Assert.Equal("88 02 03 F1", WireText.Hex(_bytes.AsSpan(0, control.Take(_bytes, mayClose: true, out _))));
        Assert.False(control.IsCloseSent);
        control.OnCloseSent();
        Assert.True(control.IsCloseSent);
    }

    [Fact]
    public void The_longest_frames_fit_and_are_masked_for_servers()
    {
        var control = new WebSocketControl(masks: true);
        control.SetPong(new byte[WebSocketFrame.MaxControl]);
        control.SetPing();
        control.SetClose(1000);
        int count = control.Take(_bytes, mayClose: true, out _);
        Assert.Equal(6 + 125 + 6 + 8, count);
        Assert.Equal("8A FD", WireText.Hex(_bytes.AsSpan(0, 2)));
        // A payload of zeros is the mask itself.
        Assert.Equal(WireText.Hex(_bytes.AsSpan(2, 4)), WireText.Hex(_bytes.AsSpan(6, 4)));
    }
}
