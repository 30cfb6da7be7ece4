using System;
using System.IO;
using System.Net.Sockets;
using Nng.Core;

namespace Nng.Streams;

/// <summary>Listens on Unix sockets; removes a stale socket file first and its own afterwards.</summary>
internal sealed class IpcListener(IpcAddress address) : StreamListener
{
    /// <summary>Mode bits beyond these are refused (I-11).</summary>
    private const int ModeMask = 0xfff;

    private static readonly OptionTable<IpcListener> s_options = new(
        new OptionRow<IpcListener>
        {
            Name = OptionNames.LocalAddress,
            Type = OptionType.Address,
            Get = l => OptionValue.Address(l.LocalAddress),
        },
        new OptionRow<IpcListener>
        {
            Name = OptionNames.IpcPermissions,
            Type = OptionType.Int32,
            Min = 0,
            Max = ModeMask,
            Set = SetPermissions,
        });

    private readonly IpcAddress _address = address;
    private NngAddress _local = NngAddress.Unspecified;

    /// <summary>Mode of the socket file; null leaves it to the umask.</summary>
    private int? _permissions;

    /// <summary>The bound file's identity, so that a stranger's file is not removed (TW-7).</summary>
    private DateTime _boundAt;

    public override NngAddress LocalAddress => _local;

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    protected override NngError Bind(out Socket? socket)
    {
        socket = null;
        if (!_address.FitsSystem)
            return NngError.AddressInvalid;
        NngError error = TryBind(out socket);
        if (error == NngError.AddressInUse && !_address.IsAbstract && RemoveStale())
            error = TryBind(out socket);
        return error;
    }

    protected override void OnUnbound()
    {
        if (_address.IsAbstract)
            return;
        try
        {
            if (IsSocketFile(_address.Path) && File.GetCreationTimeUtc(_address.Path) == _boundAt)
                File.Delete(_address.Path);
        }
        catch (IOException)
        {
            // Gone already, or out of reach: it is not ours any more.
        }
        catch (UnauthorizedAccessException)
        {
        }
    }

    protected override NngStream CreateStream(Socket accepted) =>
        IpcStream.Create(IoEngine.Default.CreateChannel(accepted, connected: true), LocalAddress);

    private static NngError SetPermissions(IpcListener listener, OptionValue value)
    {
        if (OperatingSystem.IsWindows())
            return NngError.NotSupported;
        if (listener.IsListening)
            return NngError.Busy;
        listener._permissions = value.Int;
        return NngError.None;
    }

    private NngError TryBind(out Socket? socket)
    {
        var created = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket = null;
        try
        {
            created.Bind(_address.ToEndPoint());
            if (!_address.IsAbstract)
            {
                _boundAt = File.GetCreationTimeUtc(_address.Path);
                if (_permissions is { } mode && !OperatingSystem.IsWindows())
                    File.SetUnixFileMode(_address.Path, (UnixFileMode)mode);
            }

            created.Listen(Backlog);
            _local = BoundAddress(created);
            socket = created;
            return NngError.None;
        }
        catch (SocketException failure)
        {
            created.Dispose();
            // A missing directory; the socket API reports it as an address that is not available.
            return failure.SocketErrorCode == SocketError.AddressNotAvailable
                ? NngError.NotFound
                : failure.ToNngError();
        }
    }

    /// <summary>The configured address, or the name the kernel chose.</summary>
    private NngAddress BoundAddress(Socket socket)
    {
        if (_address.AbstractName is not { Length: 0 })
            return _address.Address;
        return socket.LocalEndPoint is AbstractEndPoint chosen ? NngAddress.Abstract(chosen.Name) : _address.Address;
    }

    /// <summary>Removes the file if it is a socket where nobody listens; true when a new bind may succeed.</summary>
    private bool RemoveStale()
    {
        if (!IsSocketFile(_address.Path))
            return false;
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        probe.Blocking = false;
        try
        {
            probe.Connect(_address.ToEndPoint());
            return false;
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(_address.Path);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A socket, not a link to one: the runtime tells sockets from files by their attributes and length.</summary>
    private static bool IsSocketFile(string path)
    {
        var info = new FileInfo(path);
        return info.Exists && info.LinkTarget is null
            && (info.Attributes & (FileAttributes.Directory | FileAttributes.ReparsePoint)) == 0
            && UnixFile.IsSocket(path);
    }
}
