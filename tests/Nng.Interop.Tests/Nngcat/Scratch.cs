using System.IO;
using Nng.TestKit;

namespace Nng.Interop.Tests.Nngcat;

/// <summary>Files for command lines; they go with the test process's directory.</summary>
internal static class Scratch
{
    /// <summary>The path of a new file of these bytes.</summary>
    public static string File(byte[] content)
    {
        string path = Path.ChangeExtension(ScratchUrl.IpcPath(), "bin");
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }
}
