using System.Runtime.InteropServices;

[assembly: System.Runtime.CompilerServices.DisableRuntimeMarshalling]

namespace Nng.CApi;

/// <summary>Calls into the C half (native/*.c), linked into the same library.</summary>
internal static unsafe partial class Shim
{
    /// <summary>A pipe whose ends do not block and close on exec; 0, or -1 with errno.</summary>
    [LibraryImport("nngshim", EntryPoint = "nngs_pipe_open")]
    public static partial int OpenPipe(int* ends);

    [LibraryImport("nngshim", EntryPoint = "nngs_pipe_raise")]
    public static partial void RaisePipe(int writeEnd);

    [LibraryImport("nngshim", EntryPoint = "nngs_pipe_lower")]
    public static partial void LowerPipe(int readEnd);

    [LibraryImport("nngshim", EntryPoint = "nngs_pipe_close")]
    public static partial void ClosePipe(int readEnd, int writeEnd);

    [LibraryImport("nngshim", EntryPoint = "nngs_log_wants")]
    public static partial int LogWants(int level);

    [LibraryImport("nngshim", EntryPoint = "nngs_log")]
    public static partial void Log(int level, byte* id, byte* text);
}
