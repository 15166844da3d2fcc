"""What changed, for people and programs: one report, written as Markdown, HTML, JSON or CSV."""

from __future__ import annotations

from pipeline.reports.record import Pair, Report, Side

__all__ = ["Pair", "Report", "Side"]
