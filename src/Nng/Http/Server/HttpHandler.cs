using System;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Http;

/// <summary>
/// What a server does with requests for a path: a function, fixed bytes, a file, a directory or a redirect. C type:
/// <c>nng_http_handler</c>.
/// </summary>
/// <remarks>
/// <para>
/// A path serves itself, with or without a trailing slash, and with <see cref="Tree"/> everything below. The deepest
/// path wins; at the same path a handler for the request's host, then one for its method, then GET for HEAD, then one
/// for any method.
/// </para>
/// <para>
/// Threading: configure it before it is added to a server, which makes it immutable until it is removed. Functions run
/// on thread-pool threads, for different connections at once, for one connection one after the other.
/// </para>
/// </remarks>
public sealed class HttpHandler : IDisposable
{
    /// <summary>Longest body that is collected unless set otherwise: 1 MiB.</summary>
    public const long DefaultMaxBodySize = 1 << 20;

    private string? _method = HttpMethods.Get;
    private string? _host;
    private HttpTreeMode _tree;
    private bool _collectBody = true;
    private long _maxBodySize = DefaultMaxBodySize;
    private object? _state;
    private Action<object>? _stateDisposer;
    private int _registrations;

    /// <summary>Creates a handler that calls a function. C function: <c>nng_http_handler_alloc</c>.</summary>
    /// <param name="path">Starts with a slash; null and empty are the root. Compared with the canonical path.</param>
    /// <param name="function">
    /// Fills <see cref="HttpContext.Response"/>, which is sent when its task ends, or streams a body, or takes the
    /// connection over. A failure becomes 500.
    /// </param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: the path does not start with a slash.</exception>
    public HttpHandler(string? path, Func<HttpContext, ValueTask> function)
        : this(path)
    {
        ArgumentNullException.ThrowIfNull(function);
        Function = function;
    }

    /// <summary>
    /// Creates a handler that is called with an aio and finishes it: input 0 is the <see cref="HttpRequest"/>, input 1
    /// this handler, input 2 the <see cref="HttpContext"/>; output 0, the <see cref="HttpResponse"/>, is set before
    /// finishing. An error becomes 500; success without a response means that the handler has answered by itself. C
    /// function: <c>nng_http_handler_alloc</c>.
    /// </summary>
    /// <param name="path">As for functions.</param>
    /// <param name="callback">
    /// Called with an aio that has begun; finishes it exactly once, now or later. <see cref="Aio.Defer"/> lets the
    /// server cancel it with <see cref="NngError.Closed"/> when it stops.
    /// </param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: the path does not start with a slash.</exception>
    public HttpHandler(string? path, Action<Aio> callback)
        : this(path)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    private HttpHandler(string? path)
    {
        Path = string.IsNullOrEmpty(path) ? "/" : path;
        if (Path[0] != '/')
            throw new NngException(NngError.InvalidArgument, $"The path of a handler starts with a slash, not '{path}'.");
        TrimmedPath = Path.TrimEnd('/');
        IsDirectoryPath = Path.Length > TrimmedPath.Length;
    }

    /// <summary>The path, at least a slash.</summary>
    public string Path { get; }

    /// <summary>
    /// The method, <c>GET</c> unless set; null or empty is any. GET serves HEAD as well. C function:
    /// <c>nng_http_handler_set_method</c>.
    /// </summary>
    /// <exception cref="NngException">
    /// <see cref="NngError.Busy"/>: it is registered; <see cref="NngError.InvalidArgument"/>: not a token.
    /// </exception>
    public string? Method
    {
        get => _method;
        set
        {
            CheckFree();
            if (string.IsNullOrEmpty(value))
                value = null;
            else
                HttpSyntax.CheckMethod(value);
            _method = value;
        }
    }

    /// <summary>
    /// The host that it serves, without port; null, the default, empty, <c>*</c>, <c>0.0.0.0</c> and <c>::</c> are any.
    /// C function: <c>nng_http_handler_set_host</c>.
    /// </summary>
    /// <exception cref="NngException">
    /// <see cref="NngError.Busy"/>: it is registered; <see cref="NngError.InvalidArgument"/>: not a host.
    /// </exception>
    public string? Host
    {
        get => _host;
        set
        {
            CheckFree();
            HostRule = HostRule.Parse(value);
            _host = value;
        }
    }

    /// <summary>
    /// Whether it serves what lies below its path. C functions: <c>nng_http_handler_set_tree</c>,
    /// <c>nng_http_handler_set_tree_exclusive</c>.
    /// </summary>
    /// <exception cref="NngException"><see cref="NngError.Busy"/>: it is registered.</exception>
    public HttpTreeMode Tree
    {
        get => _tree;
        set
        {
            CheckFree();
            _tree = value;
        }
    }

    /// <summary>
    /// Whether a request's body is read before the function is called; default true. Otherwise the function reads it
    /// from <see cref="HttpContext.RequestBody"/>. C function: <c>nng_http_handler_collect_body</c>.
    /// </summary>
    /// <exception cref="NngException"><see cref="NngError.Busy"/>: it is registered.</exception>
    public bool CollectBody
    {
        get => _collectBody;
        set
        {
            CheckFree();
            _collectBody = value;
        }
    }

    /// <summary>
    /// Longest request body in bytes, collected or not; -1 is unlimited, 0 refuses any. Default 1 MiB for functions, 0
    /// for content. Above it the answer is 413. C function: <c>nng_http_handler_collect_body</c>.
    /// </summary>
    /// <exception cref="NngException"><see cref="NngError.Busy"/>: it is registered.</exception>
    public long MaxBodySize
    {
        get => _maxBodySize;
        set
        {
            CheckFree();
            ArgumentOutOfRangeException.ThrowIfLessThan(value, -1);
            _maxBodySize = value;
        }
    }

    /// <summary>
    /// Anything the application wants to keep with the handler. C functions: <c>nng_http_handler_set_data</c>,
    /// <c>nng_http_handler_get_data</c>.
    /// </summary>
    /// <exception cref="NngException"><see cref="NngError.Busy"/>: it is registered.</exception>
    public object? State
    {
        get => _state;
        set
        {
            CheckFree();
            _state = value;
        }
    }

    /// <summary>Called with <see cref="State"/>, if there is one, when the handler is disposed; null for none.</summary>
    /// <exception cref="NngException"><see cref="NngError.Busy"/>: it is registered.</exception>
    public Action<object>? StateDisposer
    {
        get => _stateDisposer;
        set
        {
            CheckFree();
            _stateDisposer = value;
        }
    }

    /// <summary>It was added to a server and cannot be changed.</summary>
    public bool IsRegistered => Volatile.Read(ref _registrations) > 0;

    internal Func<HttpContext, ValueTask>? Function { get; }

    internal Action<Aio>? Callback { get; }

    /// <summary>Served by the library without a function: pre-serialised bytes.</summary>
    internal StaticAnswer? Answer { get; private init; }

    /// <summary>The path without trailing slashes; empty for the root.</summary>
    internal string TrimmedPath { get; }

    /// <summary>The path was given with a trailing slash.</summary>
    internal bool IsDirectoryPath { get; }

    internal HostRule? HostRule { get; private set; }

    /// <summary>
    /// Serves fixed bytes: the fastest handler there is. C function: <c>nng_http_handler_alloc_static</c>.
    /// </summary>
    /// <param name="path">As for functions.</param>
    /// <param name="content">Copied; may be empty.</param>
    /// <param name="mediaType">Null for <c>application/octet-stream</c>.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: path or media type.</exception>
    public static HttpHandler Static(string? path, ReadOnlySpan<byte> content, string? mediaType = null) =>
        new(path) { Answer = new StaticAnswer(content, mediaType ?? HttpMediaTypes.Unknown), MaxBodySize = 0 };

    /// <summary>
    /// Serves a file, which is opened for every request: with Range, ETag, Last-Modified and the conditional headers.
    /// Missing is 404, not permitted 403. C function: <c>nng_http_handler_alloc_file</c>.
    /// </summary>
    /// <param name="path">As for functions.</param>
    /// <param name="fileName">The file; need not exist yet.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: path.</exception>
    public static HttpHandler File(string? path, string fileName, HttpFileOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        return new HttpHandler(path, new FileHandler(fileName, options ?? HttpFileOptions.Default).HandleAsync)
        {
            MaxBodySize = 0,
        };
    }

    /// <summary>
    /// Serves the regular files below a directory as <see cref="File"/> does, for a directory its <c>index.html</c> or
    /// <c>index.htm</c>, never anything outside it. An exclusive tree. C function:
    /// <c>nng_http_handler_alloc_directory</c>.
    /// </summary>
    /// <param name="path">As for functions.</param>
    /// <param name="directory">The directory; need not exist yet.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: path.</exception>
    public static HttpHandler Directory(string? path, string directory, HttpFileOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return new HttpHandler(path, new DirectoryHandler(directory, options ?? HttpFileOptions.Default).HandleAsync)
        {
            Tree = HttpTreeMode.Exclusive,
            MaxBodySize = 0,
        };
    }

    /// <summary>
    /// Redirects requests of any method; what follows the handler's path is appended to the location. C function:
    /// <c>nng_http_handler_alloc_redirect</c>.
    /// </summary>
    /// <param name="path">As for functions.</param>
    /// <param name="location">A URL or path without control characters.</param>
    /// <param name="status">0 for 301.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: path or location.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The status is not of the kind 3xx.</exception>
    public static HttpHandler Redirect(string? path, string location, int status = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        status = status == 0 ? HttpStatus.MovedPermanently : status;
        ArgumentOutOfRangeException.ThrowIfNotEqual(status / 100, 3, nameof(status));
        return new HttpHandler(path, new RedirectHandler(location, status).HandleAsync)
        {
            Method = null,
            CollectBody = false,
            MaxBodySize = -1,
        };
    }

    /// <summary>Gives the handler's state to its disposer. C function: <c>nng_http_handler_free</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.Busy"/>: it is registered.</exception>
    public void Dispose()
    {
        CheckFree();
        if (Interlocked.Exchange(ref _state, null) is { } state)
            _stateDisposer?.Invoke(state);
    }

    /// <summary>Path and method.</summary>
    public override string ToString() => $"{_method ?? "*"} {_host}{Path}";

    internal void OnAdded() => Interlocked.Increment(ref _registrations);

    internal void OnRemoved() => Interlocked.Decrement(ref _registrations);

    private void CheckFree()
    {
        if (IsRegistered)
            throw new NngException(NngError.Busy, $"The handler {this} belongs to a server and cannot be changed.");
    }
}
