using System;
using System.Threading.Tasks;
using Nng.Streams;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Unix-socket streams by path.</summary>
public sealed class IpcStreamTests : StreamConformance
{
    protected override Task<(NngStream A, NngStream B)> PairAsync() => StreamPairs.DialAsync("ipc");

    [Fact]
    public async Task I16_The_peer_has_an_identity_and_both_ends_have_the_path()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        Assert.Equal((ulong)Environment.ProcessId, a.GetOption<ulong>(OptionNames.IpcPeerPid));
        Assert.Equal((ulong)Environment.ProcessId, b.GetOption<ulong>(OptionNames.IpcPeerPid));
        Assert.Equal(a.GetOption<ulong>(OptionNames.IpcPeerUid), b.GetOption<ulong>(OptionNames.IpcPeerUid));
        Assert.Equal(a.GetOption<ulong>(OptionNames.IpcPeerGid), b.GetOption<ulong>(OptionNames.IpcPeerGid));
        Assert.Equal(AddressKind.Ipc, a.LocalAddress.Kind);
        Assert.Equal(a.LocalAddress, b.RemoteAddress);
    }
}

/// <summary>Unix-socket streams by abstract name.</summary>
public sealed class AbstractStreamTests : StreamConformance
{
    protected override Task<(NngStream A, NngStream B)> PairAsync() => StreamPairs.DialAsync("abstract");
}
