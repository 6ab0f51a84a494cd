"""The systems that analysts work on."""

from __future__ import annotations

from typing import Literal

System = Literal["windows", "macos", "linux"]
