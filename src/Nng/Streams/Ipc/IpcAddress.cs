using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Text;

namespace Nng.Streams;

/// <summary>The address of a Unix socket: a path, or an abstract name (transports sheet, section 9).</summary>
internal sealed class IpcAddress
{
    /// <summary>Longest path that an address keeps (I-2, TW-6).</summary>
    private const int MaxPathBytes = 127;

    /// <summary>Longest path or abstract name the operating system takes.</summary>
    private static readonly int s_maxSystemBytes = OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? 107 : 103;

    private IpcAddress(string path, byte[]? abstractName)
    {
        Path = path;
        AbstractName = abstractName;
        Address = abstractName is null ? NngAddress.Ipc(path) : NngAddress.Abstract(abstractName);
    }

    public string Path { get; }

    /// <summary>The decoded abstract name, possibly empty for "the kernel chooses"; null for a path.</summary>
    public byte[]? AbstractName { get; }

    public bool IsAbstract => AbstractName is not null;

    public NngAddress Address { get; }

    /// <summary>The operating system takes the path.</summary>
    public bool FitsSystem => IsAbstract || Encoding.UTF8.GetByteCount(Path) <= s_maxSystemBytes;

    /// <summary>Checks the URL's path or name; errors are invalid addresses.</summary>
    public static NngError Create(NngUrl url, out IpcAddress? address)
    {
        address = null;
        if (url.Scheme == "abstract")
        {
            if (!TryDecode(url.Path, out byte[] name) || name.Length > 107)
                return NngError.AddressInvalid;
            address = new IpcAddress(string.Empty, name);
            return NngError.None;
        }

        // The system would take a path to its first NUL, or for an abstract name (I-5).
        if (url.Path.Length == 0 || url.Path.Contains('\0', StringComparison.Ordinal)
            || Encoding.UTF8.GetByteCount(url.Path) > MaxPathBytes)
            return NngError.AddressInvalid;
        address = new IpcAddress(url.Path, null);
        return NngError.None;
    }

    public EndPoint ToEndPoint() => AbstractName is { } name
        ? UnixEndPoint.FromAbstractName(name) : UnixEndPoint.FromPath(Encoding.UTF8.GetBytes(Path));

    private static bool TryDecode(string text, out byte[] name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var decoded = new List<byte>(bytes.Length);
        name = [];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '%')
            {
                decoded.Add(bytes[i]);
                continue;
            }

            if (i + 2 >= bytes.Length || !byte.TryParse(
                bytes.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
                return false;
            decoded.Add(value);
            i += 2;
        }

        name = [.. decoded];
        return true;
    }
}
