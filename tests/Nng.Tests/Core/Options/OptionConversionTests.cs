using System;
using System.Threading;
using Nng.Core;
using Xunit;

namespace Nng.Tests.Core;

public sealed class OptionConversionTests : IDisposable
{
    private readonly ReqSocket _socket = new();

    public void Dispose() => _socket.Dispose();

    [Fact]
    public void Values_come_back_in_the_types_of_the_language()
    {
        _socket.SetOption(OptionNames.SendTimeout, TimeSpan.FromMilliseconds(1.5));
        Assert.Equal(TimeSpan.FromMilliseconds(2), _socket.GetOption<TimeSpan>(OptionNames.SendTimeout));
        _socket.SetOption(OptionNames.SendTimeout, Timeout.InfiniteTimeSpan);
        Assert.Equal(Timeout.InfiniteTimeSpan, _socket.GetOption<TimeSpan>(OptionNames.SendTimeout));
        _socket.SetOption(OptionNames.MaxTtl, 9);
        Assert.Equal(9, _socket.GetOption<int>(OptionNames.MaxTtl));
        _socket.SetOption(OptionNames.ReceiveMaxSize, 4L << 20);
        Assert.Equal(4L << 20, _socket.GetOption<long>(OptionNames.ReceiveMaxSize));
        _socket.SetOption(OptionNames.TcpNoDelay, false);
        Assert.False(_socket.GetOption<bool>(OptionNames.TcpNoDelay));
        _socket.SetOption(OptionNames.SocketName, "orders");
        Assert.Equal("orders", _socket.GetOption<string>(OptionNames.SocketName));
    }

    [Fact]
    public void A_value_out_of_range_is_named_with_what_the_option_takes()
    {
        NngException failure = Fails(NngError.InvalidArgument, () => _socket.SetOption(OptionNames.MaxTtl, 16));
        Assert.Equal("Cannot set option 'ttl-max' to '16' (Int32): Invalid argument; it takes an int from 1 to 15.", failure.Message);
    }

    [Theory]
    [InlineData(-2_000)]
    [InlineData(100L * 24 * 3600 * 1000)]
    public void A_span_that_is_no_duration_is_an_invalid_argument(long milliseconds)
    {
        TimeSpan span = TimeSpan.FromMilliseconds(milliseconds);
        NngException failure = Fails(NngError.InvalidArgument, () => _socket.SetOption(OptionNames.SendTimeout, span));
        Assert.Contains($"'send-timeout' to '{span}' (TimeSpan)", failure.Message);
        Assert.Contains("zero or more", failure.Message);
        failure = Fails(NngError.InvalidArgument, () => new ReqSocket(new ReqSocketOptions { ResendTime = span }));
        Assert.Contains("'req:resend-time'", failure.Message);
        Assert.Equal("value", Assert.Throws<ArgumentOutOfRangeException>(() => _socket.SendTimeout = span).ParamName);
    }

    [Fact]
    public void A_value_of_another_type_is_told_the_right_one()
    {
        NngException failure = Fails(NngError.BadType, () => _socket.SetOption(OptionNames.ReceiveMaxSize, 4 << 20));
        Assert.Contains("'4194304' (Int32)", failure.Message);
        Assert.Contains("it takes a long", failure.Message);
        failure = Fails(NngError.BadType, () => _socket.SetOption(OptionNames.MaxTtl, (byte)3));
        Assert.Contains("'3' (Byte)", failure.Message);
        Assert.Contains("it takes an int", failure.Message);
    }

    [Fact]
    public void An_option_read_as_another_type_says_which_it_is()
    {
        NngException failure = Fails(NngError.BadType, () => _socket.GetOption<int>(OptionNames.SendTimeout));
        Assert.Equal("Cannot read option 'send-timeout' as Int32: it is a TimeSpan.", failure.Message);
    }

    [Fact]
    public void Unknown_misplaced_and_unsettable_options_are_told_apart()
    {
        Assert.Contains("no option has this name", Fails(NngError.NotSupported, () => _socket.SetOption("no-such", 1)).Message);
        Assert.Contains("no option has this name", Fails(NngError.NotSupported, () => _socket.GetOption<int>("no-such")).Message);
        string misplaced = Fails(NngError.NotSupported, () => _socket.SetOption(OptionNames.SubPreferNew, true)).Message;
        Assert.Contains("it is an option of sub sockets", misplaced);
        Assert.Contains("it can only be read", Fails(NngError.ReadOnly, () => _socket.SetOption(OptionNames.Raw, true)).Message);
        using var sub = new SubSocket();
        Assert.Contains("Write only", Fails(NngError.WriteOnly, () => sub.GetOption<string>(OptionNames.SubSubscribe)).Message);
    }

    [Fact]
    public void Bytes_and_nothing_are_shown_too()
    {
        using var sub = new SubSocket();
        NngException failure = Fails(NngError.BadType, () => sub.SetOption(OptionNames.SubPreferNew, (object)"yes"));
        Assert.Contains("'yes'", failure.Message);
        failure = Fails(NngError.NotFound, () => sub.SetOption(OptionNames.SubUnsubscribe, new byte[] { 1, 0xab }));
        Assert.Contains("0x01AB (2 bytes)", failure.Message);
        failure = Fails(NngError.BadType, () => sub.SetOption<object?>(OptionNames.SubPreferNew, null));
        Assert.Contains("to null", failure.Message);
    }

    private static NngException Fails(NngError error, Action call)
    {
        NngException failure = Assert.Throws<NngException>(call);
        Assert.Equal(error, failure.Error);
        return failure;
    }

    private static NngException Fails<T>(NngError error, Func<T> call) => Fails(error, () => { _ = call(); });
}
