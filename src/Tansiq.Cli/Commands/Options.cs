using System.CommandLine;
using Tansiq.Coordination.Languages;

namespace Tansiq.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class Options
{
    /// <summary><c>--language en|ar|ru</c>.</summary>
    public static Option<string> Language()
    {
        var option = new Option<string>("--language") { Description = "The language of what is written: en, ar or ru.", DefaultValueFactory = _ => "en" };
        option.AcceptOnlyFromAmong([.. Phrasebook.Languages]);
        return option;
    }
}
