"""What changed, for people and programs: one report, written as Markdown, HTML, JSON or CSV."""

from __future__ import annotations

from pipeline.reports.record import Item, Pair, Report, Side

__all__ = ["Item", "Pair", "Report", "Side"]
