using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using Nng.Core;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Listening on Unix sockets: stale files, permissions, abstract names (transports sheet, section 9).</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class IpcListenerTests
{
    private readonly string _path = ScratchUrl.IpcPath();

    [Fact]
    public void The_socket_file_comes_with_the_listen_and_goes_with_the_close()
    {
        IpcListener listener = Create(_path);
        Assert.Equal(NngAddress.Unspecified, listener.LocalAddress);
        Assert.False(File.Exists(_path));
        Assert.Equal(NngError.None, listener.Listen());
        Assert.True(File.Exists(_path));
        Assert.Equal(NngAddress.Ipc(_path), listener.LocalAddress);
        listener.Close();
        Assert.False(File.Exists(_path));
    }

    [Fact]
    public void CS_66_A_file_left_by_the_dead_is_replaced()
    {
        LeaveStaleFile();
        IpcListener listener = Listen(_path);
        StreamWait.Dial(new IpcDialer(Address(_path))).Channel.Close();
        listener.Close();
    }

    [Fact]
    public void CS_67_Another_file_stays_as_it_is()
    {
        File.WriteAllText(_path, "kept");
        Assert.Equal(NngError.AddressInUse, Create(_path).Listen());
        Assert.Equal("kept", File.ReadAllText(_path));
    }

    [Fact]
    public void TW_7_A_link_to_a_stale_socket_stays_as_it_is()
    {
        LeaveStaleFile();
        string link = ScratchUrl.IpcPath();
        File.CreateSymbolicLink(link, _path);
        Assert.Equal(NngError.AddressInUse, Create(link).Listen());
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.True(File.Exists(_path));
    }

    [Fact]
    public void CS_68_A_live_listener_keeps_its_path_and_serves_on()
    {
        IpcListener live = Listen(_path);
        Assert.Equal(NngError.AddressInUse, Create(_path).Listen());
        Aio accept = StreamWait.Begun(live.Accept);
        // The probe came first and is gone again.
        StreamWait.StreamOf(accept).Channel.Close();
        NngStream dialed = StreamWait.Dial(new IpcDialer(Address(_path)));
        StreamWait.Accept(live).Channel.Close();
        dialed.Channel.Close();
        live.Close();
    }

    [Fact]
    public void TW_7_A_replaced_file_is_not_removed_by_the_close()
    {
        IpcListener listener = Listen(_path);
        File.Delete(_path);
        File.WriteAllText(_path, "another's");
        listener.Close();
        Assert.Equal("another's", File.ReadAllText(_path));
    }

    [Fact]
    public void TW_7_A_file_taken_over_by_another_listener_is_not_removed_by_the_close()
    {
        IpcListener first = Listen(_path);
        File.Delete(_path);
        IpcListener second = Listen(_path);
        first.Close();
        Assert.True(File.Exists(_path));
        StreamWait.Dial(new IpcDialer(Address(_path))).Channel.Close();
        second.Close();
    }

    [Fact]
    public void A_file_that_is_gone_does_not_disturb_the_close()
    {
        IpcListener listener = Listen(_path);
        File.Delete(_path);
        listener.Close();
    }

    [Theory]
    [InlineData(0b110_000_000, UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(0, UnixFileMode.None)]
    [InlineData(0b111_111_111, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute)]
    public void CS_71_Permissions_are_the_files_mode(int mode, UnixFileMode expected)
    {
        IpcListener listener = Create(_path);
        Assert.Equal(NngError.None, listener.SetOption("ipc:permissions", OptionValue.Int32(mode)));
        Assert.Equal(NngError.None, listener.Listen());
        Assert.Equal(expected, File.GetUnixFileMode(_path));
        Assert.Equal(NngError.Busy, listener.SetOption("ipc:permissions", OptionValue.Int32(mode)));
        listener.Close();
    }

    [Theory]
    [InlineData(0x81a4)]
    [InlineData(-1)]
    [InlineData(0x1000)]
    public void CS_71_Bits_that_are_no_mode_are_refused(int mode)
    {
        Assert.Equal(NngError.InvalidArgument, Create(_path).SetOption("ipc:permissions", OptionValue.Int32(mode)));
    }

    [Fact]
    public void Permissions_can_only_be_set()
    {
        Assert.Equal(NngError.WriteOnly, Create(_path).GetOption("ipc:permissions", out _));
        Assert.Equal(NngError.ReadOnly, Create(_path).SetOption("local-address", OptionValue.Address(NngAddress.Ipc("x"))));
        Assert.Equal(NngError.NotSupported, Create(_path).SetOption("tcp-nodelay", OptionValue.Boolean(true)));
        Assert.Equal(
            NngError.NotSupported, new IpcDialer(Address(_path)).SetOption("ipc:permissions", OptionValue.Int32(0)));
    }

    [Fact]
    public void CS_73_Abstract_names_may_hold_any_byte_and_have_their_exact_length()
    {
        string name = $"a%00b{Guid.NewGuid():N}";
        IpcListener listener = Abstract(name);
        Assert.Equal(NngError.None, listener.Listen());
        Assert.Equal(AddressKind.Abstract, listener.LocalAddress.Kind);
        Assert.Equal(35, listener.LocalAddress.Name.Length);
        byte[] bytes = Encoding.ASCII.GetBytes(name.Replace("%00", "\0"));
        using var peer = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        peer.Connect(UnixEndPoint.FromAbstractName(bytes));
        StreamWait.Accept(listener).Channel.Close();
        using var padded = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Assert.Throws<SocketException>(() => padded.Connect(UnixEndPoint.FromAbstractName([.. bytes, 0])));
        listener.Close();
    }

    [Fact]
    public void CS_74_An_empty_abstract_name_is_chosen_by_the_kernel()
    {
        IpcListener first = Abstract(string.Empty);
        IpcListener second = Abstract(string.Empty);
        Assert.Equal(NngError.None, first.Listen());
        Assert.Equal(NngError.None, second.Listen());
        Assert.Matches("^[0-9a-f]{5}$", Encoding.ASCII.GetString(first.LocalAddress.Name));
        Assert.Matches("^[0-9a-f]{5}$", Encoding.ASCII.GetString(second.LocalAddress.Name));
        Assert.NotEqual(first.LocalAddress, second.LocalAddress);
        StreamWait.Dial(new IpcDialer(AbstractAddress(Encoding.ASCII.GetString(first.LocalAddress.Name)))).Channel.Close();
        first.Close();
        second.Close();
    }

    [Fact]
    public void I_23_A_used_abstract_name_is_in_use_until_the_close()
    {
        string name = $"n{Guid.NewGuid():N}";
        IpcListener first = Abstract(name);
        Assert.Equal(NngError.None, first.Listen());
        IpcListener second = Abstract(name);
        Assert.Equal(NngError.AddressInUse, second.Listen());
        first.Close();
        Assert.Equal(NngError.None, second.Listen());
        second.Close();
    }

    [Fact]
    public void I_11_Abstract_listeners_take_permissions_without_effect()
    {
        IpcListener listener = Abstract(string.Empty);
        Assert.Equal(NngError.None, listener.SetOption("ipc:permissions", OptionValue.Int32(0)));
        Assert.Equal(NngError.None, listener.Listen());
        listener.Close();
    }

    [Fact]
    public void CS_72_Both_ends_know_the_other_process()
    {
        IpcListener listener = Listen(_path);
        NngStream dialed = StreamWait.Dial(new IpcDialer(Address(_path)));
        NngStream accepted = StreamWait.Accept(listener);
        foreach (NngStream end in (NngStream[])[dialed, accepted])
        {
            Assert.Equal(NngError.None, end.GetOption("ipc:peer-pid", out OptionValue pid));
            Assert.Equal(Environment.ProcessId, pid.Number);
            Assert.Equal(NngError.None, end.GetOption("ipc:peer-uid", out OptionValue uid));
            Assert.Equal(NngError.None, end.GetOption("ipc:peer-gid", out OptionValue gid));
            string[] status = File.ReadAllLines("/proc/self/status");
            Assert.Equal(Array.Find(status, l => l.StartsWith("Uid:", StringComparison.Ordinal))!.Split('\t')[2], $"{uid.Number}");
            Assert.Equal(Array.Find(status, l => l.StartsWith("Gid:", StringComparison.Ordinal))!.Split('\t')[2], $"{gid.Number}");
            Assert.Equal(NngError.NotSupported, end.GetOption("ipc:peer-zoneid", out _));
            Assert.Equal(NngAddress.Ipc(_path), end.LocalAddress);
            Assert.Equal(NngAddress.Ipc(_path), end.RemoteAddress);
        }

        dialed.Channel.Close();
        Assert.Equal(NngError.Closed, dialed.GetOption("ipc:peer-pid", out _));
        accepted.Channel.Close();
        listener.Close();
    }

    private void LeaveStaleFile()
    {
        using var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(UnixEndPoint.FromPath(Encoding.UTF8.GetBytes(_path)));
        dead.Listen(1);
    }

    private static IpcListener Create(string path) => new(Address(path));

    private static IpcListener Listen(string path)
    {
        IpcListener listener = Create(path);
        Assert.Equal(NngError.None, listener.Listen());
        return listener;
    }

    private static IpcListener Abstract(string name) => new(AbstractAddress(name));

    private static IpcAddress AbstractAddress(string name)
    {
        Assert.Equal(NngError.None, IpcAddress.Create(NngUrl.Parse("abstract://" + name), out IpcAddress? address));
        return address!;
    }

    private static IpcAddress Address(string path)
    {
        Assert.Equal(NngError.None, IpcAddress.Create(NngUrl.Parse("ipc://" + path), out IpcAddress? address));
        return address!;
    }
}
