"""Prompts are files: a head that names inputs and output, a line of dashes, and the text with {slots}.

A slot without a value, or a value without a slot, is an error; values are put in as they are and never read again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("prompts")
_SLOT = re.compile(r"\{([a-z_]+)\}")
_HEAD = re.compile(r"^# (输入|输出)：(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A template with its named inputs and the form of the answer."""

    name: str
    inputs: tuple[str, ...]
    output: str
    text: str


@cache
def load_prompt(name: str) -> Prompt:
    """The prompt of `prompts/{name}.txt`. Raises ValueError when its head and its slots disagree (a bug of ours)."""
    head, _, text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").partition("\n----\n")
    told = dict(_HEAD.findall(head))
    if set(told) != {"输入", "输出"} or not text.strip():
        raise ValueError(f"{name}.txt: the head must name 输入 and 输出, then ---- and the text")
    inputs = tuple(part.strip() for part in told["输入"].split("、") if part.strip() != "无")
    if set(inputs) != set(_SLOT.findall(text)):
        raise ValueError(f"{name}.txt: 输入 names {sorted(inputs)}, the text uses {sorted(set(_SLOT.findall(text)))}")
    return Prompt(name, inputs, told["输出"], text.strip())


def fill_prompt(name: str, values: Mapping[str, str]) -> str:
    """The prompt with its slots filled. Raises ValueError naming each slot without a value and value without a slot."""
    prompt = load_prompt(name)
    missing, extra = sorted(set(prompt.inputs) - set(values)), sorted(set(values) - set(prompt.inputs))
    if missing or extra:
        raise ValueError(f"{name}.txt: missing {missing}, unknown {extra}")
    return _SLOT.sub(lambda match: values[match[1]], prompt.text)
