using System.Collections.Generic;

namespace Nng.Core;

/// <summary>The statistics of a kind of owner, as rows; one table for all owners, so that an owner costs nothing.</summary>
/// <typeparam name="T">The owner.</typeparam>
internal sealed class StatTable<T>(params Stat<T>[] rows)
{
    private readonly Stat<T>[] _rows = rows;

    /// <summary>A table with more rows behind these.</summary>
    public StatTable<T> With(params Stat<T>[] more) => new([.. _rows, .. more]);

    /// <summary>The statistics of one owner.</summary>
    public StatSection Of(T owner) => new Section(_rows, owner);

    private sealed class Section(Stat<T>[] rows, T owner) : StatSection
    {
        public override void Read(List<StatNode> nodes)
        {
            foreach (Stat<T> row in rows)
                nodes.Add(row.Read(owner));
        }
    }
}
