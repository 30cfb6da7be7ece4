using Nng.Sockets;
using Nng.Sp;

namespace Nng.CApi;

/// <summary>A context of the C face, found by its id.</summary>
/// <remarks>Threading: safe from any thread.</remarks>
internal sealed class CContext
{
    private static readonly CIdTable<CContext> s_all = new();

    private CContext(SpContext inner)
    {
        Inner = inner;
        Channel = new MessageChannel(inner);
    }

    public SpContext Inner { get; }

    public MessageChannel Channel { get; }

    public static CContext Add(SpContext inner)
    {
        var context = new CContext(inner);
        s_all.Add(inner.Id, context);
        return context;
    }

    /// <summary>The open context of an id; null when there is none.</summary>
    public static CContext? Find(uint id)
    {
        CContext? context = s_all.Find(id);
        if (context is null || !context.Inner.IsClosed)
            return context;
        s_all.Remove(context.Inner.Id);
        return null;
    }

    public NngError Close()
    {
        s_all.Remove(Inner.Id);
        return Inner.Close();
    }
}
