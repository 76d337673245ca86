using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

// Stands in for a process of the OMS: lives, says so, dies on demand. Its role is the name it was started by.
// In DATA/stand-in/, a file ROLE.fails makes it say the file's second line twice and exit at once with the
// code in the first; {pid} in the text makes each attempt's words differ. In the folder "order" all of them note
// their start and their end.
string[] commandLine = File.ReadAllText("/proc/self/cmdline").Split('\0');
string project = Path.GetFileName(commandLine[0]);
string role = project is "Oms.ExchangeSimulator" ? "simulator" : project["Oms.".Length..].ToLowerInvariant();
string data = args[Array.IndexOf(args, "--data") + 1];
data = role is "simulator" ? Path.GetDirectoryName(data) ?? data : data;
string notes = Path.Combine(data, "stand-in");
_ = Directory.CreateDirectory(notes);
string fails = Path.Combine(notes, role + ".fails");
if (File.Exists(fails))
{
    string[] told = File.ReadAllLines(fails);
    string words = told[1].Replace("{pid}", $"{Environment.ProcessId}", StringComparison.Ordinal);
    Console.Error.WriteLine(words);
    Console.Error.WriteLine(words);
    return int.Parse(told[0]);
}

Note("start");
using var stop = new CancellationTokenSource();
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});

try
{
    if (role is "simulator")
    {
        await ServeAsync(args[Array.IndexOf(args, "--port") + 1], stop.Token);
    }
    else
    {
        await BeatAsync(stop.Token);
    }
}
catch (OperationCanceledException)
{
    Note("end");
}

return 0;

async Task BeatAsync(CancellationToken cancellation)
{
    using HealthFile health = HealthFile.Open(SharedRegion.ForDataFolder(data), role, "");
    using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
    do
    {
        health.Say(ProcessState.Ready, "");
    }
    while (await timer.WaitForNextTickAsync(cancellation));
}

async Task ServeAsync(string port, CancellationToken cancellation)
{
    using var listener = new HttpListener();
    listener.Prefixes.Add($"http://127.0.0.1:{port}/");
    listener.Start();
    while (true)
    {
        HttpListenerContext context = await listener.GetContextAsync().WaitAsync(cancellation);
        context.Response.StatusCode = context.Request.RawUrl == "/sim/ready" ? 200 : 404;
        context.Response.Close();
    }
}

void Note(string what)
{
    // A file each: two processes that append to one may write over each other.
    string order = Directory.CreateDirectory(Path.Combine(notes, "order")).FullName;
    File.WriteAllText(Path.Combine(order, $"{Stopwatch.GetTimestamp():D20} {what} {role}"), "");
}
