using Tansiq.Cli.Keys;
using Tansiq.Geo.Text;
using Tansiq.Record.Notes;

namespace Tansiq.Cli.Recording;

/// <summary>The private keys by which an office keeps a record: of its log and of its statements. Disposing wipes them.</summary>
internal sealed class OfficeKeys : IDisposable
{
    /// <summary>The file of the log's key in the office's folder.</summary>
    public const string LogFile = "log.key";

    /// <summary>The file of a party's statement key in its folder.</summary>
    public const string StatementFile = "statement.key";

    /// <summary>The file of all public keys in a party's folder.</summary>
    public const string PublicFile = "public.txt";

    private OfficeKeys(SigningKey log, SigningKey statement) => (Log, Statement) = (log, statement);

    /// <summary>Signs checkpoints; its name is the record's origin.</summary>
    public SigningKey Log { get; }

    /// <summary>Signs the founding and the record's time.</summary>
    public SigningKey Statement { get; }

    /// <summary>Loads both from the office's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="passphrase">Asked where a key lies under one.</param>
    public static Parsed<OfficeKeys> Load(string folder, Func<string?> passphrase)
    {
        if (!KeyFiles.Load(Path.Combine(folder, LogFile), passphrase).TryGet(out var log, out var refusal)) return refusal.Under(LogFile);
        if (KeyFiles.Load(Path.Combine(folder, StatementFile), passphrase).TryGet(out var statement, out refusal)) return new OfficeKeys(log, statement);
        log.Dispose();
        return refusal.Under(StatementFile);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Log.Dispose();
        Statement.Dispose();
    }
}
