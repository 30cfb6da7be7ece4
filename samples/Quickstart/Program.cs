using System;
using System.Text;
using Nng;

// A pipeline inside the process: what one socket pushes, the other pulls.
using var pull = new PullSocket();
using var push = new PushSocket();
pull.Listen("inproc://quickstart");
push.Dial("inproc://quickstart");

push.Send("hello"u8.ToArray());
using Message message = pull.Receive();
Console.WriteLine(Encoding.UTF8.GetString(message.Body));
