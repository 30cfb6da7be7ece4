namespace Nng.Core;

/// <summary>The deadline of an <see cref="Aio"/>'s pending operation.</summary>
internal sealed class AioDeadline(Aio aio) : Deadline
{
    /// <summary>The operation it was armed for.</summary>
    public int Operation;

    public override void OnExpired() => aio.OnExpired(Operation);
}
