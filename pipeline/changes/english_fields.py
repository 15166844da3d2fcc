"""Applicants, contacts, selection, links, titles and themes in English sentences (see ``english``)."""

from __future__ import annotations

from pipeline.changes import quoting
from pipeline.changes.record import Change


def quote(value: object) -> str:
    """The words of a value in English quotation marks."""
    return f"“{quoting.words(value)}”"


def applicant(change: Change) -> str:
    """Who may apply, and who may no more."""
    if change.kind == "applicant_added":
        return f"{quote(change.new)} may now apply"
    return f"{quote(change.old)} is no longer among the applicants"


def contact(change: Change) -> str:
    """Nobody is named."""
    if change.kind == "contact_added":
        return "a contact was added"
    if change.kind == "contact_removed":
        return "a contact was removed"
    return "the details of a contact were changed"


def selection(change: Change) -> str:
    """How projects are selected."""
    if change.old is None:
        return f"project selection is now stated to be {change.new}"
    if change.new is None and change.new_text:
        return f"project selection is now described as {quote(change.new_text)} (before: {change.old})"
    if change.new is None:
        return (
            f"it is no longer stated whether project selection is open or restricted (before: {change.old})"
        )
    return f"project selection changed from {change.old} to {change.new}"


def link(change: Change) -> str:
    """Its words, and where it leads where these alone do not tell."""
    value, text, verb = (
        (change.new, change.new_text, "added")
        if change.kind == "link_added"
        else (change.old, change.old_text, "removed")
    )
    where = f" ({quoting.words(change.subject)})" if text and change.subject else ""
    return f"a link was {verb}: {quote(text or value)}{where}"


def title(change: Change) -> str:
    """Of a measure."""
    if change.minor:
        return f"spelling of the title corrected to {quote(change.new)}"
    if change.old is None:
        return f"the title is now stated: {quote(change.new)}"
    if change.new is None:
        return f"the title {quote(change.old)} is no longer stated"
    return f"the title changed from {quote(change.old)} to {quote(change.new)}"


def theme(change: Change) -> str:
    """Of a measure, or of the page where its heading changed."""
    if change.measure_id is None:
        if change.old is None:
            return f"the heading of a theme {quote(change.new)} was put on the page"
        if change.new is None:
            return f"the heading of the theme {quote(change.old)} is no longer on the page"
        if change.minor:
            return f"spelling of a theme corrected to {quote(change.new)}"
        return f"the theme {quote(change.old)} was renamed to {quote(change.new)}"
    if change.old is None:
        return f"the measure was put under the theme {quote(change.new)}"
    if change.new is None:
        return f"the measure no longer stands under the theme {quote(change.old)}"
    return f"the measure moved from the theme {quote(change.old)} to {quote(change.new)}"
