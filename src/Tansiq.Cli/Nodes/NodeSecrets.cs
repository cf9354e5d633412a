using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tansiq.Cli.Keys;
using Tansiq.Geo.Text;
using Tansiq.Record.Notes;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Nodes;

namespace Tansiq.Cli.Nodes;

/// <summary>What a node needs and its settings only point at: keys, passphrases, certificates.</summary>
internal static class NodeSecrets
{
    private const string StatementFile = "statement.key";
    private const string WitnessFile = "witness.key";
    private const string LogFile = "log.key";

    /// <summary>The keys of a role. A centre's recovery key is not among them: it stays offline.</summary>
    public static Parsed<NodeKeys> Keys(NodeConfig config)
    {
        string? passphrase = null;
        if (config.Passphrase is { } secret && !Read(secret).TryGet(out passphrase, out var refusal)) return refusal;
        if (!Load(config, StatementFile, passphrase).TryGet(out var statement, out refusal)) return refusal;
        if (config.Role == NodeRole.Observer) return new NodeKeys(statement);
        if (!Load(config, config.Role == NodeRole.Office ? LogFile : WitnessFile, passphrase).TryGet(out var second, out refusal))
        {
            statement.Dispose();
            return refusal;
        }

        return config.Role == NodeRole.Office ? new NodeKeys(statement) { Log = second } : new NodeKeys(statement) { Cosigning = second };
    }

    /// <summary>A secret from its file or variable.</summary>
    public static Parsed<string> Read(SecretConfig secret)
    {
        if (secret.File is { } file) return Passphrases.FromFile(file).TryGet(out var passphrase, out var refusal) ? passphrase : refusal.Under(file);
        return Environment.GetEnvironmentVariable(secret.Variable!) is { Length: > 0 } value ? value : new Refusal("key.passphrase", secret.Variable!, "no such variable of the environment", "a passphrase");
    }

    /// <summary>The certificate with those between it and the root; null where there is none. They are the caller's to dispose.</summary>
    public static Parsed<X509Certificate2Collection?> Certificates(TlsConfig? tls)
    {
        if (tls is null) return (X509Certificate2Collection?)null;
        string? passphrase = null;
        if (tls.Passphrase is { } secret && !Read(secret).TryGet(out passphrase, out var refusal)) return refusal;
        try
        {
            if (tls.KeyFile is null) return X509CertificateLoader.LoadPkcs12CollectionFromFile(tls.CertificateFile, passphrase);
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(tls.CertificateFile);
            if (certificates.Count == 0) return new Refusal("config.certificate", tls.CertificateFile, "no certificate", "PEM with a certificate");
            using var bare = certificates[0];
            certificates[0] = passphrase is null ? X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile) : X509Certificate2.CreateFromEncryptedPemFile(tls.CertificateFile, passphrase, tls.KeyFile);
            return certificates;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return new Refusal("config.certificate", tls.CertificateFile, JsonText.Shorten(exception.Message), "a certificate with its private key");
        }
    }

    private static Parsed<SigningKey> Load(NodeConfig config, string file, string? passphrase)
    {
        var path = Path.Combine(config.KeysFolder, file);
        return KeyFiles.Load(path, () => passphrase).TryGet(out var key, out var refusal) ? key : refusal.Under(path);
    }
}
