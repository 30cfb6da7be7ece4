using System;
using System.Net.Sockets;
using Nng.Core;

namespace Nng.Streams;

/// <summary>"Accepts" connections that the application made and hands in by their descriptors (transports sheet, 11).</summary>
internal sealed class DescriptorListener : SocketStreamListener
{
    private static readonly OptionTable<DescriptorListener> s_options = new(
        new OptionRow<DescriptorListener>
        {
            Name = OptionNames.SocketDescriptor,
            Type = OptionType.Int32,
            Min = 0,
            Max = int.MaxValue,
            Set = (l, value) => l.Take(value.Int),
        },
        new OptionRow<DescriptorListener>
        {
            Name = OptionNames.LocalAddress,
            Type = OptionType.Address,
            Get = _ => OptionValue.Address(NngAddress.Unspecified),
        });

    /// <summary>The one acceptor of its life: what is handed in before it listens waits here.</summary>
    private readonly DescriptorQueue _queue = new();

    private DescriptorListener()
    {
    }

    public override NngAddress LocalAddress => NngAddress.Unspecified;

    /// <summary>Checks the URL: nothing may follow the slashes (S-1).</summary>
    public static NngError Create(NngUrl url, out DescriptorListener? listener)
    {
        bool isBare = url.Raw.Length == url.Scheme.Length + "://".Length;
        listener = !isBare || OperatingSystem.IsWindows() ? null : new DescriptorListener();
        return !isBare ? NngError.AddressInvalid : listener is null ? NngError.NotSupported : NngError.None;
    }

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError Bind(out Socket? socket)
    {
        socket = null;
        return NngError.None;
    }

    public override NngStream CreateStream(Socket accepted) => DescriptorStream.Create(accepted);

    public override void Close()
    {
        base.Close();
        _queue.Close();
    }

    protected override IoAcceptor CreateAcceptor(Socket? listening) => _queue;

    /// <summary>Takes over a connected stream socket; whatever else it is stays the caller's (S-3).</summary>
    private NngError Take(int descriptor)
    {
        NngError error = _queue.Check();
        if (error != NngError.None)
            return error;
        if (!IsConnectedStream(descriptor))
            return NngError.InvalidArgument;
        var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
        error = _queue.Offer(socket);
        // Another thread took the last place, or closed: the descriptor goes back to the caller, open.
        if (error != NngError.None)
            socket.SafeHandle.SetHandleAsInvalid();
        return error;
    }

    private static bool IsConnectedStream(int descriptor)
    {
        try
        {
            using var view = new Socket(new SafeSocketHandle(descriptor, ownsHandle: false));
            return view.SocketType == SocketType.Stream;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
