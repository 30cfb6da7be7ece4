using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using Nng.Sp;

namespace Nng.CApi;

/// <summary>The public struct <c>nng_url</c>: ten strings on the C heap, each of its own.</summary>
internal static unsafe class CUrl
{
    private const int Members = 10;

    private static readonly Lock s_lock = new();

    /// <summary>URLs lent to C by their endpoint.</summary>
    private static readonly Dictionary<(HandleKind Kind, uint Id), nint> s_lent = [];

    /// <summary>A new struct, the caller's.</summary>
    public static nint Create(NngUrl url)
    {
        bool pathOnly = url.IsOpaque;
        var members = (byte**)NativeMemory.AllocZeroed(Members, (nuint)sizeof(byte*));
        members[0] = Utf8.Copy(url.Raw);
        members[1] = Utf8.Copy(url.Scheme);
        members[2] = Utf8.Copy(url.UserInfo);
        members[3] = Utf8.Copy(pathOnly ? null : url.Host);
        members[4] = Utf8.Copy(pathOnly ? null : url.HostName);
        members[5] = Utf8.Copy(pathOnly ? null : url.Port);
        members[6] = Utf8.Copy(url.Path);
        members[7] = Utf8.Copy(url.Query);
        members[8] = Utf8.Copy(url.Fragment);
        members[9] = Utf8.Copy(pathOnly ? null : url.RequestUri);
        return (nint)members;
    }

    /// <summary>The struct of an endpoint, which keeps it until it is closed.</summary>
    public static nint Borrow(HandleKind kind, uint id, NngUrl url)
    {
        lock (s_lock)
        {
            if (!s_lent.TryGetValue((kind, id), out nint lent))
                s_lent[(kind, id)] = lent = Create(url);
            return lent;
        }
    }

    /// <summary>The endpoint is closed.</summary>
    public static void Forget(HandleKind kind, uint id)
    {
        nint lent;
        lock (s_lock)
        {
            if (!s_lent.Remove((kind, id), out lent))
                return;
        }

        Free((byte**)lent);
    }

    /// <summary>A socket is closed, and its endpoints with it: what they lent is freed.</summary>
    public static void ForgetClosed()
    {
        lock (s_lock)
        {
            foreach (((HandleKind kind, uint id), nint lent) in s_lent)
            {
                bool open = kind == HandleKind.StreamDialer
                    ? SpRegistry.Dialers.Find((int)id) is not null : SpRegistry.Listeners.Find((int)id) is not null;
                if (open)
                    continue;
                s_lent.Remove((kind, id));
                Free((byte**)lent);
            }
        }
    }

    private static void Free(byte** members)
    {
        for (int i = 0; i < Members; i++)
            NativeMemory.Free(members[i]);
        NativeMemory.Free(members);
    }
}
