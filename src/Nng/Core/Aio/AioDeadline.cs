namespace Nng.Core;

/// <summary>The deadline of an <see cref="Aio"/>'s pending operation; its tag is the operation.</summary>
internal sealed class AioDeadline(Aio aio) : Deadline
{
    public override void OnExpired() => aio.OnExpired(FiredTag);
}
