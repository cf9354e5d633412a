namespace Tansiq.Cli.Tests.Recording;

/// <summary>The example scenario on a record, followed and cosigned by both centres: read by many tests, changed by none.</summary>
public sealed class PlayedRecord : IDisposable
{
    public PlayedRecord()
    {
        Fixture = new();
        Office = Fixture.Play("office-record");
        Us = Fixture.PathOf("us-record");
        Ru = Fixture.PathOf("ru-record");
        Import(Office, Us, "us");
        Import(Us, Ru, "ru");
    }

    /// <summary>The office's record.</summary>
    public string Office { get; }

    /// <summary>What the first centre follows.</summary>
    public string Us { get; }

    /// <summary>What the second centre follows: joint.</summary>
    public string Ru { get; }

    /// <summary>Keys and folders.</summary>
    internal RecordFixture Fixture { get; }

    /// <inheritdoc />
    public void Dispose() => Fixture.Dispose();

    private void Import(string source, string folder, string party)
    {
        var (exit, output, error) = RecordFixture.Run("record", "import", source, folder, "--log-key", Fixture.LogKey, "--cosign", Fixture.KeyFile(party, "witness"), "--clock", RecordFixture.End);
        if (exit != 0) throw new InvalidOperationException(output + error);
    }
}
