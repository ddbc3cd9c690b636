using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>Refusals of parties and issuers.</summary>
static class PartyRefusals
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [
        new(
            "uscc-malformed",
            422,
            new("统一社会信用代码格式错误", "“{value}” 不是18位统一社会信用代码。", "对照营业执照重新录入。"),
            new(
                "Malformed unified social credit code",
                "“{value}” is not a unified social credit code of 18 characters.",
                "Read it again from the business licence."
            )
        ),
        new(
            "party-not-found",
            404,
            new("主体未登记", "账本中没有登记主体 {value}。", "先登记该主体。"),
            new("No such party", "The party {value} is not registered.", "Register it first.")
        ),
        new(
            "party-exists",
            409,
            new("主体已登记", "{value} 已登记。", "无需再次登记。"),
            new("The party is registered already", "{value} is registered.", "It need not be registered again.")
        ),
        new(
            "name-of-another-party",
            409,
            new("该代称已属于其他主体", "该代称已确认为另一主体。", "核对代称；同一代称只代表一个主体。"),
            new(
                "The word is another party's",
                "It has been confirmed that this word stands for another party.",
                "Check the word: one word stands for one party."
            )
        ),
        new(
            "role-basis-missing",
            422,
            new("未说明授予依据", "授予角色须附依据文件的哈希。", "填写 basis。"),
            new("The basis is missing", "A role rests on a paper: its hash is asked for.", "Fill in basis.")
        ),
        new(
            "self-grant",
            422,
            new("不得自行授予角色", "主体不得为自己授予角色。", "由管理机构或运营方办理。"),
            new(
                "Nobody grants himself a role",
                "The party itself asked for it.",
                "Let the authority or the operator do it."
            )
        ),
        new(
            "role-not-of-party",
            422,
            new(
                "该主体不能担任此角色",
                "{kind} 不能担任{role:role}。",
                "国家机关登记为 state-body，企业登记为 organisation；个人不担任须授予的角色。"
            ),
            new(
                "The party cannot have this role",
                "{role:role} is no role of this kind of party ({kind}).",
                "Register an authority as a state-body, a lender or exporter as an organisation, under its own code."
            )
        ),
        new(
            "regulator-ends-itself",
            409,
            new("监管部门不得终止自己的角色", "监管部门的角色只能由另一监管部门终止。", "由另一监管部门办理。"),
            new(
                "A regulator does not end its own role",
                "One regulator is always left, so another one ends the role.",
                "Let another regulator do it."
            )
        ),
        new(
            "role-not-held",
            403,
            new(
                "名册上没有此角色",
                "{actor} 于 {day} 在名册上没有有效的{role:role}角色。",
                "由监管部门（贷款人、出口企业也可由运营管理员）在名册上登记并授予角色；以统一社会信用代码作为 Ledger-Actor。"
            ),
            new(
                "The roll has no such role of his",
                "On {day} the roll has no valid grant of {role:role} to {actor}.",
                "Let a regulator (for a lender or exporter also the operator) register the party and grant the role; "
                    + "act as its unified social credit code in Ledger-Actor."
            )
        ),
        new(
            "licence-overlap",
            409,
            new(
                "许可编号重复",
                "编号 {value} 在该期间已登记，或属于其他主体。",
                "核对编号与起止日期；续期自原期限次日起登记。"
            ),
            new(
                "The licence overlaps",
                "The number {value} is on record for that time, or belongs to another party.",
                "Check number and days; a renewal begins on the day after the last one."
            )
        ),
        new(
            "issuer-not-found",
            404,
            new(
                "签发机构未登记",
                "{value} 当日未登记为该用途的签发机构，或已暂停、撤销。",
                "先由两人登记签发机构及其用途（licence）；境外机构填写名称。"
            ),
            new(
                "The issuer is not known",
                "{value} is not registered for this purpose on that day, or was suspended or revoked.",
                "Register it first, by two persons, with its purposes (licence); give a body abroad by its name."
            )
        ),
        new(
            "uscc-check-failed",
            422,
            new("统一社会信用代码校验不符", "校验位不符，须与登记机关核对。", "核对后办理身份核验并注明规则。"),
            new(
                "The code's check does not fit",
                "The check character does not fit: compare the code with its register.",
                "Confirm the identity, and name the rule that this answers."
            )
        ),
        new(
            "accreditation-not-valid-on-date",
            422,
            new("资质当日无效", "所填资质在检验当日未生效、已过期或已终止。", "核对资质编号与期限。"),
            new(
                "The accreditation was not valid",
                "On the day of the inspection it had not begun, had run out, or was ended.",
                "Check its number and term."
            )
        ),
    ];
}
