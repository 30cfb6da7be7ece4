using System.Collections.Generic;
using System.Threading;

namespace Nng.Sp.Transports;

/// <summary>The in-process transport: a table of names, and pairs of pipes that hand messages over.</summary>
/// <remarks>
/// Threading: <see cref="s_lock"/> guards the name table and the queues of all listeners; it is never held while an
/// operation is completed.
/// </remarks>
internal sealed class InprocTransport : SpTransport
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, InprocListener> s_names = [];

    public override IReadOnlyList<string> Schemes { get; } = ["inproc"];

    public override NngError CreateDialer(SpDialer owner, out SpTransportDialer? dialer)
    {
        dialer = new InprocDialer(owner);
        return NngError.None;
    }

    public override NngError CreateListener(SpListener owner, out SpTransportListener? listener)
    {
        listener = new InprocListener(owner);
        return NngError.None;
    }

    /// <summary>Names meet by lower-cased scheme and verbatim name (W-26).</summary>
    internal static string KeyOf(NngUrl url) => url.Path;

    internal static NngError Register(string key, InprocListener listener)
    {
        lock (s_lock)
            return s_names.TryAdd(key, listener) ? NngError.None : NngError.AddressInUse;
    }

    internal static void Unregister(string key, InprocListener listener)
    {
        lock (s_lock)
        {
            if (s_names.TryGetValue(key, out InprocListener? found) && ReferenceEquals(found, listener))
                s_names.Remove(key);
        }
    }

    internal static InprocListener? Find(string key)
    {
        lock (s_lock)
            return s_names.GetValueOrDefault(key);
    }
}
