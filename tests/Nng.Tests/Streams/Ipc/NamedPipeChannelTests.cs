using System;
using System.Threading.Tasks;
using Nng.Streams;
using Nng.TestKit;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Streams over named pipes do what all streams do (transports sheet, section 10).</summary>
public sealed class NamedPipeChannelTests : StreamConformance
{
    protected override Task<(NngStream A, NngStream B)> PairAsync()
    {
        var pipes = new PortablePipes();
        Assert.Equal(NngError.None, IpcAddress.Create(NngUrl.Parse(ScratchUrl.Ipc()), out IpcAddress? address));
        var listener = new NamedPipeListener(address!, pipes);
        Assert.Equal(NngError.None, listener.Listen());
        NngStream dialed = StreamWait.Dial(new NamedPipeDialer(address!, pipes));
        NngStream accepted = StreamWait.Accept(listener);
        listener.Close();
        return Task.FromResult((dialed, accepted));
    }

    /// <summary>A write that the system has taken counts at once.</summary>
    protected override bool IsOut(Aio send, NngStream receiver) => send.Moved > 0;

    [Fact]
    public async Task P_8_Both_ends_know_the_path_and_the_others_process_and_nothing_else()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        foreach (NngStream end in new[] { a, b })
        {
            Assert.Equal(AddressKind.Ipc, end.LocalAddress.Kind);
            Assert.Equal(end.LocalAddress, end.GetOption<NngAddress>(OptionNames.RemoteAddress));
            Assert.Equal((ulong)Environment.ProcessId, end.GetOption<ulong>(OptionNames.IpcPeerPid));
            Assert.Equal(NngError.NotSupported, end.GetOption(OptionNames.IpcPeerUid, out _));
            Assert.Equal(NngError.NotSupported, end.GetOption(OptionNames.IpcPeerGid, out _));
        }

        a.Close();
        Assert.Equal(NngError.Closed, a.GetOption(OptionNames.IpcPeerPid, out _));
    }

    [Fact]
    public async Task The_end_of_sending_is_not_told_and_does_no_harm()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        a.Channel.ShutdownSend();
        Aio receive = Submit(b.ReceiveAll, Aio.Infinite, new byte[4]);
        Outcome(Submit(a.SendAll, Aio.Infinite, Pattern(4)));
        Assert.Equal((NngError.None, 4L), Outcome(receive));
    }

    [Fact]
    public async Task What_was_taken_goes_out_after_the_close()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        byte[] all = Pattern(StallBytes);
        Aio send = Submit(a.SendAll, Aio.Infinite, all);
        await Eventually.TrueAsync(() => IsOut(send, b));
        a.Close();
        (_, long count) = Outcome(send);
        byte[] received = await ReadToEndAsync(b);
        Assert.Equal(count, received.Length);
        Assert.True(received.AsSpan().SequenceEqual(all.AsSpan(0, received.Length)));
    }
}
