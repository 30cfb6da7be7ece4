namespace Nng;
#pragma warning disable CS1591
public sealed class NngUrl { public string Scheme { get; init; } = ""; public string Raw { get; init; } = "";  public string Path { get; init; } = ""; 
 public static NngUrl Parse(string s) { int i = s.IndexOf(':'); return new NngUrl { Scheme = s[..i], Raw = s, Path = s[(i+3)..] }; } }
public sealed class NngAddress { public static NngAddress Inproc(string s) => new(); }
