using System.Globalization;

namespace Tansiq.Coordination.Monitoring;

/// <summary>
/// The blocks of 24-bit aircraft addresses that ICAO allocates to states (Annex 10, Volume III, Part I, chapter 9, table 9-1). An address
/// tells the state of registration and nothing more: neither who flies nor for whom.
/// </summary>
/// <remarks>
/// Blocks that ICAO keeps for itself or that table 9-1 gives to nobody tell no state. Territories have no blocks of their own.
/// States stand as ISO 3166-1 alpha-2 codes.
/// </remarks>
internal static class AddressBlocks
{
    private const int AddressLength = 6;

    // First and last address and state, in order of address.
    private const string Table =
        """
        004000-0047FF ZW, 006000-006FFF MZ, 008000-00FFFF ZA, 010000-017FFF EG, 018000-01FFFF LY, 020000-027FFF MA,
        028000-02FFFF TN, 030000-0307FF BW, 032000-032FFF BI, 034000-034FFF CM, 035000-0357FF KM, 036000-036FFF CG,
        038000-038FFF CI, 03E000-03EFFF GA, 040000-040FFF ET, 042000-042FFF GQ, 044000-044FFF GH, 046000-046FFF GN,
        048000-0487FF GW, 04A000-04A7FF LS, 04C000-04CFFF KE, 050000-050FFF LR, 054000-054FFF MG, 058000-058FFF MW,
        05A000-05A7FF MV, 05C000-05CFFF ML, 05E000-05E7FF MR, 060000-0607FF MU, 062000-062FFF NE, 064000-064FFF NG,
        068000-068FFF UG, 06A000-06AFFF QA, 06C000-06CFFF CF, 06E000-06EFFF RW, 070000-070FFF SN, 074000-0747FF SC,
        076000-0767FF SL, 078000-078FFF SO, 07A000-07A7FF SZ, 07C000-07CFFF SD, 080000-080FFF TZ, 084000-084FFF TD,
        088000-088FFF TG, 08A000-08AFFF ZM, 08C000-08CFFF CD, 090000-090FFF AO, 094000-0947FF BJ, 096000-0967FF CV,
        098000-0987FF DJ, 09A000-09AFFF GM, 09C000-09CFFF BF, 09E000-09E7FF ST, 0A0000-0A7FFF DZ, 0A8000-0A8FFF BS,
        0AA000-0AA7FF BB, 0AB000-0AB7FF BZ, 0AC000-0ADFFF CO, 0AE000-0AEFFF CR, 0B0000-0B0FFF CU, 0B2000-0B2FFF SV,
        0B4000-0B4FFF GT, 0B6000-0B6FFF GY, 0B8000-0B8FFF HT, 0BA000-0BAFFF HN, 0BC000-0BC7FF VC, 0BE000-0BEFFF JM,
        0C0000-0C0FFF NI, 0C2000-0C2FFF PA, 0C4000-0C4FFF DO, 0C6000-0C6FFF TT, 0C8000-0C8FFF SR, 0CA000-0CA7FF AG,
        0CC000-0CC7FF GD, 0D0000-0D7FFF MX, 0D8000-0DFFFF VE, 100000-1FFFFF RU, 201000-2017FF NA, 202000-2027FF ER,
        300000-33FFFF IT, 340000-37FFFF ES, 380000-3BFFFF FR, 3C0000-3FFFFF DE, 400000-43FFFF GB, 440000-447FFF AT,
        448000-44FFFF BE, 450000-457FFF BG, 458000-45FFFF DK, 460000-467FFF FI, 468000-46FFFF GR, 470000-477FFF HU,
        478000-47FFFF NO, 480000-487FFF NL, 488000-48FFFF PL, 490000-497FFF PT, 498000-49FFFF CZ, 4A0000-4A7FFF RO,
        4A8000-4AFFFF SE, 4B0000-4B7FFF CH, 4B8000-4BFFFF TR, 4C0000-4C7FFF RS, 4C8000-4C87FF CY, 4CA000-4CAFFF IE,
        4CC000-4CCFFF IS, 4D0000-4D07FF LU, 4D2000-4D27FF MT, 4D4000-4D47FF MC, 500000-5007FF SM, 501000-5017FF AL,
        501800-501FFF HR, 502800-502FFF LV, 503800-503FFF LT, 504800-504FFF MD, 505800-505FFF SK, 506800-506FFF SI,
        507800-507FFF UZ, 508000-50FFFF UA, 510000-5107FF BY, 511000-5117FF EE, 512000-5127FF MK, 513000-5137FF BA,
        514000-5147FF GE, 515000-5157FF TJ, 516000-5167FF ME, 600000-6007FF AM, 600800-600FFF AZ, 601000-6017FF KG,
        601800-601FFF TM, 680000-6807FF BT, 681000-6817FF FM, 682000-6827FF MN, 683000-6837FF KZ, 684000-6847FF PW,
        700000-700FFF AF, 702000-702FFF BD, 704000-704FFF MM, 706000-706FFF KW, 708000-708FFF LA, 70A000-70AFFF NP,
        70C000-70C7FF OM, 70E000-70EFFF KH, 710000-717FFF SA, 718000-71FFFF KR, 720000-727FFF KP, 728000-72FFFF IQ,
        730000-737FFF IR, 738000-73FFFF IL, 740000-747FFF JO, 748000-74FFFF LB, 750000-757FFF MY, 758000-75FFFF PH,
        760000-767FFF PK, 768000-76FFFF SG, 770000-777FFF LK, 778000-77FFFF SY, 780000-7BFFFF CN, 7C0000-7FFFFF AU,
        800000-83FFFF IN, 840000-87FFFF JP, 880000-887FFF TH, 888000-88FFFF VN, 890000-890FFF YE, 894000-894FFF BH,
        895000-8957FF BN, 896000-896FFF AE, 897000-8977FF SB, 898000-898FFF PG, 8A0000-8A7FFF ID, 900000-9007FF MH,
        901000-9017FF CK, 902000-9027FF WS, A00000-AFFFFF US, C00000-C3FFFF CA, C80000-C87FFF NZ, C88000-C88FFF FJ,
        C8A000-C8A7FF NR, C8C000-C8C7FF LC, C8D000-C8D7FF TO, C8E000-C8E7FF KI, C90000-C907FF VU, C91000-C917FF AD,
        C92000-C927FF DM, C93000-C937FF KN, C94000-C947FF SS, C95000-C957FF TL, C97000-C977FF TV, E00000-E3FFFF AR,
        E40000-E7FFFF BR, E80000-E80FFF CL, E84000-E84FFF EC, E88000-E88FFF PY, E8C000-E8CFFF PE, E90000-E90FFF UY,
        E94000-E94FFF BO
        """;

    private static readonly (int First, int Last, string State)[] Blocks =
        [.. Table.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Block)];

    /// <summary>The address that a track's identifier is, or null: six hexadecimal digits. What feeds mark with <c>~</c> is no ICAO address.</summary>
    public static int? AddressOf(string track) =>
        track.Length == AddressLength && int.TryParse(track, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var address)
            ? address
            : null;

    /// <summary>The state to whose block an address belongs, or null.</summary>
    public static string? StateOf(int address)
    {
        var (low, high) = (0, Blocks.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var (first, last, state) = Blocks[middle];
            if (address < first) high = middle - 1;
            else if (address > last) low = middle + 1;
            else return state;
        }

        return null;
    }

    private static (int First, int Last, string State) Block(string row) =>
        (Hexadecimal(row.AsSpan(0, AddressLength)), Hexadecimal(row.AsSpan(AddressLength + 1, AddressLength)), row[^2..]);

    private static int Hexadecimal(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
