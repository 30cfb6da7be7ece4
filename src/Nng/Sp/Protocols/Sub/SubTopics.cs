using System;
using System.Collections.Generic;

namespace Nng.Sp.Protocols;

/// <summary>A set of topics: byte strings, each a prefix to match (SUB-1 to SUB-3). The owner locks.</summary>
internal sealed class SubTopics
{
    private readonly List<byte[]> _topics = [];

    public bool IsEmpty => _topics.Count == 0;

    /// <summary>Adds a topic; one that is there already changes nothing.</summary>
    public void Add(ReadOnlySpan<byte> topic)
    {
        if (IndexOf(topic) < 0)
            _topics.Add(topic.ToArray());
    }

    /// <summary>Removes a topic; false when it is not there.</summary>
    public bool Remove(ReadOnlySpan<byte> topic)
    {
        int index = IndexOf(topic);
        if (index >= 0)
            _topics.RemoveAt(index);
        return index >= 0;
    }

    /// <summary>Some topic is a prefix of the body.</summary>
    public bool Matches(ReadOnlySpan<byte> body)
    {
        foreach (byte[] topic in _topics)
        {
            if (body.StartsWith(topic))
                return true;
        }

        return false;
    }

    private int IndexOf(ReadOnlySpan<byte> topic)
    {
        for (int i = 0; i < _topics.Count; i++)
        {
            if (topic.SequenceEqual(_topics[i]))
                return i;
        }

        return -1;
    }
}
