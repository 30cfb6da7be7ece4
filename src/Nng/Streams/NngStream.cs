using System.Net.Sockets;
using Nng.Core;

namespace Nng.Streams;

/// <summary>One full-duplex byte connection: its channel, its addresses and its options.</summary>
/// <remarks>Threading: as the channel; options from any thread.</remarks>
internal sealed class NngStream
{
    private readonly OptionTable<NngStream> _options;

    public NngStream(IoChannel channel, NngAddress local, NngAddress remote, OptionTable<NngStream> options)
    {
        Channel = channel;
        LocalAddress = local;
        RemoteAddress = remote;
        _options = options;
    }

    public IoChannel Channel { get; }

    public Socket Socket => Channel.Socket;

    public NngAddress LocalAddress { get; }

    public NngAddress RemoteAddress { get; }

    public NngError GetOption(string name, out OptionValue value)
    {
        value = default;
        try
        {
            return _options.Get(this, name, out value);
        }
        catch (System.ObjectDisposedException)
        {
            return NngError.Closed;
        }
        catch (SocketException failure)
        {
            return failure.ToNngError();
        }
    }
}
