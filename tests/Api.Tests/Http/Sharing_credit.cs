using Support;

namespace Api.Tests.Http;

/// <summary>A signal from its sharing to its end: told, shared, objected to, read, repaired.</summary>
public sealed class Sharing_credit(RunningService running)
{
    [Fact]
    public async Task Shows_on_its_page_who_read_it_to_the_subject_and_its_watchers_alone()
    {
        var caller = await running.CallerAsync();
        var party = Goods.NewUscc();
        async Task<string> SeenByAsync(string actor, string role)
        {
            using var form = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["actor"] = actor,
                    ["role"] = role,
                    ["party"] = party,
                    ["purpose"] = "trade",
                    ["basis"] = "check",
                }
            );
            return (await caller.SendAsync("POST", "/parties/credit-signals?lang=en", form)).Is(200).Text;
        }
        Assert.DoesNotContain("Who has read it", await SeenByAsync("D-1", "DLR"), StringComparison.Ordinal);
        Assert.Contains("Who has read it", await SeenByAsync(party, "DLR"), StringComparison.Ordinal);
        var regulator = await Goods.OnRollAsync(caller, "REG");
        Assert.Contains("D-1", await SeenByAsync(regulator, "REG"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_from_the_notice_to_the_readers_card_and_shows_who_looked()
    {
        var caller = await running.CallerAsync();
        var party = Party();
        var notice = await PostAsync(
            caller,
            $"{party}/credit-notices",
            new
            {
                kind = "administrative-penalty",
                channel = "letter",
                occurredAt = Goods.Day,
            }
        );
        (await caller.PostAsync($"{party}/credit-signals", Signal(null))).Refuses(409, "prior-notice-missing");
        var signal = await PostAsync(caller, $"{party}/credit-signals", Signal(notice.Id));
        Assert.Equal(notice.Id, signal.Id);

        // Whoever asks for an address has said neither why nor who he is.
        (await caller.GetAsync($"{party}/credit-signals")).Is(405);
        var readings = $"{party}/credit-readings";
        (await caller.PostAsync(readings, new { basis = "law" })).Refuses(422, "purpose-missing");
        (await caller.PostAsync(readings, new { purpose = "curiosity" })).Refuses(422, "purpose-not-in-list");
        (await caller.PostAsync(readings, new { purpose = "trade" })).Refuses(422, "consent-missing");
        var why = new { purpose = "trade", basis = "征信业管理条例第十三条" };
        (await caller.AsItIs().PostAsync(readings, why)).Refuses(403, "not-authorised");
        var key = Goods.NewKey();
        (string, string)[] dealer = [("Ledger-Actor", "dealer-7"), ("Ledger-Role", "DLR")];
        var card = (await caller.PostAsync(readings, why, key, dealer)).Is(200);
        // The same key is the same reading.
        Assert.Equal(card.Text, (await caller.PostAsync(readings, why, key, dealer)).Is(200).Text);
        var shown = Assert.Single(card.Items);
        Assert.Equal(
            ("administrative-penalty", "live", "成都市市场监督管理局"),
            ((string?)shown["kind"], (string?)shown["state"], (string?)shown["sourceAuthority"])
        );
        Assert.DoesNotContain("score", card.Text, StringComparison.OrdinalIgnoreCase);

        var regulator = await Goods.OnRollAsync(caller, "REG");
        (await caller.GetAsync($"{party}/credit-readers")).Refuses(409, "not-the-subject");
        var readers = (
            await caller.GetAsync($"{party}/credit-readers", ("Ledger-Actor", regulator), ("Ledger-Role", "REG"))
        )
            .Is(200)
            .Items;
        var reader = Assert.Single(readers);
        Assert.Equal(
            ("dealer-7", "trade", 1),
            ((string?)reader["reader"], (string?)reader["purpose"], (int?)reader["count"])
        );
    }

    [Fact]
    public async Task Is_objected_to_by_its_subject_and_answered_by_its_source()
    {
        var caller = await running.CallerAsync();
        var party = Party();
        var signal = (await PostAsync(caller, $"{party}/credit-signals", Signal(null, person: false))).Id;
        var text = new { text = "处罚决定已被撤销", occurredAt = Goods.Day };
        (await caller.PostAsync($"{party}/credit-signals/{signal}/objections", text)).Refuses(409, "not-the-subject");
        var itself = ("Ledger-Actor", Uri.UnescapeDataString(party.Split('/')[^1]));
        (await caller.PostAsync($"{party}/credit-signals/{signal}/objections", text, null, itself)).Is(201);
        (await caller.PostAsync($"{party}/credit-signals/{signal}/statements", text, null, itself)).Is(201);
        var shown = Assert.Single((await CardAsync(caller, party)).Items);
        Assert.Equal(
            ("objected", "2026-01-25", true),
            ((string?)shown["state"], (string?)shown["answerDueOn"], (bool?)shown["hasStatement"])
        );
        await PostAsync(
            caller,
            $"{party}/credit-signals/{signal}/objection-answers",
            new { outcome = "corrected", occurredAt = Goods.Day }
        );
        Assert.Empty((await CardAsync(caller, party)).Items);
    }

    [Fact]
    public async Task Shows_what_needs_consent_only_with_it()
    {
        var caller = await running.CallerAsync();
        var party = Party();
        (await caller.PostAsync($"{party}/credit-signals", Broken())).Refuses(422, "consent-missing");
        var consent = await PostAsync(caller, $"{party}/consents", Consent("credit-sharing"));
        await PostAsync(caller, $"{party}/credit-signals", Broken());
        Assert.Empty((await CardAsync(caller, party)).Items);
        await PostAsync(caller, $"{party}/consents", Consent("loan"));
        Assert.Single((await caller.PostAsync($"{party}/credit-readings", new { purpose = "loan" })).Is(200).Items);
        await PostAsync(caller, $"{party}/consents/{consent.Id}/withdrawals", new { occurredAt = Goods.Day });
        (await caller.PostAsync($"{party}/credit-signals", Broken())).Refuses(422, "consent-missing");
    }

    [Fact]
    public async Task Takes_no_score_and_no_number_of_a_person()
    {
        var caller = await running.CallerAsync();
        (await caller.PostAsync($"{Party()}/credit-signals", Signal(null, kind: "seller-score"))).Refuses(
            422,
            "score-not-allowed"
        );
        (await caller.PostAsync("/api/v1/parties/K-118/credit-signals", Signal(null))).Refuses(422, "value-malformed");
        (await caller.PostAsync("/api/v1/parties/13800138000/credit-signals", Signal(null))).Refuses(
            422,
            "personal-data-in-public-field"
        );
        (
            await caller.PostAsync(
                $"{Party()}/credit-signals",
                new
                {
                    subjectKind = "seller",
                    isPerson = true,
                    score = 700,
                }
            )
        ).Is(400);
    }

    [Fact]
    public async Task Is_ended_by_the_day_and_never_shown_after_it()
    {
        var caller = await running.CallerAsync();
        var party = Party();
        var past = new
        {
            subjectKind = "platform",
            isPerson = false,
            kind = "court-enforcement",
            sourceAuthority = "法院",
            sourceDoc = Paper.Hash("doc"),
            legalBasis = "第十六条",
            actEndedOn = "2015-01-05",
            occurredAt = "2016-01-05T02:00:00Z",
        };
        await PostAsync(caller, $"{party}/credit-signals", past);
        Assert.Empty((await CardAsync(caller, party)).Items);
    }

    static string Party() => Goods.PathOf(Goods.NewParty("MK-510104-0001"));

    static Task<Reply> CardAsync(Caller caller, string party) =>
        caller.PostAsync($"{party}/credit-readings", new { purpose = "trade", basis = "law" });

    static async Task<Reply> PostAsync(Caller caller, string path, object body) =>
        (
            await caller.PostAsync(
                path,
                body,
                null,
                // A consent is its subject's to give.
                path.Contains("/consents", StringComparison.Ordinal)
                    ? [("Ledger-Actor", Uri.UnescapeDataString(path.Split('/')[4]))]
                    : []
            )
        ).Is(201);

    static object Consent(string purpose) =>
        new
        {
            purpose,
            separately = true,
            textHash = Paper.Hash("text"),
            occurredAt = Goods.Day,
        };

    static object Broken() =>
        new
        {
            subjectKind = "seller",
            isPerson = false,
            kind = "contract-broken",
            sourceAuthority = "平台",
            sourceDoc = Paper.Hash("doc"),
            legalBasis = "第十三条",
            actEndedOn = "2025-12-01",
            occurredAt = Goods.Day,
        };

    static object Signal(string? notice, bool person = true, string kind = "administrative-penalty") =>
        new
        {
            subjectKind = "seller",
            isPerson = person,
            kind,
            sourceAuthority = "成都市市场监督管理局",
            sourceDoc = Paper.Hash("doc"),
            legalBasis = "二手车流通管理办法第二十三条",
            tier = kind == "administrative-penalty" ? "serious" : null,
            noticeId = notice,
            occurredAt = Goods.Day,
        };
}
