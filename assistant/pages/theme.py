"""How 工笔 looks: ink on warm paper, mineral colours of 工笔 painting, the reader's own Chinese fonts."""

from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SANS = (
    *("PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei UI", "Microsoft YaHei"),
    *("Noto Sans CJK SC", "Source Han Sans SC", "sans-serif"),
)
# 石青, the blue of azurite, from light to dark
AZURITE = {
    "c50": "#f0f5f7",
    "c100": "#dce8ec",
    "c200": "#bcd3da",
    "c300": "#92b6c2",
    "c400": "#5f92a3",
    "c500": "#3f7689",
    "c600": "#2f6073",
    "c700": "#274e5e",
    "c800": "#21404d",
    "c900": "#1b343f",
    "c950": "#11222a",
}
# 宣纸 to 墨: paper to ink
PAPER_INK = {
    "c50": "#fbf9f4",
    "c100": "#f5f2ea",
    "c200": "#e7e2d6",
    "c300": "#d3ccbd",
    "c400": "#a09a8d",
    "c500": "#77746c",
    "c600": "#57575a",
    "c700": "#3b3f44",
    "c800": "#262b30",
    "c900": "#1c2024",
    "c950": "#14171a",
}


def theme() -> Any:  # noqa: ANN401  a gradio theme
    """The one theme, light and dark."""
    from gradio.themes import Base, Color

    colours = {
        "body_background_fill": ("#f5f2ea", "#14171a"),
        "body_text_color": ("#262b30", "#dedad0"),
        "body_text_color_subdued": ("#6c6a63", "#9b978c"),
        "background_fill_primary": ("#fffdf8", "#1c2024"),
        "background_fill_secondary": ("#f8f5ee", "#191d20"),
        "block_background_fill": ("#fffdf8", "#1c2024"),
        "block_border_color": ("#e7e2d6", "#2e3439"),
        "border_color_primary": ("#e0dacb", "#363c42"),
        "input_background_fill": ("#fffdf8", "#1c2024"),
        "block_title_text_color": ("#6c6a63", "#9b978c"),
        "block_label_text_color": ("#6c6a63", "#9b978c"),
        "checkbox_label_background_fill": ("#f8f5ee", "#22272b"),
        "input_border_color": ("#d9d2c2", "#3a4147"),
        "input_border_color_focus": ("#3f7689", "#5f92a3"),
        "button_primary_background_fill": ("#2f6073", "#3f7689"),
        "button_primary_background_fill_hover": ("#274e5e", "#4b8599"),
        "button_primary_text_color": ("#ffffff", "#ffffff"),
        "button_secondary_background_fill": ("#f5f1e7", "#262b30"),
        "button_secondary_background_fill_hover": ("#ece6d8", "#30363c"),
        "button_secondary_border_color": ("#ddd6c6", "#3a4147"),
    }
    return Base(
        primary_hue=Color(name="azurite", **AZURITE),
        secondary_hue=Color(name="azurite", **AZURITE),
        neutral_hue=Color(name="paper-ink", **PAPER_INK),
        font=SANS,
        font_mono=("Consolas", "Menlo", "Noto Sans Mono CJK SC", "monospace"),
    ).set(
        **{name: light for name, (light, _) in colours.items()},
        **{f"{name}_dark": dark for name, (_, dark) in colours.items()},
        block_border_width="1px",
        block_shadow="none",
        block_label_background_fill="transparent",
        block_label_border_width="0",
        button_large_radius="8px",
        button_medium_radius="8px",
        button_small_radius="6px",
        input_shadow="none",
        input_shadow_focus="none",
    )


def css() -> str:
    """The style sheet."""
    return (HERE / "style.css").read_text(encoding="utf-8")


def head() -> str:
    """What stands in the page's head: the small script every page shares."""
    return f"<script>{(HERE / 'page.js').read_text(encoding='utf-8')}</script>"


def pick_script() -> str:
    """`js_on_load` of every HTML component with things to choose."""
    return (HERE / "pick.js").read_text(encoding="utf-8")


def brand() -> str:
    """The name above every page, and the switch between light and dark."""
    return (HERE / "brand.html").read_text(encoding="utf-8")
