namespace Nng.Streams;

/// <summary>Which file stands at a path: true to the file as long as somebody holds it.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Number">The file's number in it; where the system does not tell, the time of its creation.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Number);
