namespace Nng.Core;

/// <summary>An object that can be in one <see cref="IntrusiveList{T}"/>; the links are the list's business.</summary>
/// <typeparam name="T">The object's own type.</typeparam>
internal interface IListNode<T>
    where T : class, IListNode<T>
{
    IntrusiveList<T>? List { get; set; }

    T? Previous { get; set; }

    T? Next { get; set; }
}

/// <summary>A doubly linked list through its nodes: no allocation, removal from the middle. The owner locks.</summary>
/// <typeparam name="T">The nodes.</typeparam>
internal sealed class IntrusiveList<T>
    where T : class, IListNode<T>
{
    public T? First { get; private set; }

    public T? Last { get; private set; }

    public int Count { get; private set; }

    public bool IsEmpty => First is null;

    public bool Contains(T node) => ReferenceEquals(node.List, this);

    public void Append(T node)
    {
        node.List = this;
        node.Previous = Last;
        node.Next = null;
        if (Last is null)
            First = node;
        else
            Last.Next = node;
        Last = node;
        Count++;
    }

    /// <summary>Takes a node out; false when it is not in this list.</summary>
    public bool Remove(T node)
    {
        if (!ReferenceEquals(node.List, this))
            return false;
        if (node.Previous is null)
            First = node.Next;
        else
            node.Previous.Next = node.Next;
        if (node.Next is null)
            Last = node.Previous;
        else
            node.Next.Previous = node.Previous;
        node.List = null;
        node.Previous = null;
        node.Next = null;
        Count--;
        return true;
    }

    /// <summary>Takes out the first node, or null.</summary>
    public T? RemoveFirst()
    {
        T? node = First;
        if (node is not null)
            Remove(node);
        return node;
    }

    /// <summary>Puts the first node behind all others.</summary>
    public void RotateFirst()
    {
        if (Count > 1)
            Append(RemoveFirst()!);
    }
}
