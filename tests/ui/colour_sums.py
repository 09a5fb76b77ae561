"""What eyes make of colours: contrast by WCAG 2.2, colour blindness by Machado, Oliveira and Fernandes, difference by
CIE 1976.

Machado et al., "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009: the
matrices are those of full severity, for linear RGB.
"""

from __future__ import annotations

from rich.color import Color, ColorSystem

Rgb = tuple[float, float, float]

NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
TERMINALS = {
    "the console of Linux": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
    "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    "GNOME": "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc "
    "5e5c64 f66151 33da7a e9ad0c 2a7bde c061cb 33c7de ffffff",
}
"""The sixteen colours as some terminals have them."""

SIMULATED = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def rgb(colour: str, terminal: str = "xterm") -> Rgb:
    """A colour of a theme, as 0 to 1."""
    if colour.startswith("ansi_"):
        bright, hue = "bright_" in colour, colour.removeprefix("ansi_").removeprefix("bright_")
        colour = TERMINALS[terminal].split()[NAMES.index(hue) + 8 * bright]
    red, green, blue = (int(colour.lstrip("#")[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def rounded(colour: str) -> Rgb:
    """A colour as a terminal of 256 gets it."""
    red, green, blue = Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
    return red / 255, green / 255, blue / 255


def contrast(one: Rgb, other: Rgb) -> float:
    """From 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def difference(one: Rgb, other: Rgb, eyes: str = "") -> float:
    """How far apart two colours are in CIELAB, for certain eyes; 2.3 is just noticeable."""
    pairs = zip(_lab(_seen(one, eyes)), _lab(_seen(other, eyes)), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def _linear(colour: Rgb) -> Rgb:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return red, green, blue


def _luminance(colour: Rgb) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _seen(colour: Rgb, eyes: str) -> Rgb:
    linear = _linear(colour)
    if not eyes:
        return linear
    rows = (sum(weight * part for weight, part in zip(row, linear, strict=True)) for row in SIMULATED[eyes])
    red, green, blue = (min(1.0, max(0.0, part)) for part in rows)
    return red, green, blue


def _lab(linear: Rgb) -> Rgb:
    red, green, blue = linear
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
