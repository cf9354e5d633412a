using Tansiq.Record;
using Tansiq.Server.Api.Reading;
using Tansiq.Server.Api.Writing;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Api.Answers;

/// <summary>Who the node is and how it stands with the others.</summary>
internal static class NodeAnswers
{
    public static ReadEndpoint Node(NodeIdentity identity) => new("/node", (request, answer) =>
    {
        var (json, picture) = (answer.Json, request.Picture);
        json.WriteStartObject("node");
        json.WriteString("role", identity.Role.Word());
        json.WriteString("party", identity.Party.Value);
        json.WriteString("name", identity.Name);
        json.WriteEndObject();
        json.WriteNumber("recordSize", picture.Size);
        json.WriteNumber("jointSize", picture.JointSize);
        if (picture.Checkpoint is { } signed)
        {
            json.WriteStartObject("checkpoint");
            json.WriteString("origin", signed.Checkpoint.Origin);
            json.WriteNumber("size", signed.Checkpoint.Size);
            json.WriteString("root", signed.Checkpoint.Root.ToString());
            json.WriteEndObject();
        }

        json.WriteString("situationDigest", picture.State.Digest.ToString());
        WriteState(answer, picture);
        return null;
    })
    {
        IsOfTheMoment = true,
    };

    /// <summary>Lines, what waits, standstill and findings: what the stream of events tells too.</summary>
    public static void WriteState(AnswerWriter answer, NodePicture picture)
    {
        WriteLines(answer, picture);
        WriteWaiting(answer, picture);
        answer.Time("standsStillSince", picture.StandsStillSince);
        WriteFindings(answer, picture);
    }

    /// <summary>The line to each other node.</summary>
    public static void WriteLines(AnswerWriter answer, NodePicture picture)
    {
        var json = answer.Json;
        json.WriteStartArray("lines");
        foreach (var line in picture.Lines)
        {
            json.WriteStartObject();
            json.WriteString("party", line.Party.Value);
            json.WriteString("name", line.Name);
            answer.Time("heardAt", line.HeardAt);
            if (line.Size is { } size) json.WriteNumber("size", size);
            if (line.CosignedSize is { } cosigned) json.WriteNumber("cosignedSize", cosigned);
            if (line.ClockSkew is { } skew) json.WriteNumber("clockSkewMilliseconds", (long)skew.TotalMilliseconds);
            if (line.SkewUncertainty is { } uncertainty) json.WriteNumber("skewUncertaintyMilliseconds", (long)Math.Ceiling(uncertainty.TotalMilliseconds));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What must not be and was found.</summary>
    public static void WriteFindings(AnswerWriter answer, NodePicture picture)
    {
        answer.Json.WriteStartArray("findings");
        foreach (var finding in picture.Findings) Write(answer, finding);
        answer.Json.WriteEndArray();
    }

    private static void WriteWaiting(AnswerWriter answer, NodePicture picture)
    {
        var json = answer.Json;
        json.WriteStartArray("waiting");
        foreach (var waiting in picture.Waiting)
        {
            json.WriteStartObject();
            json.WriteString("type", waiting.Type);
            json.WriteString("id", waiting.Id.Value);
            json.WriteString("hash", waiting.Hash.Hex);
            answer.Time("saidAt", waiting.SaidAt);
            if (waiting.Refusal is { } refusal)
            {
                json.WritePropertyName("refusal");
                Write(answer, refusal);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(AnswerWriter answer, Fault fault)
    {
        answer.Json.WriteStartObject();
        answer.Json.WriteString("code", fault.Code);
        answer.Json.WriteString("where", fault.Where);
        answer.Json.WriteString("found", fault.Found);
        answer.Json.WriteString("expected", fault.Expected);
        answer.Json.WriteEndObject();
    }
}
