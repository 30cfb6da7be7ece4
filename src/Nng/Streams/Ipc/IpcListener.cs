using System;
using System.IO;
using System.Net.Sockets;
using Nng.Core;

namespace Nng.Streams;

/// <summary>Listens on Unix sockets; removes a stale socket file first and its own afterwards.</summary>
internal sealed class IpcListener(IpcAddress address) : SocketStreamListener
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

    /// <summary>The bound file, so that a stranger's at the same path is not removed (TW-7); null for none.</summary>
    private FileIdentity? _file;

    public override NngAddress LocalAddress => _local;

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError Bind(out Socket? socket)
    {
        socket = null;
        if (!_address.FitsSystem)
            return NngError.AddressInvalid;
        NngError error = TryBind(out socket);
        if (error == NngError.AddressInUse && !_address.IsAbstract && RemoveStale())
            error = TryBind(out socket);
        return error;
    }

    /// <summary>
    /// Removes the file while the socket still holds it: as long as it does, no other file has its identity.
    /// </summary>
    protected override void OnUnbinding()
    {
        if (_file is { } own && UnixFile.FindSocket(_address.Path) == own)
            TryDelete();
        _file = null;
    }

    public override NngStream CreateStream(Socket accepted) =>
        IpcStream.Create(IoEngine.Default.CreateChannel(IpcStream.Prepare(accepted), connected: true), LocalAddress);

    private static NngError SetPermissions(IpcListener listener, OptionValue value)
    {
        if (listener.IsListening)
            return NngError.Busy;
        listener._permissions = value.Int;
        return NngError.None;
    }

    private NngError TryBind(out Socket? socket)
    {
        var created = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket = null;
        NngError error;
        try
        {
            created.Bind(_address.ToEndPoint());
            if (!_address.IsAbstract)
                ClaimFile();
            created.Listen(Backlog);
            _local = BoundAddress(created);
            socket = created;
            return NngError.None;
        }
        catch (SocketException failure)
        {
            error = failure.SocketErrorCode switch
            {
                // A missing directory; the socket API reports it as an address that is not available.
                SocketError.AddressNotAvailable => NngError.NotFound,
                SocketError.SocketError when OperatingSystem.IsLinux() => ErrorOfBind(created),
                _ => failure.ToNngError(),
            };
        }
        catch (UnauthorizedAccessException)
        {
            error = NngError.PermissionDenied;
        }
        catch (IOException)
        {
            // The file went away between bind and the change of its mode.
            error = NngError.NotFound;
        }

        OnUnbinding();
        created.Dispose();
        return error;
    }

    /// <summary>What the system says where the socket API has no word: a path through a file, a full or read-only disk.</summary>
    private NngError ErrorOfBind(Socket socket)
    {
        NngError error = NngErrorMap.FromErrno(LinuxNative.Bind(socket, _address.ToEndPoint()));
        if (error != NngError.None)
            return error;
        // Now there was nothing in its way.
        _file = UnixFile.FindSocket(_address.Path);
        return NngError.Internal;
    }

    /// <summary>Notes which file was bound and gives it its mode.</summary>
    private void ClaimFile()
    {
        _file = UnixFile.FindSocket(_address.Path);
        if (_permissions is { } mode && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(_address.Path, (UnixFileMode)mode);
    }

    /// <summary>The configured address, or the name the kernel chose.</summary>
    private NngAddress BoundAddress(Socket socket)
    {
        if (_address.AbstractName is not { Length: 0 })
            return _address.Address;
        return socket.LocalEndPoint is UnixEndPoint chosen ? NngAddress.Abstract(chosen.AbstractName) : _address.Address;
    }

    /// <summary>Removes the file if it is a socket where nobody listens; true when a new bind may succeed.</summary>
    private bool RemoveStale()
    {
        if (UnixFile.FindSocket(_address.Path) is null)
            return false;
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        probe.Blocking = false;
        try
        {
            probe.Connect(_address.ToEndPoint());
            return false;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode == SocketError.ConnectionRefused && TryDelete();
        }
    }

    private bool TryDelete()
    {
        try
        {
            File.Delete(_address.Path);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Gone already, or out of reach: then it stays.
            return false;
        }
    }
}
