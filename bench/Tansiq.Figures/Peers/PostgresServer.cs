using System.Diagnostics;
using System.Globalization;

namespace Tansiq.Figures.Peers;

/// <summary>A PostgreSQL of its own in a temporary folder, reached by a socket in that folder alone, gone when disposed.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string Account = "postgres";

    private readonly string _folder;
    private readonly string _programs;

    private PostgresServer(string programs, string folder)
    {
        _programs = programs;
        _folder = folder;
    }

    /// <summary>What a client connects with.</summary>
    public string ConnectionString => $"Host={_folder};Username={Account};Database=postgres;Pooling=false;Command Timeout=600";

    /// <summary>Where the newest installed server's programs are, as Debian installs them; null where there is none.</summary>
    public static string? Programs() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
                .Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
            : null;

    /// <summary>Makes a cluster and starts it.</summary>
    /// <exception cref="InvalidOperationException">A program failed; its output is in the message.</exception>
    public static PostgresServer Start(string programs)
    {
        var folder = Directory.CreateTempSubdirectory("tansiq-postgres-").FullName;
        var server = new PostgresServer(programs, folder);
        try
        {
            if (Environment.IsPrivilegedProcess) Run("chown", [Account, folder]);
            server.RunProgram("initdb", ["-D", server.Data, "-U", Account, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
            var settings = string.Create(
                CultureInfo.InvariantCulture,
                $"-k {folder} -c listen_addresses= -c fsync=off -c jit=off -c max_parallel_workers_per_gather=0 -c shared_buffers=512MB -c work_mem=256MB -c autovacuum=off");
            server.RunProgram("pg_ctl", ["-D", server.Data, "-w", "-l", Path.Combine(folder, "log"), "-o", settings, "start"]);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) RunProgram("pg_ctl", ["-D", Data, "-m", "immediate", "-w", "stop"]);
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    // The server refuses to run as root: then it runs under the account that its package made.
    private void RunProgram(string program, string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        if (Environment.IsPrivilegedProcess) Run("runuser", ["-u", Account, "--", path, .. arguments]);
        else Run(path, arguments);
    }

    // What a server inherits stays open as long as it runs, so output goes to no pipe of ours.
    private static void Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments])
        {
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{program} {string.Join(' ', arguments)}: ended with {process.ExitCode}."));
        }
    }
}
