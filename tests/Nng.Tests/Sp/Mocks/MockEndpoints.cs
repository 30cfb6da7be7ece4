using Nng.Core;
using Nng.Sp;

namespace Nng.Tests.Sp.Mocks;

/// <summary>A dialer whose attempts the test ends.</summary>
internal sealed class MockDialer : SpTransportDialer
{
    public MockOperations Connects { get; } = new();

    public override void Connect(Aio aio) => Connects.Begin(aio);

    public override NngError GetOption(string name, out OptionValue value) => MockOption.Get(name, out value);

    public override NngError SetOption(string name, OptionValue value) => MockOption.Set(name, value);
}

/// <summary>A listener whose accepts the test ends.</summary>
internal sealed class MockListener : SpTransportListener
{
    public MockOperations Accepts { get; } = new();

    /// <summary>What <see cref="Bind"/> answers.</summary>
    public NngError Binding { get; set; }

    public int Closes { get; private set; }

    public override string EffectiveUrl => "inproc://mock-effective";

    public override NngError Bind() => Binding;

    public override void Accept(Aio aio) => Accepts.Begin(aio);

    public override NngError GetOption(string name, out OptionValue value) => MockOption.Get(name, out value);

    public override NngError SetOption(string name, OptionValue value) => MockOption.Set(name, value);

    public override void Close() => Closes++;
}

/// <summary>The one option that mock endpoints know: 7, and settable to 7 only.</summary>
internal static class MockOption
{
    public static NngError Get(string name, out OptionValue value)
    {
        value = OptionValue.Int32(7);
        return name == MockTransport.EndpointOption ? NngError.None : NngError.NotSupported;
    }

    public static NngError Set(string name, OptionValue value) =>
        name != MockTransport.EndpointOption ? NngError.NotSupported
        : value.Int == 7 ? NngError.None : NngError.InvalidArgument;
}
