using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Nng.Streams;

/// <summary>
/// Named pipes of Windows, in the form in which the C library has them (transports sheet, section 10). The ends are
/// made by the system's own calls, which tell failures apart and refuse remote clients; bytes move by the BCL.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class WindowsPipes : NamedPipeSystem
{
    private const string Prefix = @"\\.\pipe\";

    private const uint PipeAccessDuplex = 0x3;
    private const uint FileFlagFirstPipeInstance = 0x0008_0000;
    private const uint FileFlagOverlapped = 0x4000_0000;

    /// <summary>Bytes, not messages, in both directions; calls wait; clients of other machines are refused (P-3).</summary>
    private const uint PipeTypeByteRejectRemote = 0x8;

    private const uint UnlimitedInstances = 255;
    private const uint BufferBytes = 4096;

    private const uint GenericReadWrite = 0xC000_0000;
    private const uint OpenExisting = 3;

    /// <summary>A server may ask who its client is, not act as the client.</summary>
    private const uint SecurityIdentification = 0x0011_0000;

    private const int FileNotFound = 2;
    private const int PathNotFound = 3;
    private const int TooManyOpenFiles = 4;
    private const int AccessDenied = 5;
    private const int NotEnoughMemory = 8;
    private const int OutOfMemory = 14;
    private const int SharingViolation = 32;
    private const int InvalidName = 123;
    private const int PipeIsBusy = 231;
    private const int NoSystemResources = 1450;

    public override NngError CreateServer(
        string name, bool isFirst, object? security, out NamedPipeServerStream? server)
    {
        server = null;
        uint mode = PipeAccessDuplex | FileFlagOverlapped | (isFirst ? FileFlagFirstPipeInstance : 0);
        nint handle;
        int error;
        fixed (byte* descriptor = (security as PipeSecurity)?.GetSecurityDescriptorBinaryForm())
        {
            var attributes = new SecurityAttributes
            {
                Length = (uint)sizeof(SecurityAttributes),
                Descriptor = security is nint pointer ? pointer : (nint)descriptor,
            };
            handle = CreateNamedPipe(
                Prefix + name, mode, PipeTypeByteRejectRemote, UnlimitedInstances, BufferBytes, BufferBytes, 0, &attributes);
            error = Marshal.GetLastPInvokeError();
        }

        if (handle == -1)
            return error == AccessDenied && isFirst ? NngError.AddressInUse : ErrorOf(error);
        server = new NamedPipeServerStream(
            PipeDirection.InOut, isAsync: true, isConnected: false, new SafePipeHandle(handle, ownsHandle: true));
        return NngError.None;
    }

    public override NngError OpenClient(string name, out NamedPipeClientStream? client)
    {
        client = null;
        nint handle = CreateFile(
            Prefix + name, GenericReadWrite, 0, null, OpenExisting, FileFlagOverlapped | SecurityIdentification, 0);
        if (handle == -1)
        {
            int error = Marshal.GetLastPInvokeError();
            return error is FileNotFound or PathNotFound ? NngError.ConnectionRefused : ErrorOf(error);
        }

        client = new NamedPipeClientStream(
            PipeDirection.InOut, isAsync: true, isConnected: true, new SafePipeHandle(handle, ownsHandle: true));
        return NngError.None;
    }

    public override NngError GetPeerProcess(PipeStream pipe, out uint processId)
    {
        processId = 0;
        int done = pipe is NamedPipeServerStream
            ? GetClientProcessId(pipe.SafePipeHandle, out processId)
            : GetServerProcessId(pipe.SafePipeHandle, out processId);
        return done != 0 ? NngError.None : ErrorOf(Marshal.GetLastPInvokeError());
    }

    public override bool IsSecurity(object? value) =>
        value is PipeSecurity || (value is nint pointer && pointer != 0 && IsValidSecurityDescriptor(pointer) != 0);

    /// <summary>Codes of the system to the library's errors (transports sheet, 3.3 and section 10).</summary>
    public static NngError ErrorOf(int error) => error switch
    {
        PipeIsBusy or SharingViolation => NngError.Busy,
        AccessDenied => NngError.PermissionDenied,
        FileNotFound or PathNotFound => NngError.NotFound,
        TooManyOpenFiles => NngError.OutOfFiles,
        NotEnoughMemory or OutOfMemory or NoSystemResources => NngError.OutOfMemory,
        InvalidName => NngError.AddressInvalid,
        _ => NngError.SystemFlag | (NngError)(error & 0x0fff_ffff),
    };

    [LibraryImport(
        "kernel32", EntryPoint = "CreateNamedPipeW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint CreateNamedPipe(
        string name,
        uint openMode,
        uint pipeMode,
        uint maxInstances,
        uint outBytes,
        uint inBytes,
        uint defaultTimeoutMs,
        SecurityAttributes* security);

    [LibraryImport(
        "kernel32", EntryPoint = "CreateFileW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint CreateFile(
        string name, uint access, uint share, SecurityAttributes* security, uint creation, uint flags, nint template);

    [LibraryImport("kernel32", EntryPoint = "GetNamedPipeClientProcessId", SetLastError = true)]
    private static partial int GetClientProcessId(SafePipeHandle pipe, out uint processId);

    [LibraryImport("kernel32", EntryPoint = "GetNamedPipeServerProcessId", SetLastError = true)]
    private static partial int GetServerProcessId(SafePipeHandle pipe, out uint processId);

    [LibraryImport("advapi32")]
    private static partial int IsValidSecurityDescriptor(nint descriptor);

    private struct SecurityAttributes
    {
        public uint Length;
        public nint Descriptor;
        public int InheritHandle;
    }
}
