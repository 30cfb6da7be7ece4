using Xunit;
namespace Nng.Tests;
public sealed class SmokeTests { [Fact] public void Runs() { } }
