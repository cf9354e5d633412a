using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tansiq.Cli.Commands;
using Tansiq.Coordination;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Recording;

/// <summary><c>tansiq record show DIR|FOLDER|ADDRESS [INDEX|FROM-UNTIL]</c>: the record as people read it.</summary>
internal sealed class ShowCommand
{
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Argument<string> _place = new("DIR|FOLDER|ADDRESS") { Description = "A record's folder, a folder of tiles, or an address." };
    private readonly Argument<string?> _range = new("INDEX|FROM-UNTIL") { Description = "One entry, or those from one to before another; the record as a whole if not given.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _json = new("--json") { Description = "Write one line of JSON for each entry (docs/formats/record-show.md)." };
    private readonly Option<bool> _raw = new("--raw") { Description = "Write the entries as they are signed, byte for byte." };
    private readonly Option<string> _language = Options.Language();

    private ShowCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var show = new ShowCommand();
        var command = new Command("show", "Show the record or entries of it as people read them. Nothing is verified here: record verify does that.") { show._place, show._range, show._json, show._raw, show._language };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(show._place), stop => show.Run(result, stop)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        var error = result.InvocationConfiguration.Error;
        var path = result.GetRequiredValue(_place);
        if (!RecordPlace.Open(path).TryGet(out var place, out var refusal)) return ExitCode.Refuse(error, path, refusal);
        using (place)
        {
            if (!Shown(result, place, stop).TryGet(out var exit, out refusal)) return ExitCode.Refuse(error, path, refusal);
            return exit;
        }
    }

    private Parsed<int> Shown(ParseResult result, RecordPlace place, CancellationToken stop)
    {
        if (!RecordEntries.Open(place, stop).TryGet(out var entries, out var refusal)) return refusal;
        if (!Range(result.GetValue(_range), entries.Checkpoint.Size).TryGet(out var range, out refusal)) return refusal;
        if (result.GetValue(_raw)) return Raw(result.InvocationConfiguration.Output, entries.Read(range.From, range.Until));
        if (!RecordPicture.Open(place, result.InvocationConfiguration.Error, stop).TryGet(out var picture, out refusal)) return refusal;
        return result.GetValue(_json) ? Json(result, picture, range) : Text(result, picture, range);
    }

    private static Parsed<int> Raw(TextWriter output, IEnumerable<ReadOnlyMemory<byte>> entries)
    {
        foreach (var entry in entries) output.Write(Encoding.UTF8.GetString(entry.Span));
        return ExitCode.Done;
    }

    private static Parsed<int> Json(ParseResult result, RecordPicture picture, (long From, long Until) range)
    {
        var languages = Phrasebook.Languages.Select(language => (language, new StatementText(Languages.Phrases(language), Languages.Names(picture.State.Situation, language)))).ToList();
        return Each(picture, range, entry => result.InvocationConfiguration.Output.WriteLine(Line(entry, languages)));
    }

    private static string Line(ReadableEntry entry, IEnumerable<(string Language, StatementText Text)> languages)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Layout)) EntryWriter.Write(writer, entry, languages);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private Parsed<int> Text(ParseResult result, RecordPicture picture, (long From, long Until) range)
    {
        var language = result.GetRequiredValue(_language);
        var phrases = Languages.Phrases(language);
        var output = DirectedLines.For(result.InvocationConfiguration.Output, phrases.IsRightToLeft);
        var text = new EntryText(output, phrases, Languages.Names(picture.State.Situation, language));
        if (picture.State.Situation.Founding is { } founding)
        {
            text.WriteBanner(founding.Kind);
            if (result.GetValue(_range) is null) text.WriteSummary(picture, founding);
        }

        return result.GetValue(_range) is null ? ExitCode.Done : Each(picture, range, text.Write);
    }

    private static Parsed<int> Each(RecordPicture picture, (long From, long Until) range, Action<ReadableEntry> show)
    {
        var index = range.From;
        foreach (var bytes in picture.Entries(range.From, range.Until))
        {
            if (!ReadableEntry.Of(picture.State, picture.JointSize, picture.Attachment, index, bytes).TryGet(out var entry, out var fault)) return fault.In(FormattableString.Invariant($"entry {index}")).AsRefusal();
            show(entry);
            index++;
        }

        return ExitCode.Done;
    }

    private static Parsed<(long From, long Until)> Range(string? text, long size)
    {
        if (text is null) return (0, size);
        var parts = text.Split('-');
        var until = 0L;
        if (parts.Length > 2 || !TryNumber(parts[0], out var from) || (parts.Length == 2 && !TryNumber(parts[1], out until)))
            return new Refusal("cli.no-such-entry", "", JsonText.Shorten(text), "an index, or FROM-UNTIL");
        if (parts.Length == 1) until = from + 1;
        return from < until && until <= size ? (from, until) : new Refusal("cli.no-such-entry", "", JsonText.Shorten(text), FormattableString.Invariant($"entries below the record's size, {size}"));
    }

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < long.MaxValue;
}
