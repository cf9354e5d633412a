using System.Text.Json;

namespace Tansiq.Server.Tests.Api;

/// <summary>Holds an answer against the schema that the OpenAPI document gives it: every member is described, every one that is required is there.</summary>
internal sealed class SchemaCheck(JsonElement document)
{
    public void Check(JsonElement value, JsonElement schema, string where = "")
    {
        var failure = Failure(value, [schema], where);
        failure.ShouldBeNull();
    }

    private string? Failure(JsonElement value, IReadOnlyList<JsonElement> schemas, string where)
    {
        var all = schemas.SelectMany(Flattened).ToList();
        foreach (var schema in all)
        {
            if (schema.TryGetProperty("oneOf", out var cases) && cases.EnumerateArray().Count(each => Failure(value, [each], where) is null) != 1) return $"{where}: not one of the cases: {value}";
            if (schema.TryGetProperty("type", out var type) && !IsOf(value, type.GetString()!)) return $"{where}: {value.ValueKind} is no {type}";
            if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => word.GetString() == value.GetString())) return $"{where}: {value} is no word of it";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(value, all, where),
            JsonValueKind.Array => value.EnumerateArray()
                .Select((item, index) => Failure(item, [.. all.Where(schema => schema.TryGetProperty("items", out _)).Select(schema => schema.GetProperty("items"))], $"{where}/{index}"))
                .FirstOrDefault(failure => failure is not null),
            _ => null,
        };
    }

    private string? OfObject(JsonElement value, List<JsonElement> schemas, string where)
    {
        foreach (var name in schemas.Where(schema => schema.TryGetProperty("required", out _)).SelectMany(schema => schema.GetProperty("required").EnumerateArray()))
        {
            if (!value.TryGetProperty(name.GetString()!, out _)) return $"{where}: no {name}";
        }

        foreach (var member in value.EnumerateObject())
        {
            var described = schemas.Where(schema => schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out _))
                .Select(schema => schema.GetProperty("properties").GetProperty(member.Name))
                .Concat(schemas.Where(schema => schema.TryGetProperty("additionalProperties", out _)).Select(schema => schema.GetProperty("additionalProperties")))
                .ToList();
            if (described.Count == 0 && schemas.Any(schema => schema.TryGetProperty("properties", out _))) return $"{where}/{member.Name}: not described";
            if (Failure(member.Value, described, $"{where}/{member.Name}") is { } failure) return failure;
        }

        return null;
    }

    private IEnumerable<JsonElement> Flattened(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var target = document;
            foreach (var part in reference.GetString()!.Split('/').Skip(1)) target = target.GetProperty(part);
            return Flattened(target);
        }

        return schema.TryGetProperty("allOf", out var parts) ? parts.EnumerateArray().SelectMany(Flattened) : [schema];
    }

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => false,
    };
}
