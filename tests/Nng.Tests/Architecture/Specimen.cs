using System;

namespace Nng.Tests.Architecture;

/// <summary>A type with one of everything, for the test of the surface writer.</summary>
public abstract class Specimen<T>
    where T : class, IDisposable
{
    public const int Limit = 3;

    public int Number { get; init; }

    public T? Find(string? name, ref int at, ReadOnlySpan<byte> bytes, params string[] rest) => null;

    protected virtual void OnEnd(int? code = null)
    {
    }

    internal void Hidden()
    {
    }

    private protected void AlsoHidden()
    {
    }

    public readonly struct Inner;
}

/// <summary>An enum for the test of the surface writer.</summary>
public enum SpecimenKind
{
    First = 1,
    Second,
}
