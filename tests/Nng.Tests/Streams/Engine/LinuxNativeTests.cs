using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using Nng.Streams;
using Xunit;

namespace Nng.Tests.Streams;

public sealed class LinuxNativeTests
{
    [Fact]
    public void Binding_says_the_systems_number()
    {
        if (!OperatingSystem.IsLinux())
            return;
        const int noEntry = 2;
        const int invalid = 22;
        string directory = Directory.CreateTempSubdirectory("nng-").FullName;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            Assert.Equal(noEntry, Bind(socket, Path.Combine(directory, "none", "s")));
            Assert.Equal(0, Bind(socket, Path.Combine(directory, "s")));
            Assert.True(File.Exists(Path.Combine(directory, "s")));
            Assert.Equal(invalid, Bind(socket, Path.Combine(directory, "t")));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static int Bind(Socket socket, string path) =>
        LinuxNative.Bind(socket, UnixEndPoint.FromPath(Encoding.UTF8.GetBytes(path)));
}
