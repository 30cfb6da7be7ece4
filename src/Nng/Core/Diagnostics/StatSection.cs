using System.Collections.Generic;

namespace Nng.Core;

/// <summary>Some statistics of one object; a scope has one section for each layer that contributes.</summary>
internal abstract class StatSection
{
    /// <summary>Reads all statistics of the section, in the order in which they are shown.</summary>
    public abstract void Read(List<StatNode> nodes);
}
