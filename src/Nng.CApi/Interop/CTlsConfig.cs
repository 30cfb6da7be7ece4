using System.Runtime.CompilerServices;
using System.Threading;
using Nng.Streams;

namespace Nng.CApi;

/// <summary>An <c>nng_tls_config</c>: counted by C, kept by those who use it.</summary>
/// <remarks>Threading: safe from any thread; <see cref="s_lock"/> guards counts and pointers.</remarks>
internal sealed class CTlsConfig
{
    private static readonly ConditionalWeakTable<TlsConfig, CTlsConfig> s_wrappers = [];
    private static readonly Lock s_lock = new();

    /// <summary>References that C holds.</summary>
    private int _references;

    /// <summary>0 while C does not know it.</summary>
    private nint _pointer;

    private CTlsConfig(TlsConfig inner)
    {
        Inner = inner;
    }

    public TlsConfig Inner { get; }

    /// <summary>The pointer of a configuration, with one more reference.</summary>
    public static nint Hold(TlsConfig inner)
    {
        lock (s_lock)
        {
            CTlsConfig config = s_wrappers.GetValue(inner, static inner => new CTlsConfig(inner));
            config._references++;
            if (config._pointer == 0)
                config._pointer = HandleTable.Add(HandleKind.TlsConfig, config);
            return config._pointer;
        }
    }

    /// <summary>The configuration of a pointer; null for NULL and for one that is gone.</summary>
    public static TlsConfig? Find(nint pointer) => HandleTable.Find<CTlsConfig>(pointer, HandleKind.TlsConfig)?.Inner;

    /// <summary>One reference more.</summary>
    public static void Hold(nint pointer)
    {
        lock (s_lock)
        {
            if (HandleTable.Find<CTlsConfig>(pointer, HandleKind.TlsConfig) is { } config)
                config._references++;
        }
    }

    /// <summary>One reference less; the last makes the pointer stale.</summary>
    public static void Free(nint pointer)
    {
        lock (s_lock)
        {
            if (HandleTable.Find<CTlsConfig>(pointer, HandleKind.TlsConfig) is not { } config || --config._references > 0)
                return;
            HandleTable.Remove<CTlsConfig>(pointer, HandleKind.TlsConfig);
            config._pointer = 0;
            config._references = 0;
        }
    }
}
