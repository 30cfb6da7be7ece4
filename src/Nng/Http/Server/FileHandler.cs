using System.IO;
using System.Threading.Tasks;

namespace Nng.Http;

/// <summary>Serves one file.</summary>
internal sealed class FileHandler(string fileName, HttpFileOptions options)
{
    private readonly string _path = Path.GetFullPath(fileName);

    public ValueTask HandleAsync(HttpContext context) => FileAnswer.SendAsync(context, _path, options);
}
