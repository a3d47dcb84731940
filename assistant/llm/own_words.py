"""What a user says in their own words: a message without what was pasted into it. Only these words give orders."""

import re

LONGEST = 400  # characters; what goes on longer is a text, not an order
_PASTED = re.compile(
    r"```|<\||<[a-zA-Z/!]|\[/?(?:INST|SYS)|#{3,}|-{5,}|={5,}"
    r"|(?im:^\s*(?:system|assistant|user|tool|developer|系统|助手|管理员|开发者)(?:消息|提示|指令|通知)?\s*[:：])"
    r"|(?:以下|如下|下面)(?:是|为|的)?[^。，\n]{0,12}[:：]|(?:原文|材料|附件|全文|内容|文档|邮件|通知|文件)(?:如下|是)?\s*[:：]\s*(?=\S)"
    r'|\{\s*"'
)
_QUOTED = re.compile(r"“[^“”]{12,}”|\"[^\"]{12,}\"|「[^「」]{12,}」|『[^『』]{12,}』")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]")


def own_words(message: str, *, quotations: bool = False) -> str:
    """The message up to the first sign of pasted text, at most `LONGEST` characters; without long quotations, unless
    they may be what a change asked for puts in: 把标题改成“……”.
    """
    plain = _INVISIBLE.sub("", message)
    pasted = _PASTED.search(plain)
    head = plain[: pasted.start()] if pasted else plain
    return (head if quotations else _QUOTED.sub("", head))[:LONGEST].strip()
