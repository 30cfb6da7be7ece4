using System;

Console.Error.WriteLine("usage: Nng.Perf lat|thr|req both|listen|dial URL SIZE COUNT [--async] [--contexts N]");
return 2;
