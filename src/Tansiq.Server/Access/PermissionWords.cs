namespace Tansiq.Server.Access;

/// <summary>The words for permissions in answers and documents.</summary>
public static class PermissionWords
{
    /// <summary>The word for a permission.</summary>
    public static string Of(Permission permission) => permission switch
    {
        Permission.Anyone => "anyone",
        Permission.Node => "node",
        Permission.Read => "read",
        Permission.Draft => "draft",
        Permission.Release => "release",
        Permission.Desk => "desk",
        Permission.Stop => "stop",
        Permission.Administer => "administer",
        Permission.Self => "self",
        _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, "Unknown permission."),
    };
}
