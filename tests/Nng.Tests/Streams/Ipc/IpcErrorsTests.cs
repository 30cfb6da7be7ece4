using System;
using System.IO;
using Nng.Streams;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>What bad paths give when listened at and dialled (transports sheet, 9.1 to 9.3).</summary>
public sealed class IpcErrorsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nng-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Missing_directory_is_not_found()
    {
        Assert.Equal(NngError.NotFound, Listen(Path.Combine(_directory, "none", "s")));
    }

    [Fact]
    public void Regular_file_is_in_use_and_stays()
    {
        string path = Path.Combine(_directory, "file");
        File.WriteAllText(path, "kept");

        Assert.Equal(NngError.AddressInUse, Listen(path));
        Assert.Equal("kept", File.ReadAllText(path));
    }

    [Fact]
    public void An_error_that_the_socket_api_has_no_word_for_keeps_its_number()
    {
        if (!OperatingSystem.IsLinux())
            return;
        const int notADirectory = 20;
        string path = Path.Combine(_directory, "file");
        File.WriteAllText(path, "kept");

        Assert.Equal(NngError.SystemFlag + notADirectory, Listen(Path.Combine(path, "s")));
    }

    [Fact]
    public void Missing_path_refuses_the_dialer()
    {
        Assert.Equal(NngError.ConnectionRefused, Dial(Path.Combine(_directory, "none")));
        Assert.Equal(NngError.ConnectionRefused, Dial(Path.Combine(_directory, "none", "none")));
    }

    [Fact]
    public void Regular_file_refuses_the_dialer()
    {
        string path = Path.Combine(_directory, "file");
        File.WriteAllText(path, "");

        Assert.Equal(NngError.ConnectionRefused, Dial(path));
    }

    [Fact]
    public void Path_beyond_the_systems_limit_is_an_invalid_address()
    {
        string path = "/" + new string('x', 115);

        Assert.Equal(NngError.AddressInvalid, Listen(path));
        Assert.Equal(NngError.AddressInvalid, Dial(path));
    }

    [Theory]
    [InlineData("ipc:///tmp/a\0b")]
    [InlineData("ipc://\0x")]
    [InlineData("ipc://")]
    public void I_5_A_path_without_a_file_is_an_invalid_address(string url)
    {
        if (!NngUrl.TryParse(url, out NngUrl? parsed))
            return;
        Assert.Equal(NngError.AddressInvalid, IpcAddress.Create(parsed, out IpcAddress? address));
        Assert.Null(address);
    }

    private static NngError Listen(string path)
    {
        var listener = new IpcListener(Address(path));
        NngError error = listener.Listen();
        listener.Close();
        return error;
    }

    private static NngError Dial(string path)
    {
        using var aio = new Aio();
        new IpcDialer(Address(path)).Dial(aio);
        aio.Wait();
        return aio.Result;
    }

    private static IpcAddress Address(string path)
    {
        Assert.Equal(NngError.None, IpcAddress.Create(NngUrl.Parse("ipc://" + path), out IpcAddress? address));
        return address!;
    }
}
