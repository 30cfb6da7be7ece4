using Nng.Sockets;
using Nng.Sp;

namespace Nng.CApi;

/// <summary>A context of the C face, found by its id.</summary>
/// <remarks>Threading: safe from any thread.</remarks>
internal sealed class CContext
{
    private static readonly CIdTable<CContext> s_all = new();

    private readonly CSocket _owner;

    private CContext(CSocket owner, SpContext inner)
    {
        _owner = owner;
        Inner = inner;
        Channel = new MessageChannel(inner);
    }

    public SpContext Inner { get; }

    public MessageChannel Channel { get; }

    public static CContext Add(CSocket owner, SpContext inner)
    {
        var context = new CContext(owner, inner);
        s_all.Add(inner.Id, context);
        owner.Adopt(context);
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
        _owner.Disown(this);
        Forget();
        return Inner.Close();
    }

    /// <summary>The id is stale: the context is closed, or about to be with its socket.</summary>
    public void Forget() => s_all.Remove(Inner.Id);
}
