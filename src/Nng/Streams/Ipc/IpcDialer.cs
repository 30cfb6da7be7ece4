using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Streams;

/// <summary>Dials Unix sockets, by path or abstract name.</summary>
internal sealed class IpcDialer(IpcAddress address) : SocketStreamDialer
{
    protected override int BacklogRetries => 20;

    public override NngError GetOption(string name, out OptionValue value)
    {
        value = default;
        return NngError.NotSupported;
    }

    public override NngError SetOption(string name, OptionValue value) => NngError.NotSupported;

    public override ValueTask<(NngError Error, EndPoint[] EndPoints)> ResolveAsync(CancellationToken token)
    {
        bool usable = address.FitsSystem && address.AbstractName is not { Length: 0 };
        return ValueTask.FromResult<(NngError, EndPoint[])>(
            usable ? (NngError.None, [address.ToEndPoint()]) : (NngError.AddressInvalid, []));
    }

    public override Socket CreateSocket(EndPoint remote) =>
        IpcStream.Prepare(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));

    public override NngStream CreateStream(IoChannel channel) => IpcStream.Create(channel, address.Address);

    /// <summary>
    /// A path that is not there is one where nobody listens (transports sheet, 9.3). The socket API reports it as an
    /// address that is not available.
    /// </summary>
    protected override NngError Translate(NngError error) =>
        error is NngError.NotFound or NngError.AddressInvalid ? NngError.ConnectionRefused : error;
}
