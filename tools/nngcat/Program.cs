using System;

Console.Error.WriteLine("usage: nngcat PROTOCOL ENDPOINT [OPTION ...]");
return 1;
