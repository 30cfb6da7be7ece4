using System.Collections.Generic;
using Xunit;

namespace Nng.Tests.Architecture;

/// <summary>Sockets, threads, native code and the like are used only where they belong; and the check can fail.</summary>
public sealed class BclDoorTests
{
    [Fact]
    public void Doors_are_used_only_by_those_who_hold_the_key()
    {
        IReadOnlyList<SourceFile> files = SourceFile.Under("src");
        Assert.NotEmpty(files);
        Offences.None(BclDoor.Misused(BclDoor.All, files));
    }

    [Theory]
    [InlineData("Sp/SpSocket.cs", "using System.Net.Sockets;")]
    [InlineData("Streams/Tcp/TcpStream.cs", "using System.Net.Security;")]
    [InlineData("Streams/Tcp/TcpStream.cs", "using System.Security.Cryptography.X509Certificates;")]
    [InlineData("Sp/SpSocket.cs", "class A { object o = new Thread(M); }")]
    [InlineData("Sp/SpSocket.cs", "class A { void M() => Thread.Sleep(1); }")]
    [InlineData("Sp/SpSocket.cs", "class A { object o = new Timer(M); }")]
    [InlineData("Streams/Engine/EpollEngine.cs", "class A { object o = new System.Threading.Timer(M); }")]
    [InlineData("Sp/SpSocket.cs", "class A { object M() => Task.Run(N); }")]
    [InlineData("Sp/SpSocket.cs", "class A { object M() => Task.Delay(1); }")]
    [InlineData("Core/Aio/Aio.cs", "using System.Linq;")]
    [InlineData("Core/Aio/Aio.cs", "class A { object M(object o) => o.GetType().GetMethods(); }")]
    [InlineData("Core/Aio/Aio.cs", "class A { [UnmanagedCallersOnly] static void M() { } }")]
    [InlineData("Streams/Ipc/IpcStream.cs", "class A { [LibraryImport(\"c\")] static partial void M(); }")]
    [InlineData("Sp/SpSocket.cs", "unsafe class A { }")]
    [InlineData("WebSockets/WebSocketStream.cs", "unsafe class A { }")]
    public void A_misused_door_is_found(string path, string code)
    {
        Assert.Single(BclDoor.Misused(BclDoor.All, [new SourceFile("src/Nng/" + path, code)]));
    }

    [Theory]
    [InlineData("src/Nng/Streams/Tcp/TcpStream.cs", "using System.Net.Sockets;")]
    [InlineData("src/Nng/Streams/Engine/EpollLoop.cs", "unsafe class A { object o = new Thread(M); [LibraryImport(\"c\")] int i; }")]
    [InlineData("src/Nng/Core/Aio/Aio.cs", "class A { void M() => Task.Run(N); }")]
    [InlineData("src/Nng/WebSockets/WebSocketMask.cs", "unsafe class A { }")]
    [InlineData("src/Nng.CApi/Exports/Aio.cs", "unsafe class A { [UnmanagedCallersOnly] static void M() { } }")]
    [InlineData("src/Nng/Sp/SpSocket.cs", "// unsafe, new Thread, System.Linq\nclass A { Deadline Timer; int MyThread; string S = \"unsafe\"; }")]
    public void A_door_used_where_it_belongs_is_no_finding(string path, string code)
    {
        Assert.Empty(BclDoor.Misused(BclDoor.All, [new SourceFile(path, code)]));
    }
}
