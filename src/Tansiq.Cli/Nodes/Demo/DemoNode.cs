using System.Net;
using System.Net.Sockets;
using Tansiq.Server.Nodes;

namespace Tansiq.Cli.Nodes.Demo;

/// <summary>One node of the demonstration.</summary>
/// <param name="Party">For whom it speaks.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Port">Where it is served on loopback; 0 for one that is not started.</param>
/// <param name="Folder">Its folder.</param>
internal sealed record DemoNode(string Party, NodeRole Role, int Port, NodeFolder Folder)
{
    /// <summary>Its name: a host of its own on this machine, so that sessions and passkeys stay apart.</summary>
    public string Name => Party + ".localhost";

    /// <summary>Where it is called.</summary>
    public string Address => FormattableString.Invariant($"http://{Name}:{Port}");

    /// <summary>Where it listens.</summary>
    public string Listen => FormattableString.Invariant($"http://127.0.0.1:{Port}");
}

/// <summary>Ports of this machine.</summary>
internal static class DemoPorts
{
    private const int First = 8_400;

    /// <summary>Some ports in a row from the usual one on; free ones where one of those is taken.</summary>
    public static IReadOnlyList<int> Take(int count)
    {
        var usual = Enumerable.Range(First, count).ToList();
        return usual.TrueForAll(IsFree) ? usual : Free(count);
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // All are held at once, so that no port is given twice.
    private static List<int> Free(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.ConvertAll(listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        foreach (var listener in listeners) listener.Dispose();
        return ports;
    }
}
