using Tansiq.Geo.Text;
using Tansiq.Server.Hosting.Configuration;

namespace Tansiq.Cli.Nodes;

/// <summary>What lies where in the folder of one node (docs/formats/node-config.md).</summary>
/// <param name="Path">The folder.</param>
internal sealed record NodeFolder(string Path)
{
    /// <summary>The most bytes of a file of settings.</summary>
    public const int MaximumConfigBytes = 262_144;

    /// <summary>The name of the file of settings.</summary>
    public const string ConfigName = "node.toml";

    /// <summary>The name of the folder of keys.</summary>
    public const string KeysName = "keys";

    /// <summary>The name of the folder of record and private database.</summary>
    public const string DataName = "data";

    /// <summary>The name of the founding that is trusted.</summary>
    public const string FoundingName = "founding.json";

    /// <summary>The name of what is given to the office.</summary>
    public const string InvitationName = "invitation.json";

    /// <summary>The settings.</summary>
    public string Config => In(ConfigName);

    /// <summary>The keys.</summary>
    public string Keys => In(KeysName);

    /// <summary>Record and private database.</summary>
    public string Data => In(DataName);

    /// <summary>The founding that is trusted.</summary>
    public string Founding => In(FoundingName);

    /// <summary>What is given to the office.</summary>
    public string Invitation => In(InvitationName);

    /// <summary>Reads the settings of a file; where a folder is given, of the file in it.</summary>
    public static Parsed<NodeConfig> Read(string path)
    {
        var file = Directory.Exists(path) ? new NodeFolder(path).Config : path;
        if (!Recording.InputFile.Read(file, MaximumConfigBytes).TryGet(out var bytes, out var refusal)) return refusal;
        if (!System.Text.Unicode.Utf8.IsValid(bytes.Span)) return new Refusal("config.not-toml", "", "bytes that are not UTF-8", "TOML");
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file))!;
        return NodeConfigReader.Read(System.Text.Encoding.UTF8.GetString(bytes.Span), folder);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
