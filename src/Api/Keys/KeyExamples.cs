namespace Api;

/// <summary>Examples of keys.</summary>
static partial class Examples
{
    public static readonly object Key = new
    {
        jwk = new
        {
            kty = "OKP",
            crv = "Ed25519",
            x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        },
        from = 1_767_578_400,
        pop = "<header>.<payload>.<signature by the new key>",
        vouch = "<header>.<payload>.<signature by the registrar>",
        voucher = new
        {
            kty = "OKP",
            crv = "Ed25519",
            x = "7UARwrG0oBWyJMyt6yvmYWi1ouiqCK-D3WpBDM3oaSY",
        },
    };
    public static readonly object KeyRevocation = new { reason = "设备遗失", compromisedSince = 1_767_578_400 };
}
