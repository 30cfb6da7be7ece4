using System.Linq;
using System.Reflection;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>The status table.</summary>
public sealed class HttpStatusTests
{
    [Fact]
    public void Every_status_has_a_reason_of_its_own()
    {
        int[] codes =
        [
            .. typeof(HttpStatus).GetFields(BindingFlags.Public | BindingFlags.Static)
                .Where(field => field.Name is not (nameof(HttpStatus.Minimum) or nameof(HttpStatus.Maximum)))
                .Select(field => (int)field.GetRawConstantValue()!),
        ];
        Assert.Equal(62, codes.Length);
        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.Equal(codes.Length, codes.Select(HttpStatus.ReasonPhrase).Distinct().Count());
        Assert.DoesNotContain("Unknown HTTP Status", codes.Select(HttpStatus.ReasonPhrase));
    }

    [Theory]
    [InlineData(203, "Non-Authoritative Information")]
    [InlineData(413, "Content Too Large")]
    [InlineData(414, "URI Too Long")]
    [InlineData(431, "Request Header Fields Too Large")]
    [InlineData(0, "Unknown HTTP Status")]
    public void Reasons_are_those_of_the_registry(int status, string reason) =>
        Assert.Equal(reason, HttpStatus.ReasonPhrase(status));
}
