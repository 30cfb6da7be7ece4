using System;
using System.Runtime.InteropServices;
using Nng.Streams;

namespace Nng.CApi;

/// <summary>Chapter: TLS configurations.</summary>
internal static unsafe class TlsExports
{
    private const int ServerName = 0;
    private const int CaChain = 1;
    private const int CaFile = 2;
    private const int OwnCertificate = 3;

    /// <summary>The engine's name and description, for as long as the process lives.</summary>
    private static readonly nint[] s_engineTexts =
        [(nint)Utf8.Copy(TlsConfig.EngineName), (nint)Utf8.Copy(TlsConfig.EngineDescription)];

    [UnmanagedCallersOnly(EntryPoint = "nngm_tls_config_alloc")]
    public static int Create(nint* pointer, int mode)
    {
        try
        {
            *pointer = CTlsConfig.Hold(new TlsConfig((TlsMode)mode));
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_tls_config_hold")]
    public static void Hold(nint pointer)
    {
        try
        {
            CTlsConfig.Hold(pointer);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_tls_config_free")]
    public static void Free(nint pointer)
    {
        try
        {
            CTlsConfig.Free(pointer);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    /// <summary>A setting of up to three texts; numbers shared with native/tls.c.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_tls_config_set")]
    public static int Set(nint pointer, int what, byte* first, byte* second, byte* third)
    {
        try
        {
            if (CTlsConfig.Find(pointer) is not { } config)
                return (int)NngError.InvalidArgument;
            if (what == ServerName)
                config.ServerName = Utf8.Read(first)!;
            else if (what == CaChain)
                config.AddAuthorities(Utf8.ReadLoosely(first)!, Utf8.ReadLoosely(second));
            else if (what == CaFile)
                config.AddAuthoritiesFile(Utf8.Read(first)!);
            else if (what == OwnCertificate)
                config.SetCertificate(Utf8.ReadLoosely(first)!, Utf8.ReadLoosely(second)!, Utf8.Read(third));
            else
                config.SetCertificateFile(Utf8.Read(first)!, Utf8.Read(second));
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_tls_config_auth_mode")]
    public static int SetAuthMode(nint pointer, int mode)
    {
        try
        {
            if (CTlsConfig.Find(pointer) is not { } config)
                return (int)NngError.InvalidArgument;
            config.AuthMode = (TlsAuthMode)mode;
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_tls_config_version")]
    public static int SetVersions(nint pointer, int min, int max)
    {
        try
        {
            if (CTlsConfig.Find(pointer) is not { } config)
                return (int)NngError.InvalidArgument;
            config.SetVersions((TlsVersion)min, (TlsVersion)max);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_tls_config_psk")]
    public static int SetPreSharedKey(nint pointer, byte* identity, byte* key, nuint length)
    {
        try
        {
            if (CTlsConfig.Find(pointer) is not { } config)
                return (int)NngError.InvalidArgument;
            config.SetPreSharedKey(Utf8.Read(identity)!, new ReadOnlySpan<byte>(key, checked((int)length)));
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_tls_engine_text")]
    public static byte* EngineText(int description) => (byte*)s_engineTexts[description];
}
