using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Conversations;

/// <summary>Devices, ours and libnng's, between ends of all implementations: they agree on headers.</summary>
public sealed class DeviceTests
{
    private const int Rounds = 20;

    private static readonly string[] s_withLibnng =
        ["libnng>ours>libnng", "ours>libnng>ours", "ours>libnng>ours>libnng", "libnng>ours>ours>ours"];

    private static readonly string[] s_withLibnanomsg =
        ["libnanomsg>ours>libnanomsg", "ours>ours>libnanomsg", "libnanomsg>ours>ours"];

    public static IEnumerable<object[]> WithLibnng() =>
        from pattern in Pattern.All
        from chain in s_withLibnng
        select new object[] { pattern.Name, chain };

    public static IEnumerable<object[]> WithLibnanomsg() =>
        from pattern in Pattern.All
        where Pattern.Knows("libnanomsg", pattern.Name, "tcp")
        from chain in s_withLibnanomsg
        select new object[] { pattern.Name, chain };

    [PeerTheory("libnng")]
    [MemberData(nameof(WithLibnng))]
    public Task Messages_pass_devices_with_libnng(string pattern, string chain) => PassAsync(pattern, chain);

    [PeerTheory("libnanomsg")]
    [MemberData(nameof(WithLibnanomsg))]
    public Task Messages_pass_devices_with_libnanomsg(string pattern, string chain) => PassAsync(pattern, chain);

    /// <param name="pattern">The pattern.</param>
    /// <param name="chain">Who asks, whose devices are between, who answers.</param>
    private static async Task PassAsync(string pattern, string chain)
    {
        Pattern how = Pattern.Named(pattern);
        string[] owners = chain.Split('>');
        using Party asker = Party.Open(owners[0], how.Asker);
        using Party answerer = Party.Open(owners[^1], how.Answerer);
        List<DevicePeer> devices = [.. owners[1..^1].Select(who => new DevicePeer(who, how.Asker, how.Answerer))];
        try
        {
            Party from = asker;
            foreach (DevicePeer device in devices)
            {
                Conversation.Connect(device.Front, from, ScratchUrl.Tcp());
                from = device.Back;
            }

            Conversation.Connect(answerer, from, ScratchUrl.Tcp());
            for (int round = 0; round < Rounds; round++)
            {
                byte[] answer = Conversation.Body(round, seed: 1);
                await Conversation.ExchangeAsync(how, asker, answerer, Conversation.Body(round), answer);
            }
        }
        finally
        {
            devices.ForEach(device => device.Dispose());
        }
    }
}
