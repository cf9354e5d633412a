using System.Buffers;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Entries;
using Tansiq.Server.Api.Answers;
using Tansiq.Server.Api.Writing;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Api.Events;

/// <summary>What pictures of a node tell: entries, and what is not on the record.</summary>
internal static class PictureEvents
{
    /// <summary>Writes an event for each of some entries.</summary>
    public static void WriteEntries(IBufferWriter<byte> output, INode node, NodePicture picture, long from, long until)
    {
        if (from >= until) return;
        var index = from;
        foreach (var bytes in node.Store.Entries(from, until))
        {
            WriteEntry(output, node, picture, index, bytes);
            index++;
        }
    }

    /// <summary>Writes how the node stands: to every client when it begins, so that nothing is missed by one who was away.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="size">How many entries the client has been told of.</param>
    public static void WriteState(IBufferWriter<byte> output, NodePicture picture, long size)
    {
        WriteJoint(output, picture, size);
        WriteLines(output, picture, size);
        WriteFindings(output, picture, size);
        WriteStandstill(output, picture, size);
    }

    /// <summary>Writes what is other than in the picture before.</summary>
    public static void WriteChanges(IBufferWriter<byte> output, NodePicture before, NodePicture after)
    {
        if (after.JointSize != before.JointSize) WriteJoint(output, after, after.Size);
        if (!after.Lines.SequenceEqual(before.Lines)) WriteLines(output, after, after.Size);
        if (!after.Findings.SequenceEqual(before.Findings)) WriteFindings(output, after, after.Size);
        if (after.StandsStillSince != before.StandsStillSince) WriteStandstill(output, after, after.Size);
    }

    private static void WriteEntry(IBufferWriter<byte> output, INode node, NodePicture picture, long index, ReadOnlyMemory<byte> bytes)
    {
        var entry = ReadableEntry.Of(picture.State, picture.JointSize, Attachment, index, bytes).Value;
        EventFrame.Write(output, "entry", index + 1, json =>
        {
            json.WriteNumber("index", index);
            json.WriteString("type", entry.Type);
            json.WriteString("party", entry.Statement.Party.Value);
            json.WriteString("id", entry.Statement.Id.Value);
            json.WriteString("hash", entry.Statement.Hash.Hex);
            Write(json, "time", entry.OnRecord);
            json.WriteBoolean("admitted", entry.Admission is Admission.Admitted);
            if (entry.Admission is not Admission.Inert inert) return;
            json.WriteString("code", inert.Code);
            json.WriteString("where", inert.Where);
        });

        ReadOnlyMemory<byte>? Attachment(AttachmentHash hash) => node.Attachment(hash);
    }

    private static void WriteJoint(IBufferWriter<byte> output, NodePicture picture, long told) => EventFrame.Write(output, "joint", told, json =>
    {
        json.WriteNumber("size", picture.Size);
        json.WriteNumber("jointSize", picture.JointSize);
    });

    private static void WriteStandstill(IBufferWriter<byte> output, NodePicture picture, long told) => EventFrame.Write(output, "standstill", told, json =>
    {
        json.WriteBoolean("standsStill", picture.StandsStillSince is not null);
        Write(json, "since", picture.StandsStillSince);
    });

    private static void WriteLines(IBufferWriter<byte> output, NodePicture picture, long told) => WriteAnswer(output, "lines", picture, told, NodeAnswers.WriteLines);

    private static void WriteFindings(IBufferWriter<byte> output, NodePicture picture, long told) => WriteAnswer(output, "findings", picture, told, NodeAnswers.WriteFindings);

    private static void WriteAnswer(IBufferWriter<byte> output, string kind, NodePicture picture, long told, Action<AnswerWriter, NodePicture> write)
    {
        var answer = new AnswerWriter();
        answer.Json.WriteStartObject();
        write(answer, picture);
        answer.Json.WriteEndObject();
        EventFrame.Write(output, kind, told, answer.Bytes.Span);
    }

    private static void Write(Utf8JsonWriter json, string name, Instant? at)
    {
        if (at is { } known) json.WriteString(name, InstantPattern.ExtendedIso.Format(known));
    }
}
